import { get } from "../api/server.ts";
import { may } from "../api/session/current.ts";
import { Link } from "../components/link.tsx";
import { UnitPrice } from "../components/money/unit-price.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";

/** What a supplier asks for a product, as far as the user may see it. */
export interface Terms {
  readonly unit_cost?: string | null;
  readonly supplier_product_code: string | null;
  readonly pack_quantity: string;
  readonly minimum_quantity: string;
  readonly lead_time_days: number | null;
}

interface Seller extends Terms {
  readonly supplier_id: number;
  readonly company: string | null;
}

/** Who sells a product, the preferred supplier first, on which terms, and the way to change that. */
export async function SupplierTerms({ productId }: { readonly productId: number }) {
  const reply = await get<{ readonly suppliers: readonly Seller[] }>(`/api/products/${productId}/suppliers`);
  const suppliers = reply.ok ? reply.data.suppliers : [];
  const { t } = await serverText();
  return (
    <>
      {suppliers.length === 0 && <span className="text-muted">–</span>}
      {suppliers.length > 0 && (
        <ul className="flex flex-col gap-1">
          {suppliers.map((terms) => (
            <li key={terms.supplier_id}>
              <Link href={`/suppliers/${terms.supplier_id}`} className="text-accent hover:underline">
                {terms.company || `#${terms.supplier_id}`}
              </Link>
              <TermsText terms={terms} />
            </li>
          ))}
        </ul>
      )}
      {(await may("write-products")) && (
        <Link
          href={`/products/${productId}/suppliers`}
          aria-keyshortcuts="t"
          className="mt-1 block w-fit py-1 text-accent text-sm underline underline-offset-2"
        >
          {t("terms.edit")}
        </Link>
      )}
    </>
  );
}

/** The terms of a supplier in one line; nothing where none are known. */
export async function TermsText({ terms }: { readonly terms: Terms }) {
  const { t, locale } = await serverText();
  const { unit_cost, supplier_product_code, pack_quantity, minimum_quantity, lead_time_days } = terms;
  const parts = [
    supplier_product_code,
    pack_quantity === "1.0000" ? null : t("reorder.pack", { quantity: amountText(pack_quantity, locale, 0) }),
    minimum_quantity === "0.0000" ? null : t("reorder.least", { quantity: amountText(minimum_quantity, locale, 0) }),
    lead_time_days === null ? null : t("reorder.days", { count: lead_time_days }),
  ].filter((part) => part);
  if (unit_cost == null && parts.length === 0) return null;
  return (
    <span className="numbers block text-muted text-xs">
      {unit_cost != null && <UnitPrice amount={unit_cost} />}
      {unit_cost != null && parts.length > 0 && " · "}
      {parts.join(" · ")}
    </span>
  );
}
