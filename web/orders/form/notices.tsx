"use client";
import { CircleAlert, CloudOff, History } from "lucide-react";
import { type ReactNode, useSyncExternalStore } from "react";
import type { Refusal } from "../../api/reply.ts";
import { Button } from "../../components/button.tsx";
import { useRefusalText } from "../../components/failure.tsx";
import { useText } from "../../messages/provider.tsx";
import type { MessageKey } from "../../messages/text.ts";
import { choiceFields, detailFields, isOneOf, typedFields } from "../fields.ts";
import { elementId, focusSpot } from "./spots.ts";
import type { StoredDraft } from "./stored-drafts.ts";
import type { FormParts } from "./use-order-form.ts";

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

interface SummaryProps {
  readonly form: FormParts;
  readonly spots: readonly string[];
  readonly refusal: Refusal | null;
}

/** Everything that is wrong, with a way to each of it. */
export function FaultSummary({ form, spots, refusal }: SummaryProps) {
  const { t } = useText();
  const words = useRefusalText();
  const faults = spots.flatMap((spot) => {
    const fault = form.faultAt(spot);
    return fault === undefined ? [] : [{ spot, fault, label: labelOf(form, spot) }];
  });
  if (faults.length === 0 && (refusal === null || refusal.code === "unreachable" || refusal.status >= 500)) return null;
  return (
    <Notice look="bad" role="alert" icon={<CircleAlert size={17} aria-hidden />}>
      <p className="font-semibold">{t("orderForm.notSaved", { count: Math.max(1, faults.length) })}</p>
      {faults.length === 0 && refusal !== null && <p>{words(refusal)}</p>}
      <ul className="list-disc pl-4">
        {faults.map(({ spot, fault, label }) => (
          <li key={spot}>
            <a
              href={`#${elementId(spot)}`}
              className="underline underline-offset-2"
              onClick={(event) => {
                event.preventDefault();
                focusSpot(spot);
              }}
            >
              {label === null ? fault : `${t(label.field)}${label.row === null ? "" : ` ${label.row}`}: ${fault}`}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const named = [...choiceFields, ...typedFields, ...detailFields, "order_details"] as const;

/** What a place is called, with the number of its row. */
function labelOf({ draft }: FormParts, spot: string): { field: MessageKey; row: number | null } | null {
  const [key = "", member] = spot.split(".");
  const name = member ?? key;
  if (!isOneOf(named, name)) return null;
  const row = member === undefined ? null : draft.details.findIndex((detail) => detail.key === key) + 1;
  return { field: name === "order_details" ? "order.details" : `order.${name}`, row };
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
  /** The refusal that came instead of an answer. */
  readonly refusal: Refusal | null;
  readonly onRetry: () => void;
}

/** Says that the server cannot be reached, that nothing is lost, and how to go on. */
export function Connection({ refusal, onRetry }: ConnectionProps) {
  const { t } = useText();
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const isLost = refusal !== null && (refusal.code === "unreachable" || refusal.status >= 500);
  if (isOnline && !isLost) return null;
  return (
    <Notice
      look="warn"
      role={isLost ? "alert" : "status"}
      icon={<CloudOff size={17} aria-hidden />}
      actions={isLost ? <Button onClick={onRetry}>{t("failure.retry")}</Button> : undefined}
    >
      {t(isLost ? "orderForm.notReached" : "orderForm.offline")}
    </Notice>
  );
}

interface OfferProps {
  readonly offered: StoredDraft | null;
  readonly onRestore: (stored: StoredDraft) => void;
  readonly onDecline: (stored: StoredDraft) => void;
}

/** Offers what was typed before a reload, and never puts it in the way. */
export function DraftOffer({ offered, onRestore, onDecline }: OfferProps) {
  const { t, locale } = useText();
  if (offered === null) return null;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(offered.savedAt);
  const { choices, details } = offered.draft;
  const filled = details.filter(({ product }) => product !== null).length;
  const about = [choices.customer_id?.name, t("orderForm.details", { count: filled })]
    .filter((part) => part)
    .join(", ");
  return (
    <Notice
      look="news"
      icon={<History size={17} aria-hidden />}
      actions={
        <span className="flex gap-2">
          <Button onClick={() => onRestore(offered)}>{t("orderForm.restoreDraft")}</Button>
          <Button look="quiet" onClick={() => onDecline(offered)}>
            {t("orderForm.discardDraft")}
          </Button>
        </span>
      }
    >
      {t("orderForm.draftOffer", { time, about })}
    </Notice>
  );
}
