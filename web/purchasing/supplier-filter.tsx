import type { Route } from "next";
import { controlLook } from "../components/form/field.tsx";
import { serverText } from "../messages/server.ts";
import type { SupplierChoice } from "./load.ts";

interface Props {
  /** The list that is filtered. */
  readonly path: Route;
  /** What the list shows now; all but the supplier stays as it is. */
  readonly shown: Readonly<Record<string, string>> & { readonly supplier: string };
  readonly suppliers: readonly SupplierChoice[];
}

/** Chooses the supplier of a list of purchasing. */
export async function SupplierFilter({ path, shown: { supplier, ...others }, suppliers }: Props) {
  const { t } = await serverText();
  // Not everybody sees suppliers.
  if (suppliers.length === 0) return null;
  return (
    <form action={path} className="flex w-full max-w-sm gap-2 max-sm:[&>*]:h-11">
      {Object.entries(others).map(
        ([name, value]) => value !== "" && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <select name="supplier" aria-label={t("purchase.supplier")} defaultValue={supplier} className={controlLook}>
        <option value="">{t("reorder.allSuppliers")}</option>
        {suppliers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="submit"
        className="rounded-md border border-line bg-surface px-3 font-medium text-sm hover:border-line-strong"
      >
        {t("stock.show")}
      </button>
    </form>
  );
}
