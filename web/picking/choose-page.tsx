import type { Worklist } from "northwind-api/src/worklists/fields.ts";
import { get } from "../api/server.ts";
import { Button, ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { serverText } from "../messages/server.ts";

/** As many as are picked in one go. */
const shown = 100;

/** The orders of which something can leave the house: those that are ticked are picked together. */
export async function chooseOrdersPage() {
  const { t } = await serverText();
  const reply = await get<readonly Worklist[]>(`/api/worklists?names=to_ship&limit=${shown}`);
  const entries = reply.ok ? (reply.data[0]?.entries ?? []) : [];
  const all = entries.map(({ id }) => id).join();
  return (
    <>
      <PageHeader
        title={t("nav.pick")}
        about={t("pick.about")}
        actions={<ButtonLink href="/shipments">{t("nav.shipments")}</ButtonLink>}
      />
      {!reply.ok && <Failure error={reply} />}
      {reply.ok && entries.length === 0 && (
        <Card>
          <Empty title={t("pick.noOrders")}>{t("pick.noOrdersHint")}</Empty>
        </Card>
      )}
      {entries.length > 0 && (
        <form action="/pick">
          <Card>
            <ul className="divide-y divide-line">
              {entries.map(({ id, name, date }) => (
                <li key={id}>
                  <label className="flex min-h-14 cursor-pointer items-center gap-3 px-4 py-2 hover:bg-canvas">
                    <input type="checkbox" name="orders" value={id} className="size-6 shrink-0 accent-(--accent)" />
                    <span className="min-w-0 flex-1">
                      <span className="numbers font-medium">#{id}</span> <span>{name ?? "–"}</span>
                    </span>
                    <span className="shrink-0 text-muted text-sm">
                      <DateText value={date} />
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </Card>
          <div className="sticky bottom-0 flex flex-wrap gap-2 bg-canvas py-3 max-sm:[&>*]:h-11 max-sm:[&>*]:flex-1">
            <Button type="submit" look="primary">
              {t("pick.chosen")}
            </Button>
            <ButtonLink href={`/pick?orders=${all}`}>{t("pick.all", { count: entries.length })}</ButtonLink>
          </div>
        </form>
      )}
    </>
  );
}
