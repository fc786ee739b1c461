// Counts of the stock: the list, a new count, and the sheet that is filled in while counting.
import type { Route } from "next";
import type { StockCount } from "northwind-api/src/stock/counts/fields.ts";
import { get } from "../api/server.ts";
import { may } from "../api/session/current.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { serverText } from "../messages/server.ts";
import { NewCountCommand } from "./commands.tsx";
import { CountBadge, countStatuses, whoText } from "./names.tsx";

/** The query in the address of the list. */
export type CountsQuery = Readonly<Record<string, string | string[] | undefined>>;

const pageRows = 50;

/** The list, the newest first: all counts, or those of a status. */
export async function countListPage(query: CountsQuery) {
  const { t } = await serverText();
  const status = countStatuses.find((name) => name === query.status) ?? null;
  const cursor = typeof query.cursor === "string" ? query.cursor : "";
  const asked = new URLSearchParams({ limit: String(pageRows) });
  if (status !== null) asked.set("status", status);
  if (cursor !== "") asked.set("cursor", cursor);
  const [reply, mayCount] = await Promise.all([
    get<readonly StockCount[]>(`/api/stock_counts?${asked}`),
    may("write-stock"),
  ]);
  const next = reply.ok ? (reply.page?.next_cursor ?? null) : null;
  return (
    <>
      <PageHeader
        title={t("nav.counts")}
        about={t("counts.about")}
        actions={
          mayCount && (
            <ButtonLink href="/counts/new" look="primary">
              {t("counts.new")}
            </ButtonLink>
          )
        }
      />
      {mayCount && <NewCountCommand />}
      <nav aria-label={t("stock.show")} className="mb-4 flex flex-wrap gap-1">
        {[null, ...countStatuses].map((name) => (
          <Link
            key={name}
            href={pathOf(name, "")}
            aria-current={name === status ? "page" : undefined}
            className="inline-flex h-8 items-center rounded-md px-3 font-medium text-muted text-sm hover:bg-accent-soft hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent max-sm:h-11"
          >
            {t(name === null ? "stock.all" : `countStatus.${name}`)}
          </Link>
        ))}
      </nav>
      {!reply.ok && <Failure error={reply} />}
      {reply.ok && reply.data.length === 0 && (
        <Card>
          <Empty title={t("counts.none")}>{t("counts.noneHint")}</Empty>
        </Card>
      )}
      {reply.ok && reply.data.length > 0 && <Rows rows={reply.data} />}
      <nav aria-label={t("resource.pages")} className="mt-3 flex justify-between">
        {cursor === "" ? <span /> : <ButtonLink href={pathOf(status, "")}>{t("resource.firstPage")}</ButtonLink>}
        {next !== null && <ButtonLink href={pathOf(status, next)}>{t("resource.nextPage")}</ButtonLink>}
      </nav>
    </>
  );
}

function pathOf(status: string | null, cursor: string): Route {
  const query = new URLSearchParams({
    ...(status === null ? {} : { status }),
    ...(cursor === "" ? {} : { cursor }),
  });
  return query.size === 0 ? "/counts" : `/counts?${query}`;
}

async function Rows({ rows }: { readonly rows: readonly StockCount[] }) {
  const { t } = await serverText();
  return (
    <Card>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-3">
            <span className="min-w-0">
              <Link href={`/counts/${row.id}`} className="font-medium text-accent hover:underline max-sm:py-2">
                {t("counts.title", { number: String(row.id) })}
              </Link>
              <span className="ml-3 break-words">{row.reason}</span>
              <span className="block text-muted text-xs">
                <DateText value={row.created_date} /> · {whoText(row.created_principal, t)}
              </span>
            </span>
            <span className="flex items-center gap-3">
              <span className="numbers text-muted text-sm">
                {t("counts.progress", { done: row.counted, count: row.products })}
              </span>
              <CountBadge status={row.status} t={t} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
