"use client";
import { useId } from "react";
import type { Order } from "../../api/types.ts";
import { controlLook, Field } from "../../components/form/field.tsx";
import { FormDialog } from "../../components/form/form-dialog.tsx";
import { amountText } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
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
  return (
    <FormDialog
      title={t("ship.title", { number: String(order.id) })}
      action={t("action.ship")}
      other={{ label: t("orderForm.cancel"), run: onClose }}
      {...{ refusal, isBusy, submit, onClose }}
    >
      <ul className="flex flex-col divide-y divide-line">
        {lines.map((line) => (
          <Line key={line.detail.id} line={line} shipping={shipping} />
        ))}
      </ul>
      <Papers shipping={shipping} />
    </FormDialog>
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
