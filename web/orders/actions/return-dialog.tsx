"use client";
import { useId } from "react";
import type { Order } from "../../api/types.ts";
import { controlLook, Field } from "../../components/form/field.tsx";
import { FormDialog } from "../../components/form/form-dialog.tsx";
import { amountText } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
import { dispositions } from "../dispositions.ts";
import { soldName, soldUnit } from "../names.ts";
import { type Returning, type ReturnLine, useReturning } from "./use-returning.ts";

interface Props {
  readonly order: Order;
  readonly etag: string | null;
  readonly onClose: () => void;
}

/** Larger where fingers type. */
const control = `${controlLook} max-sm:h-11`;

/** Takes goods of an order back: how much of each line, why, and where they go. */
export function ReturnDialog({ order, etag, onClose }: Props) {
  const { t } = useText();
  const returning = useReturning({ order, etag, onClose });
  const { submit, isBusy, refusal, lines, papers, write, issueAt } = returning;
  return (
    <FormDialog
      title={t("return.of", { number: String(order.id) })}
      action={t("return.takeBack")}
      other={{ label: t("orderForm.cancel"), run: onClose }}
      {...{ refusal, isBusy, submit, onClose }}
    >
      <ul className="flex flex-col divide-y divide-line">
        {lines.map((line) => (
          <Line key={line.detail.id} line={line} returning={returning} />
        ))}
      </ul>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <Field label={t("return.reason")} issue={issueAt("reason")} required>
          {(given) => (
            <input
              {...given}
              autoComplete="off"
              aria-required
              maxLength={255}
              className={control}
              value={papers.reason}
              onChange={(event) => write({ reason: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("return.returned_date")} issue={issueAt("returned_date")}>
          {(given) => (
            <input
              {...given}
              type="date"
              className={control}
              value={papers.day}
              onChange={(event) => write({ day: event.target.value })}
            />
          )}
        </Field>
      </div>
    </FormDialog>
  );
}

/** One line of the order: how much of it comes back, and where it goes. */
function Line({ line, returning }: { readonly line: ReturnLine; readonly returning: Returning }) {
  const { t, locale } = useText();
  const id = useId();
  const { detail, most, typed, disposition, issue } = line;
  const words = t("ship.of", { most: amountText(most, locale, 0) });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_5rem_9rem] items-center gap-x-3 gap-y-1 py-2 max-sm:grid-cols-[6rem_minmax(0,1fr)]">
      <label htmlFor={id} className="min-w-0 max-sm:col-span-2">
        <span className="block truncate">{soldName(detail)}</span>
        <span className="numbers block text-muted text-xs">
          {[soldUnit(detail), words].filter((part) => part).join(" · ")}
        </span>
      </label>
      <input
        id={id}
        data-focus-first
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={issue === undefined ? undefined : true}
        aria-describedby={issue === undefined ? undefined : `${id}-issue`}
        className={`${control} numbers text-right`}
        value={typed}
        onFocus={(event) => event.target.select()}
        onChange={(event) => returning.change(detail.id, { typed: event.target.value })}
      />
      <select
        aria-label={t("return.disposition", { name: soldName(detail) })}
        className={control}
        value={disposition}
        onChange={(event) => {
          const chosen = dispositions.find((name) => name === event.target.value);
          if (chosen !== undefined) returning.change(detail.id, { disposition: chosen });
        }}
      >
        {dispositions.map((name) => (
          <option key={name} value={name}>
            {t(`disposition.${name}`)}
          </option>
        ))}
      </select>
      {issue !== undefined && (
        <p id={`${id}-issue`} className="col-span-full text-bad text-xs">
          {issue}
        </p>
      )}
    </li>
  );
}
