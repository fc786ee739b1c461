import { notFound } from "next/navigation";
import { get } from "../../api/server.ts";
import { Failure } from "../../components/failure.tsx";
import { Link } from "../../components/link.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { amountText } from "../../form/amount-text.ts";
import { serverText } from "../../messages/server.ts";
import { companyName, type ProductName, productName } from "../../orders/names.ts";
import { draftOf, type ProductSuppliers } from "./draft.ts";
import { TermsForm } from "./terms-form.tsx";

interface Product extends ProductName {
  readonly standard_cost?: string | null;
}

interface Supplier {
  readonly id: number;
  readonly company: string | null;
}

/** The page on which the suppliers of a product and their terms are changed; `from` is the supplier that led here. */
export async function termsPage(id: string, from: string | null) {
  const path = `/api/products/${encodeURIComponent(id)}`;
  const [product, reply, supplier] = await Promise.all([
    get<Product>(path),
    get<ProductSuppliers>(`${path}/suppliers`),
    from === null ? null : get<Supplier>(`/api/suppliers/${encodeURIComponent(from)}`),
  ]);
  const failed = [product, reply].find((one) => !one.ok && one.status !== 404 && one.status !== 400);
  if (failed !== undefined && !failed.ok) return <Failure error={failed} isPage />;
  if (!product.ok || !reply.ok) notFound();
  const { t, locale } = await serverText();
  const { data: row, etag } = reply;
  const name = productName(product.data);
  const led = supplier?.ok === true ? { id: supplier.data.id, name: companyName(supplier.data) } : null;
  return (
    <>
      <PageHeader
        title={t("terms.title", { name })}
        about={
          <Link href={`/products/${row.product_id}`} className="hover:underline">
            {t("terms.about")}
          </Link>
        }
      />
      {/* Another version is another form: what was typed into the first one is stored as its draft. */}
      <TermsForm
        key={etag}
        loaded={{ row, draft: draftOf(row, locale), etag }}
        product={name}
        from={led}
        usualCost={amountText(product.data.standard_cost, locale)}
      />
    </>
  );
}
