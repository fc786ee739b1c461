import { businessTime } from "northwind-api/src/company/business-time.ts";
import type { ReactNode } from "react";
import { company } from "../api/company.ts";
import { Card } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { serverText } from "../messages/server.ts";
import type { MessageKey } from "../messages/text.ts";

/** An entry of the audit log, with the states in the form of their resource. */
export interface Entry<State> {
  readonly sequence: number;
  readonly happened_at: string;
  readonly principal: string;
  readonly action: string;
  readonly before: State | null;
  readonly after: State | null;
}

const shown = 5;

/** The entries, the newest first; the older ones are folded. */
export async function HistoryCard({ items }: { readonly items: readonly ReactNode[] }) {
  const { t } = await serverText();
  return (
    <Card title={t("history.title")} className="screen-only">
      {items.length === 0 && <p className="px-4 py-3 text-muted">{t("history.empty")}</p>}
      <ol className="divide-y divide-line">{items.slice(0, shown)}</ol>
      {items.length > shown && (
        <details className="border-line border-t">
          <summary className="cursor-pointer px-4 py-2.5 text-accent">
            {t("history.more", { count: items.length })}
          </summary>
          <ol className="divide-y divide-line border-line border-t">{items.slice(shown)}</ol>
        </details>
      )}
    </Card>
  );
}

interface ItemProps {
  readonly entry: Entry<unknown>;
  /** Who did what, with places for `{who}` and `{action}`. */
  readonly sentence: MessageKey;
  /** A line for each change; none where only what the reader may not see has changed. */
  readonly lines: readonly ReactNode[];
  readonly seesAll: boolean;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** One entry: who did what, when, and what changed by it. */
export async function HistoryItem({ entry, sentence, lines, seesAll, children }: ItemProps) {
  const { t } = await serverText();
  const { happened_at, principal, action } = entry;
  // The number of the user is for the log.
  const who = principal === "local" ? t("history.local") : principal.replace(/^\d+ /, "");
  const did = action === "create" ? "history.create" : action === "delete" ? "history.delete" : "history.update";
  // The audit log is in UTC; people read the time of the company.
  const at = businessTime(company().timeZone, Date.parse(`${happened_at}Z`));
  return (
    <li className="px-4 py-3">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{t(sentence, { who, action: t(did) })}</span>
        <span className="flex items-center gap-2 text-muted">
          {children}
          <DateText value={at} detail="minute" />
        </span>
      </p>
      {lines.length === 0 && <p className="text-muted">{t(seesAll ? "history.same" : "history.unseen")}</p>}
      {action !== "create" && <ul className="mt-1 flex flex-col gap-0.5">{lines}</ul>}
    </li>
  );
}
