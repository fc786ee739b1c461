import { notFound } from "next/navigation";
import { get } from "../api/server.ts";
import type { Order } from "../api/types.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { StillIcon } from "../components/still-icon.tsx";
import { Going } from "../delayed/going.tsx";
import { serverText } from "../messages/server.ts";
import { LiveStatus, OrderLine, OrderLines } from "../orders/live-lines.tsx";
import { NounCommands } from "./commands.tsx";
import { DeleteButton } from "./delete-button.tsx";
import { supplierNames } from "./load.ts";
import { type Noun, type NounRow, nameOf, personOf } from "./noun.ts";
import { Value } from "./value.tsx";

const orderRows = 10;

interface Props {
  readonly noun: Noun;
  readonly id: string;
}

/** One customer, product ..: what is known of it, and what refers to it. */
export async function nounDetailPage({ noun, id }: Props) {
  const { t } = await serverText();
  const reply = await get<NounRow>(`/api/${noun.plural}/${encodeURIComponent(id)}`);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure refusal={reply} isPage />;
  const row = reply.data;
  return (
    <Going path={`/api/${noun.plural}/${row.id}`}>
      <PageHeader
        title={nameOf(row)}
        about={personOf(row) ?? `#${row.id}`}
        actions={
          <>
            <DeleteButton
              {...{ noun: noun.plural, id: row.id, name: nameOf(row), etag: reply.etag }}
              icon={<StillIcon name="bin" size={15} />}
            />
            <ButtonLink look="primary" href={`/${noun.plural}/${row.id}/edit`}>
              <StillIcon name="pen" size={15} />
              {t("noun.edit")}
            </ButtonLink>
          </>
        }
      />
      <NounCommands noun={noun.plural} id={row.id} />
      <div
        className={`grid items-start gap-4 lg:grid-cols-2 ${noun.groups.length === 3 ? "lg:[&>:first-child]:row-span-2" : ""}`}
      >
        {noun.groups.map(({ title, fields }) => (
          <Card key={title} title={t(title)}>
            <dl className="grid grid-cols-[minmax(7rem,max-content)_1fr] gap-x-6 gap-y-1.5 px-4 py-3">
              {fields.map((field) => (
                <div key={field.name} className="contents">
                  <dt className="text-muted">{t(field.label)}</dt>
                  <dd className="min-w-0">
                    {field.kind === "suppliers" && Array.isArray(row[field.name]) ? (
                      <Suppliers row={row} />
                    ) : (
                      <Value field={field} value={row[field.name]} t={t} />
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </Card>
        ))}
      </div>
      {noun.orderFilter !== null && <OrdersOf filter={noun.orderFilter} id={row.id} />}
      {noun.plural === "suppliers" && <ProductsOf supplierId={row.id} />}
    </Going>
  );
}

/** A product's suppliers by their names. */
async function Suppliers({ row }: { readonly row: NounRow }) {
  const nameOf = await supplierNames(row);
  const ids = Array.isArray(row.supplier_ids) ? row.supplier_ids : [];
  if (ids.length === 0) return <span className="text-muted">–</span>;
  return ids.map((id) => (
    <Link key={id} href={`/suppliers/${id}`} className="mr-3 text-accent hover:underline">
      {nameOf(id)}
    </Link>
  ));
}

async function OrdersOf({ filter, id }: { readonly filter: NonNullable<Noun["orderFilter"]>; readonly id: number }) {
  const { t } = await serverText();
  const asked = `${filter}=${id}&sort=-id&limit=${orderRows}&include=customer`;
  const reply = await get<readonly Order[]>(`/api/orders?${asked}`);
  if (!reply.ok) return <Failure refusal={reply} />;
  const more = reply.page?.next_cursor != null;
  return (
    <Card
      title={t("noun.orders")}
      className="mt-4"
      actions={
        more && (
          <Link href={`/orders?${filter}=${id}`} className="text-accent hover:underline">
            {t("noun.allOrders")}
          </Link>
        )
      }
    >
      <OrderLines ids={reply.data.map(({ id }) => id)} empty={<Empty title={t("noun.noOrders")} />}>
        {reply.data.map((order) => (
          <OrderLine key={order.id} id={order.id} className="flex items-center gap-4 px-4 py-2">
            <Link href={`/orders/${order.id}`} className="numbers font-medium text-accent hover:underline">
              #{order.id}
            </Link>
            <DateText value={order.order_date} />
            <span className="min-w-0 flex-1 truncate">
              {filter !== "customer_id" && (order.customer?.company ?? order.ship_name)}
            </span>
            <LiveStatus id={order.id} statusId={order.status_id} />
          </OrderLine>
        ))}
      </OrderLines>
    </Card>
  );
}

async function ProductsOf({ supplierId }: { readonly supplierId: number }) {
  const { t } = await serverText();
  const reply = await get<readonly NounRow[]>("/api/products?limit=1000");
  if (!reply.ok) return <Failure refusal={reply} />;
  const products = reply.data.filter(({ supplier_ids: ids }) => Array.isArray(ids) && ids.includes(supplierId));
  return (
    <Card title={t("nav.products")} className="mt-4">
      {products.length === 0 ? (
        <Empty title={t("noun.noProducts")} />
      ) : (
        <ul className="divide-y divide-line">
          {products.map((product) => (
            <li key={product.id} className="px-4 py-2">
              <Link href={`/products/${product.id}`} className="text-accent hover:underline">
                {nameOf(product)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
