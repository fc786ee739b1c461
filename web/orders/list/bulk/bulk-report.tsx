"use client";
import { TriangleAlert } from "lucide-react";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { MessageKey } from "../../../messages/text.ts";
import { useErrorText } from "../../../messages/use-error-text.ts";
import { bulkJobs, canUndo, type Job } from "./bulk.ts";
import type { BulkAction } from "./bulk-action.ts";
import type { Step } from "./bulk-job.ts";

const words: Readonly<Record<BulkAction["kind"], MessageKey>> = {
  shipper: "orders.bulk.shipperSet",
  advance: "orders.bulk.advanced",
  remove: "orders.bulk.removed",
};

/** The progress of a bulk action, and the orders it could not change, each with the reason. */
export function BulkReport({ job }: { readonly job: Job }) {
  const { action, phase, steps, isUndone } = job;
  if (phase === "waiting" && steps.every(({ state }) => state !== "failed")) return null;
  const failed = steps.filter(({ state }) => state === "failed");
  return (
    <>
      {(phase === "running" || canUndo(job)) && <Done job={job} />}
      {failed.length > 0 && (
        <Failed
          job={job}
          failed={failed}
          title={
            isUndone ? "orders.bulk.notUndone" : action.kind === "remove" ? "orders.bulk.kept" : "orders.bulk.failed"
          }
          isFinished={phase === "finished"}
        />
      )}
    </>
  );
}

/** What was done, with the way back. */
function Done({ job }: { readonly job: Job }) {
  const { t } = useText();
  const { id, action, phase, steps } = job;
  const done = steps.filter(({ state }) => state === "done").length;
  const shipper = action.kind === "shipper" ? action.shipper.name : "";
  return (
    <p className="mt-2 flex flex-wrap items-center gap-3 text-sm">
      {phase === "finished" ? (
        <span>{t(words[action.kind], { count: done, shipper })}</span>
      ) : (
        <>
          <progress aria-label={t("orders.bulk")} max={steps.length} value={done} className="h-1.5 accent-(--accent)" />
          <span className="numbers text-muted">{t("orders.bulk.progress", { done, count: steps.length })}</span>
        </>
      )}
      {canUndo(job) && <Button onClick={() => void bulkJobs.undo(id)}>{t("toast.undo")}</Button>}
      {phase === "finished" && steps.every(({ state }) => state !== "failed") && (
        <Button look="quiet" onClick={() => bulkJobs.dismiss(id)}>
          {t("toast.close")}
        </Button>
      )}
    </p>
  );
}

interface FailedProps {
  readonly job: Job;
  readonly failed: readonly Step[];
  readonly title: MessageKey;
  readonly isFinished: boolean;
}

function Failed({ job: { id, steps }, failed, title, isFinished }: FailedProps) {
  const { t } = useText();
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <section aria-label={t("orders.bulk.report")} className="mt-2 rounded-xl border border-bad bg-surface p-3">
      <div className="flex flex-wrap items-center gap-2">
        <TriangleAlert size={16} aria-hidden className="text-bad" />
        <p className="flex-1 font-medium">{t(title, { count: failed.length, done })}</p>
        {isFinished && (
          <>
            <Button onClick={() => void bulkJobs.retry(id)}>{t("orders.bulk.retry")}</Button>
            <Button look="quiet" onClick={() => bulkJobs.dismiss(id)}>
              {t("toast.close")}
            </Button>
          </>
        )}
      </div>
      <ul className="mt-2 max-h-32 overflow-auto text-sm">
        {failed.map((step) => (
          <FailedStep key={step.order.id} step={step} />
        ))}
      </ul>
    </section>
  );
}

function FailedStep({ step: { order, why } }: { readonly step: Step }) {
  return (
    <li className="flex items-center gap-2">
      <ButtonLink look="quiet" href={`/orders/${order.id}`}>
        <span className="numbers text-accent">#{order.id}</span>
      </ButtonLink>
      <span>
        <Reason why={why} />
      </span>
    </li>
  );
}

function Reason({ why }: Pick<Step, "why">) {
  const { t } = useText();
  const errorText = useErrorText();
  if (why === null) return null;
  if (typeof why === "string") return t(why);
  if ("status" in why) return errorText(why);
  const { statusId, fields } = why;
  const step = statusId === 1 ? 1 : statusId === 2 ? 2 : 3;
  const names = fields.map((field) => t(field === "order_details" ? "order.details" : `order.${field}`));
  return `${t(`order.stepMissing${step}`)} ${names.join(", ")}`;
}
