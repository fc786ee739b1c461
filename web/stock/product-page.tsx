import type { Route } from "next";
import { notFound } from "next/navigation";
import { businessDay } from "northwind-api/src/company/business-time.ts";
import type { Stock, StockTransaction } from "northwind-api/src/stock/fields.ts";
import { company } from "../api/company.ts";
import { get } from "../api/server.ts";
import { may } from "../api/session/current.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import type { MessageKey } from "../messages/text.ts";
import { AdjustForm } from "./adjust-form.tsx";
import { isOfShelf, LowBadge, stockName, typeText } from "./names.tsx";

const entryRows = 50;

/** The stock of one product: its quantities, the form to adjust it, and its ledger. */
export async function productStockPage(id: string, cursor: string) {
  const path = `/api/stock/${encodeURIComponent(id)}`;
  const more = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  const [reply, entries, mayAdjust, seesProducts] = await Promise.all([
    get<Stock>(`${path}?include=expected_receipts`),
    get<readonly StockTransaction[]>(`${path}/transactions?limit=${entryRows}${more}`),
    may("write-stock"),
    may("read-products"),
  ]);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure error={reply} isPage />;
  const { t } = await serverText();
  const stock = reply.data;
  const about = [stock.product_code, stock.location].filter((part) => part).join(" · ");
  return (
    <>
      <PageHeader
        title={
          <>
            {stockName(stock)}
            {stock.low && <LowBadge t={t} />}
          </>
        }
        about={about === "" ? t("nav.stock") : about}
        actions={seesProducts && <ButtonLink href={`/products/${stock.product_id}`}>{t("stock.product")}</ButtonLink>}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4 lg:order-last">
          <Quantities stock={stock} />
          <Receipts stock={stock} />
          {mayAdjust && <AdjustForm productId={stock.product_id} allocated={stock.allocated} />}
        </div>
        {entries.ok ? (
          <Entries
            entries={entries.data}
            productId={stock.product_id}
            isFirst={cursor === ""}
            next={entries.page?.next_cursor ?? null}
          />
        ) : (
          <Failure error={entries} />
        )}
      </div>
    </>
  );
}

const shown = ["on_hand", "allocated", "available", "on_order", "back_ordered", "to_reorder"] as const;

async function Quantities({ stock }: { readonly stock: Stock }) {
  const { t, locale } = await serverText();
  const levels = [
    [t("field.reorderLevel"), stock.reorder_level],
    [t("field.targetLevel"), stock.target_level],
  ] as const;
  return (
    <Card>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 px-4 py-3">
        {shown.map((name) => (
          <div key={name} className={`contents ${name === "available" ? "font-semibold" : ""}`}>
            <dt className={name === "available" ? "" : "text-muted"}>{t(`stock.${name}`)}</dt>
            <dd className="numbers text-right">{amountText(stock[name], locale, 0)}</dd>
          </div>
        ))}
        {levels.map(([label, level]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="numbers text-right">{level ?? "–"}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** What is still to come in, and when; nothing where nothing is on order. */
async function Receipts({ stock: { expected_receipts: receipts = [] } }: { readonly stock: Stock }) {
  if (receipts.length === 0) return null;
  const { t, locale } = await serverText();
  const today = businessDay(company().timeZone);
  return (
    <Card title={t("stock.expected")}>
      <ul className="divide-y divide-line">
        {receipts.map(({ purchase_order_id, expected_date, quantity }, place) => (
          // A purchase order may have several lines of the product; the list never changes.
          <li key={`${purchase_order_id} ${String(place)}`} className="flex justify-between gap-4 px-4 py-2">
            <span className="min-w-0">
              {expected_date === null ? t("order.notPromised") : <DateText value={expected_date} />}{" "}
              {expected_date !== null && expected_date.slice(0, 10) < today && (
                <span className="ml-1 font-medium text-warn">{t("worklist.late")}</span>
              )}
              <Link href={`/purchase_orders/${purchase_order_id}`} className="block text-accent hover:underline">
                {t("purchase.title", { number: String(purchase_order_id) })}
              </Link>
            </span>
            <span className="numbers font-medium">{amountText(quantity, locale, 0)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface EntriesProps {
  readonly entries: readonly StockTransaction[];
  readonly productId: number;
  readonly isFirst: boolean;
  readonly next: string | null;
}

async function Entries({ entries, productId, isFirst, next }: EntriesProps) {
  const { t } = await serverText();
  const older: Route = `/stock/${productId}?${new URLSearchParams({ cursor: next ?? "" })}`;
  return (
    <div className="min-w-0">
      <Card title={t("stock.entries")}>
        {entries.length === 0 ? (
          <Empty title={t("stock.noEntries")} />
        ) : (
          <p className="border-line border-b px-4 py-2 text-muted text-xs">{t("stock.entriesHint")}</p>
        )}
        <ul className="divide-y divide-line">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      </Card>
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {isFirst ? <span /> : <ButtonLink href={`/stock/${productId}`}>{t("resource.firstPage")}</ButtonLink>}
        {next !== null && <ButtonLink href={older}>{t("resource.nextPage")}</ButtonLink>}
      </nav>
    </div>
  );
}

interface Document {
  readonly path: Route;
  readonly title: MessageKey;
  readonly id: number;
}

/** What caused an entry. */
function documentsOf(entry: StockTransaction): readonly Document[] {
  const { order_id, purchase_order_id, shipment_id, stock_count_id } = entry;
  const named = [
    { id: order_id, title: "order.title", folder: "orders" },
    { id: purchase_order_id, title: "purchase.title", folder: "purchase_orders" },
    { id: shipment_id, title: "shipment.title", folder: "shipments" },
    { id: stock_count_id, title: "counts.title", folder: "counts" },
  ] as const;
  return named.flatMap(({ id, title, folder }) => (id === null ? [] : [{ id, title, path: `/${folder}/${id}` }]));
}

async function Entry({ entry }: { readonly entry: StockTransaction }) {
  const { t, locale } = await serverText();
  const { type, quantity, created_date, principal, comments } = entry;
  const who = principal === "local" ? t("history.local") : (principal ?? "").replace(/^\d+ /, "");
  const about = [comments, who].filter((part) => part).join(" · ");
  const amount = amountText(quantity, locale, 0);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2">
      <span className="min-w-0">
        <span className="font-medium">{typeText(type, t)}</span>
        {documentsOf(entry).map(({ path, title, id }) => (
          <Link key={path} href={path} className="ml-2 text-accent hover:underline">
            {t(title, { number: String(id) })}
          </Link>
        ))}
        {about !== "" && <span className="block break-words text-muted text-xs">{about}</span>}
      </span>
      <span className="text-right">
        <span className={`numbers block ${isOfShelf(type) ? "font-medium" : "text-muted"}`}>
          {amount.startsWith("-") ? `−${amount.slice(1)}` : `+${amount}`}
        </span>
        <span className="block text-muted text-xs">
          <DateText value={created_date} detail="minute" />
        </span>
      </span>
    </li>
  );
}
