"use client";
import { Columns3 } from "lucide-react";
import { useState } from "react";
import { useSession } from "../../../api/session/provider.tsx";
import { Disclosure } from "../../../components/disclosure.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { ListAddress } from "../filters/navigation.ts";
import { columnsFor, densities, withColumn } from "./columns.ts";

/** Which columns are shown, and how high the rows are. */
export function ColumnsMenu({ address }: { readonly address: ListAddress }) {
  const { t } = useText();
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const { query, look, go } = address;
  const label = (
    <>
      <Columns3 size={15} aria-hidden />
      {t("orders.columns")}
    </>
  );
  return (
    <Disclosure label={label} name={t("orders.columns")} isOpen={isOpen} onChange={setOpen}>
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
    </Disclosure>
  );
}
