"use client";
import { useText } from "../../messages/provider.tsx";
import type { Text } from "../../messages/text.ts";
import type { Difference, Side } from "./merge.ts";

/** A value of one of the three states, in words. */
export function differenceText(difference: Difference, state: "base" | Side, t: Text): string {
  const value = difference[state];
  if (value === null) return t("conflict.absent");
  if (value === "" && (difference.field === "discount" || difference.field === "tax_rate")) return "0";
  if (value === "") return t("conflict.empty");
  if (difference.field !== "tax_status_id") return value;
  return t(value === "1" ? "order.taxable" : "order.taxExempt");
}

/** What differs: the field, with the product of its row. */
export function DifferenceName({ difference: { field, detail } }: { readonly difference: Difference }) {
  const { t } = useText();
  return (
    <>
      {detail !== null && <>{detail}: </>}
      {t(field === "detail" ? "conflict.detail" : `order.${field}`)}
    </>
  );
}

interface Props {
  readonly title: string;
  readonly differences: readonly Difference[];
  readonly side: Side;
}

/** What needs no choice, said all the same. */
export function Taken({ title, differences, side }: Props) {
  const { t } = useText();
  if (differences.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      <ul className="flex flex-col gap-1">
        {differences.map((difference) => (
          <li key={difference.spot} className="flex flex-wrap gap-x-2">
            <span className="text-muted">
              <DifferenceName difference={difference} />
            </span>
            <span className="numbers">
              <del className="text-muted">{differenceText(difference, "base", t)}</del> →{" "}
              <span className="font-medium">{differenceText(difference, side, t)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
