import { notFound } from "next/navigation";
import type { StockCount } from "northwind-api/src/stock/counts/fields.ts";
import { get } from "../api/server.ts";
import { Card } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { apiSentence } from "../messages/api-sentence.ts";
import { serverText } from "../messages/server.ts";
import { CountBadge, whoText } from "./names.tsx";
import { CountSheet } from "./sheet.tsx";

/** One count: the sheet, and what is done with it. */
export async function countPage(id: string) {
  const reply = await get<StockCount>(`/api/stock_counts/${encodeURIComponent(id)}?include=actions`);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure error={reply} isPage />;
  const { t } = await serverText();
  const count = reply.data;
  return (
    <>
      <PageHeader
        title={
          <>
            {t("counts.title", { number: String(count.id) })}
            <CountBadge status={count.status} t={t} />
          </>
        }
        about={
          <>
            {count.reason} · <DateText value={count.created_date} /> · {whoText(count.created_principal, t)}
          </>
        }
      />
      <Closed count={count} />
      <Against count={count} />
      <CountSheet key={count.status} count={count} etag={reply.etag} />
    </>
  );
}

/** Who approved a count, and when. */
async function Closed({ count: { approved_date, approved_principal } }: { readonly count: StockCount }) {
  if (approved_date === null) return null;
  const { t } = await serverText();
  return (
    <p className="mb-3 text-muted">
      {t("counts.approvedBy", { who: whoText(approved_principal, t) })} ·{" "}
      <DateText value={approved_date} detail="minute" />
    </p>
  );
}

/** Everything that stands against approving it, as the API says it. */
async function Against({ count: { status, counted, actions = [] } }: { readonly count: StockCount }) {
  const approve = actions.find(({ action }) => action === "approve");
  if (status !== "open" || counted === 0 || approve === undefined || approve.allowed) return null;
  const { t, locale } = await serverText();
  return (
    <Card className="mb-3 px-4 py-3 text-sm">
      <p className="mb-1 font-medium text-warn">{t("action.notYet", { action: t("counts.approve") })}</p>
      <ul className="flex flex-col gap-1">
        {approve.unmet.map(({ message, what_to_do }) => (
          <li key={message}>
            <span className="font-medium">{apiSentence(message, locale) ?? message}</span>{" "}
            <span className="text-muted">{apiSentence(what_to_do, locale) ?? what_to_do}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
