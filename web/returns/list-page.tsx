import type { Route } from "next";
import type { OrderReturn } from "northwind-api/src/orders/returns/fields.ts";
import { get } from "../api/server.ts";
import { Button, ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { controlLook } from "../components/form/field.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { serverText } from "../messages/server.ts";
import { ReturnListCommands } from "./commands.tsx";
import { ReturnLines } from "./return-lines.tsx";

/** The query in the address of the list. */
export type ReturnsQuery = Readonly<Record<string, string | string[] | undefined>>;

const pageRows = 50;

const filters = ["returned_from", "returned_to"] as const;

/** The list of all returns, the newest first, of some days. */
export async function returnListPage(query: ReturnsQuery) {
  const { t } = await serverText();
  const one = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const chosen = Object.fromEntries(filters.flatMap((name) => (one(name) === "" ? [] : [[name, one(name)]])));
  const cursor = one("cursor");
  const asked = new URLSearchParams({ limit: String(pageRows), ...chosen });
  if (cursor !== "") asked.set("cursor", cursor);
  const reply = await get<readonly OrderReturn[]>(`/api/returns?${asked}`);
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  const isFiltered = Object.keys(chosen).length > 0;
  return (
    <>
      <PageHeader title={t("nav.returns")} about={t("returns.about")} />
      <ReturnListCommands />
      <search>
        <form action="/returns" className="mb-4 flex flex-wrap items-end gap-3 max-sm:grid max-sm:grid-cols-2">
          {filters.map((name) => (
            <label key={name} className="flex min-w-0 flex-col gap-1 font-medium text-muted text-xs">
              {t(`returns.${name}`)}
              <input type="date" name={name} id={name} defaultValue={one(name)} className={controlLook} />
            </label>
          ))}
          <Button type="submit">{t("shipments.filter")}</Button>
        </form>
      </search>
      {!reply.ok && <Failure error={reply} />}
      {reply.ok && reply.data.length === 0 && (
        <Card>
          <Empty title={t(isFiltered ? "returns.noneFound" : "returns.none")}>
            {isFiltered ? (
              <Link href="/returns" className="text-accent underline">
                {t("resource.showAll")}
              </Link>
            ) : (
              t("returns.noneHint")
            )}
          </Empty>
        </Card>
      )}
      {reply.ok && reply.data.length > 0 && <Rows rows={reply.data} />}
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {cursor === "" ? <span /> : <ButtonLink href={pathOf(chosen)}>{t("resource.firstPage")}</ButtonLink>}
        {next !== null && <ButtonLink href={pathOf({ ...chosen, cursor: next })}>{t("resource.nextPage")}</ButtonLink>}
      </nav>
    </>
  );
}

function pathOf(query: Readonly<Record<string, string>>): Route {
  return Object.keys(query).length === 0 ? "/returns" : `/returns?${new URLSearchParams(query)}`;
}

async function Rows({ rows }: { readonly rows: readonly OrderReturn[] }) {
  const { t } = await serverText();
  return (
    <Card>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.id} className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <span className="min-w-0">
              <Link href={`/orders/${row.order_id}`} className="numbers font-medium text-accent hover:underline">
                {t("order.title", { number: String(row.order_id) })}
              </Link>
              <span className="ml-3 text-muted">
                <DateText value={row.returned_date} />
              </span>
              <span className="block break-words">{row.reason}</span>
            </span>
            <ReturnLines details={row.order_return_details} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
