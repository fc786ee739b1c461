"use client";
import { useSession } from "../../../api/session/provider.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { ListAddress } from "../filters/navigation.ts";
import { columnsFor, densities, withColumn } from "./columns.ts";

/** The choice of columns and row height. */
export function ColumnsPanel({ address: { query, look, go } }: { readonly address: ListAddress }) {
  const { t } = useText();
  const session = useSession();
  return (
    <>
      <fieldset className="flex gap-4">
        <legend className="mb-1 font-medium text-muted text-xs">{t("orders.rows")}</legend>
        {densities.map((density) => (
          <label key={density} className="flex items-center gap-2 py-1">
            <input
              type="radio"
              name="density"
              className="accent-(--accent)"
              checked={look.density === density}
              onChange={() => go(query, { ...look, density })}
            />
            {t(`orders.density.${density}`)}
          </label>
        ))}
      </fieldset>
      <fieldset className="mt-3">
        <legend className="mb-1 font-medium text-muted text-xs">{t("orders.columns")}</legend>
        {columnsFor(session).map(({ name, label: column }) => (
          <label key={name} className="flex items-center gap-2 py-1">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={look.columns.includes(name)}
              // The number is the link to the order: it is always shown.
              disabled={name === "id"}
              onChange={({ target }) => go(query, withColumn(look, name, target.checked))}
            />
            {t(column)}
          </label>
        ))}
      </fieldset>
    </>
  );
}
