// Shipments: the list of what has left the house, and one shipment with its packing slip.
import type { Route } from "next";
import type { Shipment } from "northwind-api/src/orders/shipments/fields.ts";
import { get } from "../api/server.ts";
import { may } from "../api/session/current.ts";
import type { Order } from "../api/types.ts";
import { Button, ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { controlLook } from "../components/form/field.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { serverText } from "../messages/server.ts";
import { companyName } from "../orders/names.ts";
import { ShipmentListCommands } from "./commands.tsx";
import { loadShippers, type ShipperNames, shipmentPath, trackingText } from "./shippers.ts";

/** The query in the address of the list. */
export type ShipmentsQuery = Readonly<Record<string, string | string[] | undefined>>;

const pageRows = 50;

const filters = ["shipped_from", "shipped_to", "shipper_id"] as const;
type Filters = Readonly<Record<(typeof filters)[number], string>>;

/** The list, the newest first, of some days and of one shipper. */
export async function shipmentListPage(query: ShipmentsQuery) {
  const { t } = await serverText();
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const chosen: Filters = {
    shipped_from: one("shipped_from"),
    shipped_to: one("shipped_to"),
    shipper_id: one("shipper_id"),
  };
  const cursor = one("cursor");
  const asked = new URLSearchParams({ limit: String(pageRows), ...given(chosen) });
  if (cursor !== "") asked.set("cursor", cursor);
  const [reply, shippers, mayShip] = await Promise.all([
    get<readonly Shipment[]>(`/api/shipments?${asked}`),
    loadShippers(),
    may("ship-orders"),
  ]);
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  const isFiltered = Object.keys(given(chosen)).length > 0;
  return (
    <>
      <PageHeader
        title={t("nav.shipments")}
        about={t("shipments.about")}
        actions={mayShip && <ButtonLink href="/pick">{t("nav.pick")}</ButtonLink>}
      />
      <ShipmentListCommands />
      <Filter chosen={chosen} shippers={shippers} />
      {!reply.ok && <Failure error={reply} />}
      {reply.ok && reply.data.length === 0 && (
        <Card>
          <Empty title={t(isFiltered ? "shipments.noneFound" : "shipments.none")}>
            {isFiltered && (
              <Link href="/shipments" className="text-accent underline">
                {t("resource.showAll")}
              </Link>
            )}
          </Empty>
        </Card>
      )}
      {reply.ok && reply.data.length > 0 && <Rows rows={reply.data} shippers={shippers} />}
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {cursor === "" ? <span /> : <ButtonLink href={pathOf(given(chosen))}>{t("resource.firstPage")}</ButtonLink>}
        {next !== null && (
          <ButtonLink href={pathOf({ ...given(chosen), cursor: next })}>{t("resource.nextPage")}</ButtonLink>
        )}
      </nav>
    </>
  );
}

function given(chosen: Filters): Readonly<Record<string, string>> {
  return Object.fromEntries(filters.flatMap((name) => (chosen[name] === "" ? [] : [[name, chosen[name]]])));
}

function pathOf(query: Readonly<Record<string, string>>): Route {
  return Object.keys(query).length === 0 ? "/shipments" : `/shipments?${new URLSearchParams(query)}`;
}

interface FilterProps {
  readonly chosen: Filters;
  readonly shippers: ShipperNames;
}

async function Filter({ chosen, shippers }: FilterProps) {
  const { t } = await serverText();
  const label = "flex min-w-0 flex-col gap-1 font-medium text-muted text-xs";
  return (
    <search>
      <form action="/shipments" className="mb-4 flex flex-wrap items-end gap-3 max-sm:grid max-sm:grid-cols-2">
        {(["shipped_from", "shipped_to"] as const).map((name) => (
          <label key={name} className={label}>
            {t(`shipments.${name}`)}
            <input type="date" name={name} id={name} defaultValue={chosen[name]} className={controlLook} />
          </label>
        ))}
        <label className={label}>
          {t("order.shipper_id")}
          <select name="shipper_id" defaultValue={chosen.shipper_id} className={controlLook}>
            <option value="">{t("shipments.anyShipper")}</option>
            {[...shippers].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit">{t("shipments.filter")}</Button>
      </form>
    </search>
  );
}

interface RowsProps {
  readonly rows: readonly Shipment[];
  readonly shippers: ShipperNames;
}

/** Whose orders these are shipments of. */
async function customersOf(rows: readonly Shipment[]): Promise<(orderId: number) => string> {
  const ids = [...new Set(rows.map(({ order_id }) => order_id))];
  const reply = await get<readonly Order[]>(`/api/orders?ids=${ids.join()}&include=customer&limit=${pageRows}`);
  const orders = new Map(reply.ok ? reply.data.map((order) => [order.id, order]) : []);
  return (orderId) => {
    const order = orders.get(orderId);
    return (order?.customer == null ? order?.ship_name : companyName(order.customer)) ?? "–";
  };
}

const cell = "px-4 py-2";

async function Rows({ rows, shippers }: RowsProps) {
  const { t } = await serverText();
  const customerOf = await customersOf(rows);
  return (
    <Card className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="border-line border-b text-left text-muted text-xs">
            <th className={`${cell} font-medium`}>{t("shipment.one")}</th>
            <th className={`${cell} font-medium`}>{t("order.id")}</th>
            <th className={`${cell} font-medium max-sm:hidden`}>{t("order.customer_id")}</th>
            <th className={`${cell} font-medium`}>{t("order.shipped_date")}</th>
            <th className={`${cell} font-medium max-sm:hidden`}>{t("order.shipper_id")}</th>
            <th className={`${cell} font-medium max-sm:hidden`}>{t("shipment.tracking_number")}</th>
            <th className={`${cell} text-right font-medium max-sm:hidden`}>{t("shipments.lines")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="border-line border-b last:border-0 hover:bg-canvas">
              <th scope="row" className={`${cell} text-left font-normal`}>
                <Link href={shipmentPath(row.id)} className="numbers font-medium text-accent hover:underline">
                  #{row.id}
                </Link>
                <span className="block text-xs sm:hidden">{customerOf(row.order_id)}</span>
                <span className="block text-muted text-xs sm:hidden">{trackingText(row, shippers)}</span>
              </th>
              <td className={cell}>
                <Link href={`/orders/${row.order_id}`} className="numbers text-accent hover:underline">
                  #{row.order_id}
                </Link>
              </td>
              <td className={`${cell} max-sm:hidden`}>{customerOf(row.order_id)}</td>
              <td className={cell}>
                <DateText value={row.shipped_date} />
              </td>
              <td className={`${cell} max-sm:hidden`}>{shippers.get(row.shipper_id ?? 0) ?? "–"}</td>
              <td className={`${cell} numbers break-all max-sm:hidden`}>{row.tracking_number ?? "–"}</td>
              <td className={`${cell} numbers text-right max-sm:hidden`}>{row.shipment_details.length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
