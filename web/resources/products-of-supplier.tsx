import type { Route } from "next";
import type { SupplierProduct } from "northwind-api/src/purchasing/fields.ts";
import { get } from "../api/server.ts";
import { currentSession } from "../api/session/current.ts";
import { mayIn } from "../api/session/session.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { UnitPrice } from "../components/money/unit-price.tsx";
import { serverText } from "../messages/server.ts";
import { productName } from "../orders/names.ts";
import { AddProduct } from "./add-product.tsx";
import { type Terms, TermsText } from "./supplier-terms.tsx";

const pageRows = 50;

interface Props {
  readonly supplierId: number;
  /** Where the page begins; empty for the first. */
  readonly cursor: string;
}

/** As far as the user may see it. */
type Sold = Omit<SupplierProduct, keyof Terms | "list_price"> & Partial<Pick<SupplierProduct, "list_price">> & Terms;

/** What a supplier sells and on which terms, page by page, with the way to change that. */
export async function ProductsOfSupplier({ supplierId, cursor }: Props) {
  const { t } = await serverText();
  const session = await currentSession();
  const mayWrite = mayIn(session, "write-products");
  const asked = new URLSearchParams({ limit: String(pageRows), ...(cursor === "" ? {} : { cursor }) });
  const reply = await get<readonly Sold[]>(`/api/suppliers/${supplierId}/products?${asked}`);
  if (!reply.ok) return <Failure error={reply} />;
  const next = reply.page?.next_cursor ?? null;
  const pathOf = (query: string): Route => `/suppliers/${supplierId}${query}#products`;
  return (
    <Card title={t("nav.products")} className="mt-4" id="products">
      {reply.data.length === 0 && <Empty title={t("resource.noProducts")} />}
      {reply.data.length > 0 && (
        <ul className="divide-y divide-line">
          {reply.data.map((product) => (
            <ProductLine key={product.product_id} {...{ product, supplierId, mayWrite }} />
          ))}
        </ul>
      )}
      {(cursor !== "" || next !== null) && (
        <nav aria-label={t("resource.pages")} className="flex justify-between border-line border-t px-4 py-3">
          {cursor === "" ? <span /> : <ButtonLink href={pathOf("")}>{t("resource.firstPage")}</ButtonLink>}
          {next !== null && (
            <ButtonLink href={pathOf(`?${new URLSearchParams({ products: next })}`)}>
              {t("resource.nextPage")}
            </ButtonLink>
          )}
        </nav>
      )}
      {mayWrite && <AddProduct supplierId={supplierId} />}
    </Card>
  );
}

interface LineProps extends Pick<Props, "supplierId"> {
  readonly product: Sold;
  readonly mayWrite: boolean;
}

async function ProductLine({ product, supplierId, mayWrite }: LineProps) {
  const { t } = await serverText();
  const { product_id: id, product_code, discontinued, position, list_price } = product;
  const name = productName({ ...product, id });
  const about = [
    product_code,
    position === 1 ? t("terms.preferred") : null,
    discontinued ? t("field.discontinued") : null,
  ].filter((part) => part);
  return (
    <li className="flex items-center gap-4 px-4 py-2">
      <span className="min-w-0 flex-1">
        <Link href={`/products/${id}`} className="break-words text-accent hover:underline">
          {name}
        </Link>
        <TermsText terms={product} />
        {about.length > 0 && <span className="block text-muted text-xs">{about.join(" · ")}</span>}
        {list_price !== undefined && (
          <span className="block text-muted text-xs">
            {t("field.listPrice")} <UnitPrice amount={list_price} />
          </span>
        )}
      </span>
      {mayWrite && (
        <ButtonLink href={`/products/${id}/suppliers?supplier=${supplierId}`} aria-label={t("terms.editOf", { name })}>
          {t("terms.editShort")}
        </ButtonLink>
      )}
    </li>
  );
}
