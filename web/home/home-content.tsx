// The home page: what waits, sales, best sellers. Everything is computed by the API's worklists and summary;
// the chart is rendered on the server.
import type { Reply } from "../api/reply.ts";
import { get } from "../api/server.ts";
import { currentSession } from "../api/session/current.ts";
import { mayIn } from "../api/session/session.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { Failure } from "../components/failure.tsx";
import { serverText } from "../messages/server.ts";
import { type WorklistsReply, WorklistTiles, worklistsPath } from "../worklists/tiles.tsx";
import { OrderList } from "./order-list.tsx";
import { SalesCard } from "./sales-chart.tsx";
import { StillCounting } from "./still-counting.tsx";
import { type Summary, summaryPath } from "./summary.ts";
import { TopList } from "./top-list.tsx";

const newestShown = 7;

/** Everything on the home page that is computed from the orders. */
export async function HomeContent() {
  const [reply, lists] = await Promise.all([get<Summary>(summaryPath), get<WorklistsReply>(worklistsPath)]);
  // The first count of a million orders may outlast a request; it continues, and the next request finds it done.
  if (!reply.ok && reply.status === 503 && reply.code !== "unreachable") return <StillCounting />;
  if (!reply.ok) return <Failure error={reply} />;
  const isNew = reply.data.orders_by_status.every(({ orders }) => orders === 0);
  // Shelves are filled before the first order: what has to be bought, approved or received waits all the same.
  const isWaiting = !lists.ok || lists.data.some(({ count }) => count > 0);
  return (
    <>
      {(isWaiting || !isNew) && <Worklists lists={lists} />}
      {isNew ? <Welcome /> : <Filled summary={reply.data} />}
    </>
  );
}

/** The home page of those who may not see prices, like the warehouse: what waits for them. */
export async function WorklistsAlone() {
  return <Worklists lists={await get<WorklistsReply>(worklistsPath)} />;
}

async function Worklists({ lists }: { readonly lists: Reply<WorklistsReply> }) {
  return lists.ok ? <WorklistTiles lists={lists.data} session={await currentSession()} /> : <Failure error={lists} />;
}

async function Filled({ summary }: { readonly summary: Summary }) {
  const { t } = await serverText();
  const { late, top_days: days } = summary;
  const about = t("home.lastDays", { count: days });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <SalesCard months={summary.sales_by_month} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TopList
            title={t("home.topProducts")}
            about={about}
            entries={summary.top_products.map(({ product_id, product_code, product_name, sales }) => ({
              ...{ href: `/products/${product_id}` as const, sales },
              name: product_name || product_code || `#${product_id}`,
            }))}
          />
          <TopList
            title={t("home.topCustomers")}
            about={about}
            entries={summary.top_customers.map(({ customer_id, customer, sales }) => ({
              ...{ href: `/customers/${customer_id}` as const, sales },
              name: customer || `#${customer_id}`,
            }))}
          />
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <div id="late" className="scroll-mt-16">
          <Card title={t("home.lateTitle", { count: late.orders })}>
            <OrderList orders={late.first} empty={t("home.lateEmpty")} />
          </Card>
        </div>
        <Card title={t("home.newest")}>
          <OrderList orders={summary.newest_orders.slice(0, newestShown)} empty={t("resource.noOrders")} />
        </Card>
      </div>
    </div>
  );
}

/** The page of a company without orders. */
async function Welcome() {
  const { t } = await serverText();
  const session = await currentSession();
  return (
    <Card>
      <Empty title={t("home.welcome")}>
        <p className="mb-4 max-w-prose">
          {t(mayIn(session, "write-orders") ? "home.welcomeAbout" : "home.nothingYet")}
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          {mayIn(session, "write-products") && <ButtonLink href="/products/new">{t("resource.addProduct")}</ButtonLink>}
          {mayIn(session, "write-customers") && (
            <ButtonLink href="/customers/new">{t("resource.addCustomer")}</ButtonLink>
          )}
          {mayIn(session, "write-orders") && (
            <ButtonLink href="/orders/new" look="primary">
              {t("nav.newOrder")}
            </ButtonLink>
          )}
        </div>
      </Empty>
    </Card>
  );
}
