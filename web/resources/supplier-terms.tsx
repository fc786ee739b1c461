import { get } from "../api/server.ts";
import { Link } from "../components/link.tsx";
import { UnitPrice } from "../components/money/unit-price.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";

/** What a supplier asks for a product, as far as the user may see it. */
interface Terms {
  readonly supplier_id: number;
  readonly company: string | null;
  readonly unit_cost?: string | null;
  readonly supplier_product_code: string | null;
  readonly pack_quantity: string;
  readonly minimum_quantity: string;
  readonly lead_time_days: number | null;
}

/** Who sells a product, the preferred supplier first, and on which terms. */
export async function SupplierTerms({ productId }: { readonly productId: number }) {
  const reply = await get<{ readonly suppliers: readonly Terms[] }>(`/api/products/${productId}/suppliers`);
  const suppliers = reply.ok ? reply.data.suppliers : [];
  if (suppliers.length === 0) return <span className="text-muted">–</span>;
  return (
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
  );
}

async function TermsText({ terms }: { readonly terms: Terms }) {
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
