// One worklist: everything that waits, the oldest first. Opening an order leads on to the next one.
import { businessDay } from "northwind-api/src/company/business-time.ts";
import type { Worklist, WorklistEntry } from "northwind-api/src/worklists/fields.ts";
import { company } from "../api/company.ts";
import { get } from "../api/server.ts";
import { currentSession } from "../api/session/current.ts";
import { mayIn } from "../api/session/session.ts";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { StatusBadge } from "../components/status-badge.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import { countText, entryPath, listPath, type WorklistPlace, worklists } from "./names.ts";

const shown = 200;

export async function worklistPage(place: WorklistPlace) {
  const { t, locale } = await serverText();
  const reply = await get<readonly Worklist[]>(`/api/worklists?names=${place.name}&limit=${shown}`);
  const list = reply.ok ? reply.data[0] : undefined;
  return (
    <>
      <PageHeader title={t(place.label)} about={t(place.about)} />
      <Tabs at={place} />
      {!reply.ok && <Failure error={reply} />}
      {list !== undefined && (
        <Card>
          {list.entries.length === 0 && <Empty title={t("worklist.none")} />}
          <ul className="divide-y divide-line">
            {list.entries.map((entry) => (
              <li key={entry.id}>
                <Entry place={place} entry={entry} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {list !== undefined && list.count > list.entries.length && (
        <p className="mt-3 text-muted">
          {t("worklist.first", {
            shown: countText({ count: shown, more: false }, locale),
            all: countText(list, locale),
          })}
        </p>
      )}
    </>
  );
}

/** The way from one list to the user's others. */
async function Tabs({ at }: { readonly at: WorklistPlace }) {
  const { t } = await serverText();
  const session = await currentSession();
  const own = worklists.filter(({ right }) => mayIn(session, right));
  return (
    <nav aria-label={t("worklist.all")} className="mb-4 flex flex-wrap gap-1">
      {own.map(({ name, label }) => (
        <Link
          key={name}
          href={listPath({ name })}
          aria-current={name === at.name ? "page" : undefined}
          className={`rounded-md px-2.5 py-1 ${name === at.name ? "bg-accent-soft font-medium text-accent" : "text-muted hover:text-ink"}`}
        >
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}

async function Entry({ place, entry }: { readonly place: WorklistPlace; readonly entry: WorklistEntry }) {
  const { t, locale } = await serverText();
  const { id, name, date, status_id, quantity } = entry;
  return (
    <Link
      href={entryPath(place, entry)}
      className="grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2 hover:bg-canvas"
    >
      <span className="numbers font-medium text-accent">#{id}</span>
      <span className="min-w-0">
        <span className="block truncate">{name ?? "–"}</span>
        {date !== null && (
          <span className="block text-muted text-xs">
            {place.of === "purchase-order" && `${t("purchase.expected_date")} `}
            <DateText value={date} />{" "}
            {place.of === "purchase-order" && date.slice(0, 10) < businessDay(company().timeZone) && (
              <span className="ml-1 font-medium text-warn">{t("worklist.late")}</span>
            )}
          </span>
        )}
      </span>
      {place.of === "order" && <StatusBadge statusId={status_id} t={t} />}
      {quantity !== null && <span className="numbers">{amountText(quantity, locale, 0)}</span>}
    </Link>
  );
}
