// Purchase orders: the list, the page of one with what can be done with it, and the form.
import type { Route } from "next";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { get } from "../api/server.ts";
import { may } from "../api/session/current.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { Money } from "../components/money/money.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { serverText } from "../messages/server.ts";
import { PurchaseListCommands } from "./commands.tsx";
import { allSuppliers, supplierNames } from "./load.ts";
import { PurchaseBadge, purchaseStatusLabel } from "./names.tsx";
import { SupplierFilter } from "./supplier-filter.tsx";

/** The query in the address of the list. */
export type PurchaseQuery = Readonly<Record<string, string | string[] | undefined>>;

/** Which purchase orders are shown; empty for all. */
interface Shown {
  readonly status: string;
  readonly supplier: string;
}

const pageRows = 50;
const statuses = [0, 1, 2, 3, 4] as const;

/** The list, the newest first; all of it, or one status. */
export async function purchaseListPage(query: PurchaseQuery) {
  const { t } = await serverText();
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const cursor = one("cursor");
  const status = statuses.find((id) => String(id) === one("status"));
  const shown: Shown = { status: status === undefined ? "" : String(status), supplier: one("supplier") };
  const asked = new URLSearchParams({ limit: String(pageRows), include: "details" });
  if (status !== undefined) asked.set("status_id", String(status));
  if (/^\d+$/.test(shown.supplier)) asked.set("supplier_id", shown.supplier);
  if (cursor !== "") asked.set("cursor", cursor);
  const [reply, mayWrite, suppliers] = await Promise.all([
    get<readonly PurchaseOrder[]>(`/api/purchase_orders?${asked}`),
    may("write-purchases"),
    allSuppliers(),
  ]);
  const isFiltered = shown.status !== "" || shown.supplier !== "";
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  const actions = mayWrite && (
    <>
      <ButtonLink href="/reorder">{t("nav.reorder")}</ButtonLink>
      <ButtonLink href="/purchase_orders/new" look="primary" aria-keyshortcuts="Shift+N">
        {t("purchase.new")}
      </ButtonLink>
    </>
  );
  return (
    <>
      <PageHeader title={t("nav.purchases")} about={t("purchase.about")} actions={actions} />
      <PurchaseListCommands mayWrite={mayWrite} />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
        <Tabs shown={shown} />
        <SupplierFilter path="/purchase_orders" shown={{ ...shown }} suppliers={suppliers} />
      </div>
      {!reply.ok && <Failure error={reply} />}
      {reply.ok && reply.data.length === 0 && (
        <Card>
          <Empty title={t(isFiltered ? "purchase.noneFound" : "purchase.none")}>
            {isFiltered && (
              <Link href="/purchase_orders" className="text-accent underline">
                {t("resource.showAll")}
              </Link>
            )}
            {mayWrite && !isFiltered && (
              <Link href="/reorder" className="text-accent underline">
                {t("purchase.lookAtReorder")}
              </Link>
            )}
          </Empty>
        </Card>
      )}
      {reply.ok && reply.data.length > 0 && <Rows rows={reply.data} />}
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {cursor === "" ? <span /> : <ButtonLink href={pathOf(shown)}>{t("resource.firstPage")}</ButtonLink>}
        {next !== null && <ButtonLink href={pathOf({ ...shown, cursor: next })}>{t("resource.nextPage")}</ButtonLink>}
      </nav>
    </>
  );
}

function pathOf(query: Shown & { readonly cursor?: string }): Route {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  return given.length === 0 ? "/purchase_orders" : `/purchase_orders?${new URLSearchParams(given)}`;
}

async function Tabs({ shown }: { readonly shown: Shown }) {
  const { t } = await serverText();
  return (
    <nav aria-label={t("stock.show")} className="flex flex-wrap gap-1">
      {[null, ...statuses].map((status) => (
        <Link
          key={status}
          href={pathOf({ ...shown, status: String(status ?? "") })}
          aria-current={String(status ?? "") === shown.status ? "page" : undefined}
          className="inline-flex h-8 items-center rounded-md px-3 font-medium text-muted text-sm hover:bg-accent-soft hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent max-sm:h-11"
        >
          {t(status === null ? "stock.all" : purchaseStatusLabel(status))}
        </Link>
      ))}
    </nav>
  );
}

const heading = "px-3 py-2 font-medium";

async function Rows({ rows }: { readonly rows: readonly PurchaseOrder[] }) {
  const { t } = await serverText();
  const [nameOf, seesCosts] = await Promise.all([
    supplierNames(rows.map(({ supplier_id }) => supplier_id)),
    may("see-costs"),
  ]);
  return (
    <Card className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="border-line border-b text-left text-muted text-xs">
            <th scope="col" className={`${heading} pl-4`}>
              {t("purchase.number")}
            </th>
            <th scope="col" className={`${heading} max-sm:hidden`}>
              {t("purchase.supplier")}
            </th>
            <th scope="col" className={`${heading} max-sm:pr-4 max-sm:text-right`}>
              {t("purchase.status")}
            </th>
            <th scope="col" className={`${heading} max-sm:hidden`}>
              {t("purchase.creation_date")}
            </th>
            <th scope="col" className={`${heading} max-sm:hidden`}>
              {t("purchase.expected_date")}
            </th>
            {seesCosts && (
              <th scope="col" className={`${heading} pr-4 text-right max-sm:hidden`}>
                {t("order.order_total")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((order) => (
            <Row key={order.id} order={order} supplier={nameOf(order.supplier_id)} seesCosts={seesCosts} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface RowProps {
  readonly order: PurchaseOrder;
  readonly supplier: string;
  readonly seesCosts: boolean;
}

async function Row({ order, supplier, seesCosts }: RowProps) {
  const { t } = await serverText();
  const { id, creation_date, expected_date, total_cost } = order;
  return (
    <tr className="border-line border-b last:border-0 hover:bg-canvas">
      <th scope="row" className="px-3 py-1.5 pl-4 text-left font-normal">
        <Link
          href={`/purchase_orders/${id}`}
          className="numbers font-medium text-accent hover:underline max-sm:inline-block max-sm:py-1.5"
        >
          #{id}
        </Link>
        <span className="block text-muted text-xs sm:hidden">
          {supplier}
          {expected_date !== null && (
            <>
              {" · "}
              <DateText value={expected_date} />
            </>
          )}
        </span>
      </th>
      <td className="px-3 py-1.5 max-sm:hidden">{supplier}</td>
      <td className="px-3 py-1.5 max-sm:pr-4 max-sm:text-right">
        <PurchaseBadge order={order} t={t} />
      </td>
      <td className="px-3 py-1.5 max-sm:hidden">
        <DateText value={creation_date} />
      </td>
      <td className="px-3 py-1.5 max-sm:hidden">
        <DateText value={expected_date} />
      </td>
      {seesCosts && (
        <td className="px-3 py-1.5 pr-4 text-right max-sm:hidden">
          <Money amount={total_cost} />
        </td>
      )}
    </tr>
  );
}
