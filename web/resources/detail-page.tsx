import { notFound } from "next/navigation";
import { get } from "../api/server.ts";
import { currentSession } from "../api/session/current.ts";
import { mayIn } from "../api/session/session.ts";
import type { Order } from "../api/types.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { Money } from "../components/money/money.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { StaticIcon } from "../components/static-icon.tsx";
import { StatusBadge } from "../components/status-badge.tsx";
import { serverText } from "../messages/server.ts";
import { LiveStatus, OrderLine, OrderLines } from "../orders/live-lines.tsx";
import { companyName } from "../orders/names.ts";
import { DeletionNotice } from "../undo/deletion-notice.tsx";
import { ResourceCommands } from "./commands.tsx";
import { DeleteButton } from "./delete-button.tsx";
import { ProductsOfSupplier } from "./products-of-supplier.tsx";
import {
  aboutOf,
  type FieldGroup,
  groupsFor,
  nameOf,
  type Resource,
  type ResourceRow,
  rightToWrite,
} from "./resource.ts";
import { SupplierTerms } from "./supplier-terms.tsx";
import { Value } from "./value.tsx";

const orderRows = 10;

interface Props {
  readonly resource: Resource;
  readonly id: string;
  /** Where the page of what belongs to it begins; empty for the first. */
  readonly cursor: string;
}

/** The page of one customer, product and so on: its fields, and what refers to it. */
export async function resourceDetailPage({ resource, id, cursor }: Props) {
  const { t } = await serverText();
  const reply = await get<ResourceRow>(`/api/${resource.plural}/${encodeURIComponent(id)}`);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure error={reply} isPage />;
  const row = reply.data;
  const session = await currentSession();
  const mayWrite = mayIn(session, rightToWrite(resource.plural));
  const name = nameOf(resource.plural, row);
  // A card of one field that is empty would say nothing twice.
  const groups = groupsFor(resource, session).filter(
    ({ fields }) => fields.length > 1 || fields.some(({ name, words }) => row[name] || words?.[""] !== undefined),
  );
  return (
    <DeletionNotice path={`/api/${resource.plural}/${row.id}`}>
      <PageHeader
        title={name}
        about={aboutOf(resource.plural, row)}
        actions={
          <>
            {row.stocked === true && mayIn(session, "read-stock") && (
              <ButtonLink href={`/stock/${row.id}`}>{t("nav.stock")}</ButtonLink>
            )}
            {resource.plural === "suppliers" && mayIn(session, "read-purchases") && (
              <ButtonLink href={`/purchase_orders?supplier=${row.id}`}>{t("nav.purchases")}</ButtonLink>
            )}
            {mayWrite && (
              <>
                <ButtonLink look="primary" href={`/${resource.plural}/${row.id}/edit`}>
                  <StaticIcon name="pen" size={15} />
                  {t("resource.edit")}
                </ButtonLink>
                <DeleteButton
                  {...{ resource: resource.plural, id: row.id, name, etag: reply.etag }}
                  icon={<StaticIcon name="bin" size={15} />}
                />
              </>
            )}
          </>
        }
      />
      <ResourceCommands resource={resource.plural} id={row.id} />
      <div
        className={`grid items-start gap-4 lg:grid-cols-2 ${groups.length === 3 && resource.plural === "products" ? "lg:[&>:first-child]:row-span-2" : ""}`}
      >
        {groups.map((group) => (
          <Group key={group.title} group={group} row={row} />
        ))}
      </div>
      {resource.orderFilter !== null && <OrdersOf filter={resource.orderFilter} id={row.id} />}
      {resource.plural === "suppliers" && <ProductsOfSupplier supplierId={row.id} cursor={cursor} />}
    </DeletionNotice>
  );
}

/** Fields that belong together; the only one of a card needs no name beside the card's own. */
export async function Group({
  group: { title, fields },
  row,
}: {
  readonly group: FieldGroup;
  readonly row: ResourceRow;
}) {
  const { t } = await serverText();
  return (
    <Card title={t(title)}>
      <dl className="grid grid-cols-[minmax(6.5rem,max-content)_1fr] gap-x-4 gap-y-1.5 px-4 py-3 sm:gap-x-6">
        {fields.map((field) => (
          <div key={field.name} className="contents">
            <dt className={fields.length === 1 ? "sr-only" : "text-muted"}>{t(field.label)}</dt>
            <dd className={`min-w-0 ${fields.length === 1 ? "col-span-2" : ""}`}>
              {field.kind === "suppliers" && Array.isArray(row[field.name]) ? (
                <SupplierTerms productId={row.id} />
              ) : (
                <Value field={field} value={row[field.name]} t={t} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

async function OrdersOf({
  filter,
  id,
}: {
  readonly filter: NonNullable<Resource["orderFilter"]>;
  readonly id: number;
}) {
  const { t } = await serverText();
  const asked = `${filter}=${id}&sort=-id&limit=${orderRows}&include=customer,details`;
  const seesPrices = mayIn(await currentSession(), "see-prices");
  const reply = await get<readonly Order[]>(`/api/orders?${asked}`);
  if (!reply.ok) return <Failure error={reply} />;
  const more = reply.page?.next_cursor != null;
  return (
    <Card
      title={t("resource.orders")}
      className="mt-4"
      actions={
        more && (
          <Link href={`/orders?${filter}=${id}`} className="text-accent hover:underline">
            {t("resource.allOrders")}
          </Link>
        )
      }
    >
      <OrderLines ids={reply.data.map(({ id }) => id)} empty={<Empty title={t("resource.noOrders")} />}>
        {reply.data.map((order) => (
          <OrderLine key={order.id} id={order.id} className="flex items-center gap-3 px-4 py-2 sm:gap-4">
            <Link href={`/orders/${order.id}`} className="numbers min-w-12 font-medium text-accent hover:underline">
              #{order.id}
            </Link>
            <span className="min-w-0 flex-1 sm:flex sm:gap-4">
              <span className="block text-muted sm:w-24">
                <DateText value={order.order_date} />
              </span>
              {filter !== "customer_id" && (
                <span className="block truncate">
                  {order.customer == null ? order.ship_name : companyName(order.customer)}
                </span>
              )}
            </span>
            <LiveStatus id={order.id}>
              <StatusBadge statusId={order.status_id} t={t} />
            </LiveStatus>
            {seesPrices && (
              <span className="text-right sm:w-24">
                <Money amount={order.order_total} />
              </span>
            )}
          </OrderLine>
        ))}
      </OrderLines>
    </Card>
  );
}
