"use client";
import { toUnits } from "northwind-api/src/contract/decimal.ts";
import type { StockCount } from "northwind-api/src/stock/counts/fields.ts";
import { type KeyboardEvent, useId } from "react";
import { useMay } from "../api/session/provider.tsx";
import { Card } from "../components/card.tsx";
import { controlLook } from "../components/form/field.tsx";
import { amountText } from "../form/amount-text.ts";
import { useText } from "../messages/provider.tsx";
import { productName } from "../orders/names.ts";
import { CountActions } from "./count-actions.tsx";
import { type Counting, type CountLine, useCounting } from "./use-counting.ts";

interface Props {
  readonly count: StockCount;
  readonly etag: string | null;
}

/** The sheet: one line for each product, by location, filled in on a phone in the warehouse. */
export function CountSheet({ count, etag }: Props) {
  const { t } = useText();
  const counting = useCounting(count, etag);
  const isOpen = count.status === "open";
  const mayCount = useMay()("write-stock") && isOpen;
  const { lines, done } = counting;
  return (
    <>
      {isOpen && (
        <p role="status" className="screen-only sticky top-0 z-10 -mx-1 mb-3 bg-canvas px-1 py-2 font-medium">
          <span className="numbers">{t("counts.progress", { done, count: lines.length })}</span>
          <progress aria-hidden max={lines.length} value={done} className="mt-1 block h-2 w-full accent-(--accent)" />
        </p>
      )}
      <Card>
        <ul className="divide-y divide-line">
          {lines.map((line) => (
            <Line key={line.product_id} line={line} counting={counting} mayCount={mayCount} />
          ))}
        </ul>
      </Card>
      {isOpen && <CountActions count={count} counting={counting} />}
    </>
  );
}

interface LineProps {
  readonly line: CountLine;
  readonly counting: Counting;
  readonly mayCount: boolean;
}

function Line({ line, counting, mayCount }: LineProps) {
  const { t, locale } = useText();
  const id = useId();
  const { isSaving, issue } = counting.stateOf(line);
  const name = productName({ id: line.product_id, ...line });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <label htmlFor={mayCount ? id : undefined} className="min-w-0 flex-1 basis-40">
        <span className="numbers block font-semibold">{line.location ?? t("pick.noLocation")}</span>
        <span className="block">{name}</span>
        <span className="numbers block text-muted text-xs">{line.product_code}</span>
      </label>
      <span className="flex flex-col items-end">
        {mayCount ? (
          <input
            id={id}
            data-count=""
            inputMode="decimal"
            autoComplete="off"
            enterKeyHint="next"
            aria-invalid={issue === undefined ? undefined : true}
            aria-describedby={`${id}-state`}
            className={`${controlLook} numbers h-11! w-28! text-right text-lg`}
            value={counting.typedOf(line)}
            onFocus={(event) => event.target.select()}
            onChange={(event) => counting.type(line, event.target.value)}
            onBlur={() => counting.save(line)}
            onKeyDown={goOn}
          />
        ) : (
          <span className="numbers font-semibold text-lg">
            {line.counted === null ? "–" : amountText(line.counted, locale, 0)}
          </span>
        )}
        <span id={`${id}-state`} className="mt-0.5 text-xs">
          {isSaving === true ? <span className="text-muted">{t("counts.saving")}</span> : <Difference line={line} />}
        </span>
      </span>
      {issue !== undefined && (
        <p role="alert" className="w-full text-right text-bad text-xs">
          {issue}
        </p>
      )}
    </li>
  );
}

/** Only what was counted is compared: who counts is not told what to find. */
function Difference({ line: { counted, difference, expected } }: Pick<LineProps, "line">) {
  const { t, locale } = useText();
  if (counted === null || difference === null) return <span className="text-muted">{t("counts.open")}</span>;
  const units = toUnits(difference);
  if (units === 0n) return <span className="text-good">{t("counts.right")}</span>;
  const amount = amountText(difference, locale, 0);
  const words = {
    difference: units > 0n ? `+${amount}` : `−${amount.slice(1)}`,
    expected: amountText(expected, locale, 0),
  };
  return <span className={`numbers ${units > 0n ? "text-warn" : "text-bad"}`}>{t("counts.difference", words)}</span>;
}

/** Enter and the arrows go from line to line; leaving a line saves it. */
function goOn(event: KeyboardEvent<HTMLInputElement>): void {
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const all = [...document.querySelectorAll<HTMLInputElement>("input[data-count]")];
  const next = all[all.indexOf(event.currentTarget) + by];
  if (next !== undefined) next.focus();
  else event.currentTarget.blur();
}
