import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { get } from "../../api/server.ts";
import { currentSession } from "../../api/session/current.ts";
import type { Order, OrderContact } from "../../api/types.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Failure } from "../../components/failure.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { type ContactResource, choiceFrom, choiceOf } from "../../orders/list/filters/choices.ts";
import { cleanPath, pathWithoutRefused } from "../../orders/list/filters/clean-path.ts";
import { type CountsAnswer, countsPath, statusCounts } from "../../orders/list/filters/counts.ts";
import {
  apiParams,
  inUsualSort,
  isSortRefused,
  type OrderQuery,
  pagePath,
  queryFor,
  readQuery,
} from "../../orders/list/filters/query.ts";
import { OrdersList } from "../../orders/list/orders-list.tsx";
import { listedOrder, listInclude } from "../../orders/list/paging/listed-order.ts";
import { headRows } from "../../orders/list/paging/pages.ts";

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.orders") };
}

/** Counting a search in very many orders is slow: the page does not wait for it, the browser asks again. */
const countsMs = 150;
const mostShippers = 200;

interface Props {
  readonly searchParams: Promise<Search>;
}

export default function OrdersPage(props: Props) {
  return withSkeleton(ordersPage(props));
}

async function ordersPage({ searchParams }: Props) {
  const given = paramsOf(await searchParams);
  const clean = cleanPath(given);
  if (clean !== null) redirect(clean);
  const query = queryFor(await currentSession(), readQuery(given));
  const params = apiParams(query).toString();
  const cursor = given.get("cursor");
  const path = `/api/orders?${params}&${listInclude}&limit=${headRows}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
  const [page, counts, shippers, customer, employee] = await Promise.all([
    get<readonly Order[]>(path),
    countsSoon(countsPath(params)),
    get<readonly OrderContact[]>(`/api/shippers?limit=${mostShippers}&sort=name`),
    selected("customers", query.filters.customer_id),
    selected("employees", query.filters.employee_id),
  ]);
  const known = page.ok ? null : pathWithoutRefused(given, page);
  if (known !== null) redirect(known);
  const { t } = await serverText();
  if (!page.ok)
    return (
      <>
        <PageHeader title={t("orders.title")} />
        <Failure error={page} {...(isSortRefused(page) ? { way: <UsualSort query={query} /> } : {})} />
      </>
    );
  const next = page.page?.next_cursor ?? null;
  const names = {
    customer,
    employee,
    shippers: shippers.ok ? shippers.data.map((contact) => choiceOf("customers", contact)) : [],
  };
  const head = { rows: page.data.map(listedOrder), hasMore: next !== null };
  const total = counts === null ? null : statusCounts(counts).of(query.filters.status_id ?? null);
  const nextPath = pagePath(query);
  return (
    <>
      <OrdersList
        rows={{ params, head, total, isFirstPage: cursor === null }}
        counts={{ path: countsPath(params), answer: counts }}
        names={names}
      />
      {next !== null && (
        <noscript>
          <a className="text-accent underline" href={`${nextPath}${nextPath.includes("?") ? "&" : "?"}cursor=${next}`}>
            {t("orders.next")}
          </a>
        </noscript>
      )}
    </>
  );
}

/** Leads to the same orders in the sort that every list has. */
async function UsualSort({ query }: { readonly query: OrderQuery }) {
  const { t } = await serverText();
  return (
    <ButtonLink look="primary" href={pagePath(inUsualSort(query))}>
      {t("orders.usualSort")}
    </ButtonLink>
  );
}

function paramsOf(search: Search): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value = []] of Object.entries(search)) for (const text of [value].flat()) params.append(name, text);
  return params;
}

async function countsSoon(path: string): Promise<CountsAnswer | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, countsMs, null));
  const reply = await Promise.race([get<CountsAnswer>(path), late]);
  return reply?.ok === true ? reply.data : null;
}

async function selected(kind: ContactResource, id: string | undefined) {
  return id === undefined || id === "none" ? null : choiceFrom(kind, id, await get<OrderContact>(`/api/${kind}/${id}`));
}
