"use client";
import { TriangleAlert } from "lucide-react";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { useText } from "../../../messages/provider.tsx";
import { useErrorText } from "../../../messages/use-error-text.ts";
import { bulkJobs, type Job } from "./bulk.ts";
import type { Step } from "./bulk-job.ts";

/** The progress of bulk actions, and the orders they could not change, each with the reason. */
export function BulkReports({ jobs }: { readonly jobs: readonly Job[] }) {
  return (
    <div aria-live="polite" className="screen-only contents">
      {jobs.map((job) => (
        <Report key={job.id} job={job} />
      ))}
    </div>
  );
}

function Report({ job }: { readonly job: Job }) {
  const { t } = useText();
  const { id, phase, steps } = job;
  const failed = steps.filter(({ state }) => state === "failed");
  const done = steps.filter(({ state }) => state === "done").length;
  if (phase !== "finished" && failed.length === 0) {
    if (phase === "waiting") return null;
    return (
      <p className="mt-2 flex items-center gap-3 text-muted text-sm">
        <progress aria-label={t("orders.bulk")} max={steps.length} value={done} className="h-1.5 accent-(--accent)" />
        <span className="numbers">{t("orders.bulk.progress", { done, count: steps.length })}</span>
      </p>
    );
  }
  return (
    <section aria-label={t("orders.bulk.report")} className="mt-2 rounded-xl border border-bad bg-surface p-3">
      <div className="flex flex-wrap items-center gap-2">
        <TriangleAlert size={16} aria-hidden className="text-bad" />
        <p className="flex-1 font-medium">{t("orders.bulk.failed", { count: failed.length, done })}</p>
        {phase === "finished" && (
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
  const { t } = useText();
  const words = useErrorText();
  return (
    <li className="flex items-center gap-2">
      <ButtonLink look="quiet" href={`/orders/${order.id}`}>
        <span className="numbers text-accent">#{order.id}</span>
      </ButtonLink>
      <span>{why === null ? "" : typeof why === "string" ? t(why) : words(why)}</span>
    </li>
  );
}
