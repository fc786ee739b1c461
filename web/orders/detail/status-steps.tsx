"use client";
import { Check } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { status } from "northwind-api/src/orders/rules.ts";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useMay } from "../../api/session/provider.tsx";
import type { Order } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { Link } from "../../components/link.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { KeyHint } from "../../shell/commands/key-hint.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import { undo, writeLater } from "../../undo/hold-writes.ts";
import { usePendingWrite } from "../../undo/pending-writes.ts";
import { useUndo } from "../../undo/use-undo.tsx";
import { elementId } from "../form/field-paths.ts";
import { statusLabels } from "../names.ts";
import { orderPath } from "../order-path.ts";
import { lastStep, missingFor, stepBody } from "../steps.ts";

interface Props {
  readonly order: Order;
  readonly etag: string | null;
}

const steps = [1, 2, 3] as const;
const keys = { 1: "i", 2: "s", 3: "c" } as const;

/** The progress of the order, and the next step with what is missing for it. */
export function StatusSteps({ order, etag }: Props) {
  const { t } = useText();
  const waiting = usePendingWrite(orderPath(order.id));
  const now = waiting?.statusId ?? order.status_id ?? 0;
  const mayWrite = useMay()("write-orders");
  const next = mayWrite ? steps.find((step) => step === now + 1) : undefined;
  const missing = next === undefined || waiting !== undefined ? [] : missingFor(next, order);
  const take = useStep(order, etag);
  const mayStep = next !== undefined && waiting === undefined && missing.length === 0;
  useCommands(
    next !== undefined && mayStep
      ? [{ id: "step-order", label: `order.step${next}`, keys: keys[next], run: () => void take(next) }]
      : [],
  );
  return (
    <section
      aria-label={t("order.stepsLabel")}
      className="screen-only mb-4 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-xl border border-line bg-surface px-4 py-3"
    >
      <ol className="flex flex-1 basis-72 items-center gap-1 sm:gap-2">
        {statusLabels.slice(0, now === status.cancelled ? undefined : lastStep + 1).map((label, step) => (
          <Step key={label} label={t(label)} isDone={step <= now} isLast={step === lastStep} isNow={step === now} />
        ))}
      </ol>
      {next !== undefined && missing.length === 0 && (
        <Button look="primary" disabled={!mayStep} onClick={() => void take(next)} aria-keyshortcuts={keys[next]}>
          {t(`order.step${next}`)}
          <span className="max-sm:hidden">
            <KeyHint keys={keys[next]} />
          </span>
        </Button>
      )}
      {next !== undefined && missing.length > 0 && <Missing order={order} step={next} missing={missing} />}
    </section>
  );
}

interface StepProps {
  readonly label: string;
  readonly isDone: boolean;
  readonly isNow: boolean;
  readonly isLast: boolean;
}

function Step({ label, isDone, isNow, isLast }: StepProps) {
  return (
    <li
      aria-current={isNow ? "step" : undefined}
      // On a phone the label is below, so that four of them fit in every language.
      className={`flex items-center gap-1 max-sm:flex-1 max-sm:flex-col sm:gap-2 ${isLast ? "" : "sm:flex-1"}`}
    >
      <span
        aria-hidden
        className={`grid size-5 shrink-0 place-items-center rounded-full border ${isDone ? "border-accent bg-accent text-on-accent" : "border-line-strong"}`}
      >
        {isDone && <Check size={12} strokeWidth={3} />}
      </span>
      <span className={`text-xs sm:text-sm ${isNow ? "font-semibold" : "text-muted"}`}>{label}</span>
      {!isLast && <span aria-hidden className="h-px min-w-2 flex-1 bg-line-strong/50 max-sm:hidden" />}
    </li>
  );
}

interface MissingProps {
  readonly order: Order;
  readonly step: 1 | 2 | 3;
  readonly missing: ReturnType<typeof missingFor>;
}

/** Everything that is missing for a step, each with a link to fix it. */
function Missing({ order, step, missing }: MissingProps) {
  const { t } = useText();
  const edit = (field: string): Route => `/orders/${order.id}/edit#${elementId(field)}`;
  return (
    <div className="max-w-xl text-sm">
      <p className="font-medium text-warn">{t(`order.stepMissing${step}`)}</p>
      <ul className="flex flex-wrap gap-x-3 text-muted">
        {missing.map((field) => (
          <li key={field}>
            <Link href={edit(field)} className="text-accent underline underline-offset-2">
              {t(field === "order_details" ? "order.details" : `order.${field}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * Takes the next step. The write waits for the time of Undo, so that a slip does not reach the history; a dry run asks
 * at once whether it would be refused.
 */
function useStep(order: Order, etag: string | null) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  const words = useErrorText();
  const undoOne = useUndo();
  return async (step: 1 | 2 | 3) => {
    const number = String(order.id);
    const body = stepBody(step, order);
    const name = t("order.title", { number });
    const key = writeLater({ path: orderPath(order.id), name, method: "PUT", body, etag, statusId: step });
    const path = `${orderPath(order.id)}?dry_run=1`;
    const rehearsal = await write({ method: "PUT", path, body, etag, key: newKey() });
    if (rehearsal.ok) return toast.info(t(`order.stepped${step}`, { number }), () => undoOne(key));
    undo(key);
    const reason = rehearsal.status === 412 ? t("undo.changedMeanwhile") : words(rehearsal);
    toast.error(t("undo.notStepped", { name, reason }));
    router.refresh();
  };
}
