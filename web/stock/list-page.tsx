// The stock: the list of what there is of each product, and the page of one product with its ledger.
import type { Route } from "next";
import type { Stock } from "northwind-api/src/stock/fields.ts";
import { get } from "../api/server.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { Failure } from "../components/failure.tsx";
import { controlLook } from "../components/form/field.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { StaticIcon } from "../components/static-icon.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import { StockListCommands } from "./commands.tsx";
import { LowBadge, stockName } from "./names.tsx";

/** The query in the address of the list. */
export type StockQuery = Readonly<Record<string, string | string[] | undefined>>;

const pageRows = 50;

const shows = [
  { name: "all", label: "stock.all", asked: {} },
  { name: "low", label: "stock.low", asked: { low: "true" } },
  { name: "reorder", label: "stock.toReorder", asked: { to_reorder: "true" } },
] as const;

const columns = ["on_hand", "allocated", "available", "on_order", "back_ordered", "to_reorder"] as const;

/** The list: searched by words, all of it or only what is low or to be reordered. */
export async function stockListPage(query: StockQuery) {
  const { t } = await serverText();
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const [q, cursor] = [one("q").trim(), one("cursor")];
  const show = shows.find(({ name }) => name === one("show")) ?? shows[0];
  const asked = new URLSearchParams({ limit: String(pageRows), sort: "name", ...show.asked });
  if (q !== "") asked.set("q", q);
  if (cursor !== "") asked.set("cursor", cursor);
  const reply = await get<readonly Stock[]>(`/api/stock?${asked}`);
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  return (
    <>
      <PageHeader title={t("nav.stock")} about={t("stock.about")} />
      <StockListCommands />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
        <Tabs q={q} shown={show.name} />
        <Search q={q} show={show.name} />
      </div>
      {!reply.ok && <Failure error={reply} />}
      {reply.ok && reply.data.length === 0 && (
        <Card>
          <Empty title={t(q === "" ? `stock.none.${show.name}` : "resource.nothingFound", { q })}>
            {q !== "" || show.name !== "all" ? (
              <Link href="/stock" className="text-accent underline">
                {t("resource.showAll")}
              </Link>
            ) : (
              <>
                {t("stock.noneHint")}{" "}
                <Link href="/products" className="text-accent underline">
                  {t("nav.products")}
                </Link>
              </>
            )}
          </Empty>
        </Card>
      )}
      {reply.ok && reply.data.length > 0 && <Rows rows={reply.data} />}
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {cursor === "" ? (
          <span />
        ) : (
          <ButtonLink href={pathOf({ q, show: show.name })}>{t("resource.firstPage")}</ButtonLink>
        )}
        {next !== null && (
          <ButtonLink href={pathOf({ q, show: show.name, cursor: next })}>{t("resource.nextPage")}</ButtonLink>
        )}
      </nav>
    </>
  );
}

function pathOf(query: Readonly<Record<string, string>>): Route {
  const given = Object.entries(query).filter(([name, value]) => value !== "" && (name !== "show" || value !== "all"));
  return given.length === 0 ? "/stock" : `/stock?${new URLSearchParams(given)}`;
}

async function Tabs({ q, shown }: { readonly q: string; readonly shown: string }) {
  const { t } = await serverText();
  return (
    <nav aria-label={t("stock.show")} className="flex flex-wrap gap-1">
      {shows.map(({ name, label }) => (
        <Link
          key={name}
          href={pathOf({ q, show: name })}
          aria-current={name === shown ? "page" : undefined}
          className="inline-flex h-8 items-center rounded-md px-3 font-medium text-muted text-sm hover:bg-accent-soft hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
        >
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}

async function Search({ q, show }: { readonly q: string; readonly show: string }) {
  const { t } = await serverText();
  return (
    <search className="block w-full max-w-sm">
      <form action="/stock" className="flex gap-2">
        {show !== "all" && <input type="hidden" name="show" value={show} />}
        <input
          type="search"
          name="q"
          id="search"
          defaultValue={q}
          aria-label={t("resource.search")}
          placeholder={t("stock.search")}
          className={controlLook}
        />
        <button
          type="submit"
          aria-label={t("resource.search")}
          className="rounded-md border border-line bg-surface px-2.5"
        >
          <StaticIcon name="find" size={15} />
        </button>
      </form>
    </search>
  );
}

async function Rows({ rows }: { readonly rows: readonly Stock[] }) {
  const { t } = await serverText();
  return (
    <Card className="overflow-x-auto">
      <table className="w-full">
        <thead>
          <tr className="border-line border-b text-left text-muted text-xs">
            <th scope="col" className="px-4 py-2 font-medium">
              {t("order.product_id")}
            </th>
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                className={`px-3 py-2 text-right font-medium ${name === "available" ? "max-sm:pr-4" : "max-sm:hidden"}`}
              >
                {t(`stock.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.product_id} row={row} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

async function Row({ row }: { readonly row: Stock }) {
  const { t, locale } = await serverText();
  const { product_id, product_code, location, low } = row;
  const about = [product_code, location].filter((part) => part).join(" · ");
  const brief = (["on_hand", "allocated", "on_order"] as const).map(
    (name) => `${t(`stock.${name}`)} ${amountText(row[name], locale, 0)}`,
  );
  return (
    <tr className="border-line border-b last:border-0 hover:bg-canvas">
      <th scope="row" className="px-4 py-1.5 text-left font-normal">
        <span className="flex flex-wrap items-center gap-x-2">
          <Link href={`/stock/${product_id}`} className="font-medium text-accent hover:underline max-sm:py-1.5">
            {stockName(row)}
          </Link>
          {low && <LowBadge t={t} />}
        </span>
        {about !== "" && <span className="numbers block text-muted text-xs">{about}</span>}
        <span className="numbers block text-muted text-xs sm:hidden">
          {brief.map((text, place) => (
            <span key={text} className="whitespace-nowrap">
              {text}
              {place < brief.length - 1 && " · "}
            </span>
          ))}
        </span>
      </th>
      {columns.map((name) => {
        const text = amountText(row[name], locale, 0);
        const look = name === "available" ? "font-semibold max-sm:pr-4" : "max-sm:hidden";
        return (
          <td key={name} className={`numbers px-3 py-1.5 text-right ${look} ${text === "0" ? "text-muted" : ""}`}>
            {text}
          </td>
        );
      })}
    </tr>
  );
}
