"use client";
import { Check } from "lucide-react";
import { status } from "northwind-api/src/orders/rules.ts";
import { useText } from "../../messages/provider.tsx";
import { statusLabels } from "../names.ts";
import { lastStep } from "../steps.ts";

const usual = [status.new, status.invoiced, status.shipped, lastStep] as const;
/** Nobody knows here how far it had come: it has not taken the steps between. */
const ofCancelled = [status.new, status.cancelled] as const;

/** How far an order has come. */
export function OrderSteps({ now }: { readonly now: number }) {
  const { t } = useText();
  const steps = now === status.cancelled ? ofCancelled : usual;
  return (
    <ol className="flex flex-1 basis-72 items-center gap-1 sm:gap-2">
      {steps.map((step) => {
        const label = t(statusLabels[step] ?? "status.new");
        return (
          <Step key={step} label={label} isDone={step <= now} isLast={step === steps.at(-1)} isNow={step === now} />
        );
      })}
    </ol>
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
