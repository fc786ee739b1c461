"use client";
import { CircleAlert, CloudOff, History } from "lucide-react";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import type { ApiError } from "../api/reply.ts";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import { useErrorText } from "../messages/use-error-text.ts";
import { checkNow, useConnection } from "../shell/connection/connection.ts";

interface NoticeProps {
  readonly look: "bad" | "warn" | "news";
  readonly icon: ReactNode;
  readonly role?: "alert" | "status";
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

const looks = {
  bad: "border-bad bg-bad-soft text-bad",
  warn: "border-warn bg-warn-soft text-warn",
  news: "border-accent bg-accent-soft text-ink",
} as const;

function Notice({ look, icon, role = "status", actions, children }: NoticeProps) {
  return (
    <div
      role={role}
      className={`mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border px-4 py-2.5 ${looks[look]}`}
    >
      <span className="flex min-w-0 flex-1 basis-64 items-start gap-2.5">
        <span className="mt-0.5 shrink-0">{icon}</span>
        <span className="min-w-0">{children}</span>
      </span>
      {actions}
    </div>
  );
}

/** Something to fix, and the id of the element where. */
export interface ListedIssue {
  readonly elementId: string;
  readonly words: string;
}

interface FaultListProps {
  readonly issues: readonly ListedIssue[];
  readonly error: ApiError | null;
}

/** Everything that is wrong, with a link to each of it. */
export function IssueList({ issues, error }: FaultListProps) {
  const { t } = useText();
  const words = useErrorText();
  if (issues.length === 0 && (error === null || isLost(error))) return null;
  return (
    <Notice look="bad" role="alert" icon={<CircleAlert size={17} aria-hidden />}>
      <p className="font-semibold">{t("orderForm.notSaved", { count: Math.max(1, issues.length) })}</p>
      {issues.length === 0 && error !== null && <p>{words(error)}</p>}
      <ul className="list-disc pl-4">
        {issues.map(({ elementId, words }) => (
          <li key={elementId}>
            <a
              href={`#${elementId}`}
              className="inline-block py-0.75 underline underline-offset-2"
              onClick={(event) => {
                event.preventDefault();
                focusElement(elementId);
              }}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Focuses an element, if it is on the page. */
export function focusElement(id: string): void {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}

/** No answer came, or one that says nothing about what was asked. */
function isLost({ code, status }: ApiError): boolean {
  return code === "unreachable" || status >= 500;
}

function subscribe(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

interface ConnectionProps {
  /** The error that came instead of an answer. */
  readonly error: ApiError | null;
  readonly onRetry: () => void;
}

/** Says that the server cannot be reached or is back, that nothing is lost, and what to do. */
export function Connection({ error, onRetry }: ConnectionProps) {
  const { t } = useText();
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const isUnanswered = error !== null && isLost(error);
  // A save without an answer is followed by a look at the connection: only its result counts.
  const [lost, setLost] = useState<ApiError | null>(null);
  const connection = useConnection();
  if (connection === false && lost !== error) setLost(error);
  useEffect(() => {
    if (error?.code === "unreachable") checkNow();
  }, [error]);
  const isBack = isUnanswered && lost === error && connection === true;
  if (isOnline && !isUnanswered) return null;
  return (
    <Notice
      look="warn"
      role={isUnanswered ? "alert" : "status"}
      icon={<CloudOff size={17} aria-hidden />}
      actions={isUnanswered ? <Button onClick={onRetry}>{t("failure.retry")}</Button> : undefined}
    >
      {t(isBack ? "orderForm.reachedAgain" : isUnanswered ? "orderForm.notReached" : "orderForm.offline")}
    </Notice>
  );
}

interface OfferProps {
  readonly savedAt: number;
  /** A few words that identify it. */
  readonly about: string;
  readonly onRestore: () => void;
  readonly onDecline: () => void;
}

interface RestoredProps {
  readonly savedAt: number;
  readonly onStartAnew: () => void;
}

/** Says that what was typed before a reload is back, with the way to an untouched form. */
export function DraftRestored({ savedAt, onStartAnew }: RestoredProps) {
  const { t, locale } = useText();
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(savedAt);
  return (
    <Notice
      look="news"
      icon={<History size={17} aria-hidden />}
      actions={
        <Button look="quiet" onClick={onStartAnew}>
          {t("orderForm.startAnew")}
        </Button>
      }
    >
      {t("orderForm.restored", { time })}
    </Notice>
  );
}

/** Offers a draft that another opening of the form left behind, and never restores it unasked. */
export function DraftOffer({ savedAt, about, onRestore, onDecline }: OfferProps) {
  const { t, locale } = useText();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(savedAt);
  return (
    <Notice
      look="news"
      icon={<History size={17} aria-hidden />}
      actions={
        <span className="flex gap-2">
          <Button onClick={onRestore}>{t("orderForm.restoreDraft")}</Button>
          <Button look="quiet" onClick={onDecline}>
            {t("orderForm.discardDraft")}
          </Button>
        </span>
      }
    >
      {t("orderForm.draftOffer", { time, about })}
    </Notice>
  );
}
