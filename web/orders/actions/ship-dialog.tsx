"use client";
import { type SubmitEvent, useId } from "react";
import type { Order } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { amountText } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
import { KeyHint } from "../../shell/commands/key-hint.tsx";
import { soldName, soldUnit } from "../names.ts";
import { type ShipLine, type Shipping, useShipping } from "./use-shipping.ts";

interface Props {
  readonly order: Order;
  readonly etag: string | null;
  /** How much of each detail is offered, by its id; without it as much as can be shipped. */
  readonly picked?: ReadonlyMap<number, string>;
  readonly onClose: () => void;
}

/** Larger where fingers type. */
const control = `${controlLook} max-sm:h-11`;

/** Ships an order or a part of it: how much of each line, by whom, with which tracking number, and when. */
export function ShipDialog({ order, etag, picked, onClose }: Props) {
  const { t } = useText();
  const shipping = useShipping({ order, etag, onClose, ...(picked === undefined ? {} : { picked }) });
  const { submit, isBusy, refusal, lines } = shipping;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit();
  };
  return (
    <Dialog title={t("ship.title", { number: String(order.id) })} isOpen onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={onSubmit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
      >
        {refusal !== null && (
          <p role="alert" className="whitespace-pre-line rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
            {refusal}
          </p>
        )}
        <ul className="flex flex-col divide-y divide-line">
          {lines.map((line) => (
            <Line key={line.detail.id} line={line} shipping={shipping} />
          ))}
        </ul>
        <Papers shipping={shipping} />
        <div className="flex flex-wrap justify-end gap-2 max-sm:[&>button]:h-11 max-sm:[&>button]:flex-1">
          <Button onClick={onClose}>{t("orderForm.cancel")}</Button>
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {t("action.ship")}
            <span className="max-sm:hidden">
              <KeyHint keys="$mod+Enter" />
            </span>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** One line of the order: how much of it goes. */
function Line({ line, shipping }: { readonly line: ShipLine; readonly shipping: Shipping }) {
  const { t, locale } = useText();
  const id = useId();
  const { detail, most, typed, issue } = line;
  const isNone = most !== null && most === "0.0000";
  const words = most === null ? "…" : t("ship.of", { most: amountText(most, locale, 0) });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_6rem] items-center gap-x-3 gap-y-1 py-2">
      <label htmlFor={id} className="min-w-0">
        <span className="block truncate">{soldName(detail)}</span>
        <span className="numbers block text-muted text-xs">
          {[soldUnit(detail), isNone ? t("ship.nothing") : words].filter((part) => part).join(" · ")}
        </span>
      </label>
      <input
        id={id}
        {...(isNone ? {} : { "data-focus-first": true })}
        inputMode="decimal"
        autoComplete="off"
        readOnly={isNone}
        aria-invalid={issue === undefined ? undefined : true}
        aria-describedby={issue === undefined ? undefined : `${id}-issue`}
        className={`${control} numbers text-right`}
        value={isNone ? "" : typed}
        onFocus={(event) => event.target.select()}
        onChange={(event) => shipping.type(detail.id, event.target.value)}
      />
      {issue !== undefined && (
        <p id={`${id}-issue`} className="col-span-full text-bad text-xs">
          {issue}
        </p>
      )}
    </li>
  );
}

/** What is written on the shipment. */
function Papers({ shipping }: { readonly shipping: Shipping }) {
  const { t } = useText();
  const { papers, write, shippers, issueAt } = shipping;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t("order.shipper_id")} issue={issueAt("shipper_id")}>
        {(given) => (
          <select
            {...given}
            className={control}
            value={papers.shipper}
            onChange={(event) => write({ shipper: event.target.value })}
          >
            <option value="">{t("ship.noShipper")}</option>
            {shippers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("order.shipped_date")} issue={issueAt("shipped_date")}>
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
      <Field label={t("shipment.tracking_number")} issue={issueAt("tracking_number")}>
        {(given) => (
          <input
            {...given}
            autoComplete="off"
            maxLength={100}
            className={control}
            value={papers.tracking}
            onChange={(event) => write({ tracking: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("shipment.notes")} issue={issueAt("notes")}>
        {(given) => (
          <input
            {...given}
            autoComplete="off"
            maxLength={2000}
            className={control}
            value={papers.notes}
            onChange={(event) => write({ notes: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
