"use client";
import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { useId, useState } from "react";
import { controlLook } from "../../components/form/field.tsx";
import { FormDialog } from "../../components/form/form-dialog.tsx";
import { amountText, readAmount } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
import type { Locale, MessageKey } from "../../messages/text.ts";
import { soldName } from "../../orders/names.ts";

interface Props {
  readonly order: PurchaseOrder;
  readonly act: (action: "receive", body: object) => Promise<string | null>;
  readonly onClose: () => void;
}

type Line = NonNullable<PurchaseOrder["purchase_order_details"]>[number];

/** What has come in of each line: all that is owed, unless another quantity is typed. */
export function ReceiveDialog({ order, act, onClose }: Props) {
  const { t, locale } = useText();
  const lines = order.purchase_order_details ?? [];
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>(
    () => new Map(lines.map((line) => [line.id, owedUnits(line) === 0n ? "" : amountText(owed(line), locale, 0)])),
  );
  const [isSubmitted, setSubmitted] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const readings = new Map(lines.map(({ id }) => [id, readQuantity(typed.get(id) ?? "", locale)]));
  const submit = async () => {
    setSubmitted(true);
    if ([...readings.values()].some(({ issue }) => issue !== undefined)) return;
    const received = [...readings].flatMap(([id, { quantity }]) => (quantity === null ? [] : [{ id, quantity }]));
    if (received.length === 0) return setRefusal(t("purchase.nothingReceived"));
    const said = await act("receive", { purchase_order_details: received });
    setRefusal(said);
    if (said === null) onClose();
  };
  return (
    <FormDialog
      title={t("purchase.receiveTitle", { number: String(order.id) })}
      action={t("purchase.action.receive")}
      other={{ label: t("purchase.receiveNone"), run: () => setTyped(new Map()) }}
      submit={() => void submit()}
      {...{ refusal, onClose }}
    >
      <ul className="flex flex-col divide-y divide-line">
        {lines.map((line) => (
          <ReceivedLine
            key={line.id}
            line={line}
            typed={typed.get(line.id) ?? ""}
            issue={isSubmitted ? readings.get(line.id)?.issue : undefined}
            onType={(text) => setTyped(new Map([...typed, [line.id, text]]))}
          />
        ))}
      </ul>
    </FormDialog>
  );
}

interface LineProps {
  readonly line: Line;
  readonly typed: string;
  readonly issue: MessageKey | undefined;
  readonly onType: (text: string) => void;
}

function ReceivedLine({ line, typed, issue, onType }: LineProps) {
  const { t, locale } = useText();
  const id = useId();
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_6rem] items-center gap-x-3 gap-y-1 py-2">
      <label htmlFor={id} className="min-w-0">
        <span className="block truncate">{soldName(line)}</span>
        <span className="numbers block text-muted text-xs">
          {t("purchase.receivedOf", {
            received: amountText(line.received, locale, 0),
            quantity: amountText(line.quantity, locale, 0),
          })}
        </span>
      </label>
      <input
        id={id}
        data-focus-first
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={issue === undefined ? undefined : true}
        aria-describedby={issue === undefined ? undefined : `${id}-issue`}
        className={`${controlLook} numbers text-right max-sm:h-11`}
        value={typed}
        onFocus={(event) => event.target.select()}
        onChange={(event) => onType(event.target.value)}
      />
      {issue !== undefined && (
        <p id={`${id}-issue`} className="col-span-full text-bad text-xs">
          {t(issue)}
        </p>
      )}
    </li>
  );
}

function owedUnits({ quantity, received }: Line): bigint {
  const owing = toUnits(quantity) - toUnits(received);
  return owing > 0n ? owing : 0n;
}

function owed(line: Line): string {
  return fromUnits(owedUnits(line));
}

interface Reading {
  /** Null for none of it. */
  readonly quantity: string | null;
  readonly issue?: MessageKey;
}

function readQuantity(typed: string, locale: Locale): Reading {
  if (typed.trim() === "") return { quantity: null };
  const reading = readAmount(typed, locale);
  if ("refusal" in reading) {
    const issue = reading.refusal === "decimal-format" ? "number" : reading.refusal;
    return { quantity: null, issue: `typing.${issue}` };
  }
  const units = toUnits(reading.decimal);
  if (units < 0n) return { quantity: null, issue: "typing.negative" };
  return { quantity: units === 0n ? null : reading.decimal };
}
