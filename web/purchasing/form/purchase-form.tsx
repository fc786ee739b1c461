"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { useEffect, useState } from "react";
import { useMay } from "../../api/session/provider.tsx";
import { Card } from "../../components/card.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { Money } from "../../components/money/money.tsx";
import { DraftOffer, DraftRestored, focusElement } from "../../form/notices.tsx";
import { SaveBar } from "../../form/save-bar.tsx";
import { UnsavedChanges } from "../../form/unsaved-changes.tsx";
import { useText } from "../../messages/provider.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import type { SupplierChoice } from "../load.ts";
import { Lines } from "./lines.tsx";
import { type PurchaseForm as Form, usePurchaseForm } from "./use-purchase-form.ts";

interface Props {
  readonly order: PurchaseOrder | null;
  readonly etag: string | null;
  readonly suppliers: readonly SupplierChoice[];
}

/** The form of a new or changed purchase order. */
export function PurchaseForm({ order, etag, suppliers }: Props) {
  const { t } = useText();
  const router = useRouter();
  const form = usePurchaseForm({ order, etag });
  const seesCosts = useMay()("see-costs");
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  const { isDirty, stored } = form;
  const home: Route = order === null ? "/purchase_orders" : `/purchase_orders/${order.id}`;
  const giveUp = () => (isDirty ? setLeavingTo(home) : router.push(home));
  useEffect(() => focusElement("supplier"), []);
  useCommands([
    { id: "save-purchase", label: "purchase.save", keys: "$mod+Enter", run: form.save, whileTyping: true },
    { id: "leave-purchase", label: "orderForm.leave", keys: "Escape", run: giveUp, whileTyping: true },
  ]);
  return (
    <>
      <form
        noValidate
        className="flex flex-col gap-4 md:min-h-[calc(100dvh-7rem)]"
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        {stored.own !== null && isDirty && <DraftRestored savedAt={stored.own.savedAt} onStartAnew={form.startAnew} />}
        {stored.offered !== null && (
          <DraftOffer
            savedAt={stored.offered.savedAt}
            about={t(order === null ? "purchase.new" : "purchase.one")}
            onRestore={() => stored.offered !== null && form.restore(stored.offered.draft)}
            onDecline={() => stored.offered !== null && stored.decline(stored.offered)}
          />
        )}
        {form.refusal !== null && (
          <p role="alert" className="whitespace-pre-line rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
            {form.refusal}
          </p>
        )}
        <div className="mb-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <Terms form={form} suppliers={suppliers} />
            <Lines form={form} />
          </div>
          <Sums form={form} />
        </div>
        <SaveBar save={{ label: t("purchase.save"), id: "save" }} isSaving={form.isBusy} onLeave={giveUp}>
          {seesCosts && (
            // On a phone the buttons need all of the room.
            <span className="max-sm:hidden">
              {t("order.order_total")}{" "}
              <span className="ml-1 font-semibold text-ink text-lg">
                <Money amount={form.total} />
              </span>
            </span>
          )}
        </SaveBar>
      </form>
      <UnsavedChanges {...{ isDirty, leavingTo }} onStay={() => setLeavingTo(null)} onDiscard={stored.discard} />
    </>
  );
}

/** From whom, and when it is expected. */
function Terms({ form, suppliers }: { readonly form: Form } & Pick<Props, "suppliers">) {
  const { t } = useText();
  const { draft, change, issueAt, editable } = form;
  return (
    <Card>
      <div className="grid gap-3 p-4 sm:grid-cols-2">
        <Field id="supplier" label={t("purchase.supplier")} issue={issueAt("supplier_id")}>
          {(control) => (
            <select
              {...control}
              disabled={!editable.terms}
              className={`${controlLook} max-sm:h-11`}
              value={draft.supplier}
              onChange={(event) => change({ supplier: event.target.value })}
            >
              <option value="">{t("purchase.noSupplier")}</option>
              {suppliers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("purchase.expected_date")} issue={issueAt("expected_date")}>
          {(control) => (
            <input
              {...control}
              type="date"
              disabled={!editable.terms}
              className={`${controlLook} max-sm:h-11`}
              value={draft.expected}
              onChange={(event) => change({ expected: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("order.notes")} issue={issueAt("notes")} className="sm:col-span-2">
          {(control) => (
            <textarea
              {...control}
              rows={2}
              className={`${controlLook} h-auto py-1.5`}
              value={draft.notes}
              onChange={(event) => change({ notes: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}

/** Shipping, taxes, what all of it costs and, once it is approved, the payment. */
function Sums({ form }: { readonly form: Form }) {
  const { t } = useText();
  const seesCosts = useMay()("see-costs");
  const { draft, change, issueAt, editable } = form;
  const texts = [
    { name: "shippingFee", path: "shipping_fee", label: t("order.shipping_fee"), isOpen: editable.terms },
    { name: "taxes", path: "taxes", label: t("order.taxes"), isOpen: editable.terms },
    ...(editable.payment
      ? ([
          { name: "paid", path: "payment_amount", label: t("purchase.payment_amount"), isOpen: true },
          { name: "paidBy", path: "payment_method", label: t("purchase.payment_method"), isOpen: true },
        ] as const)
      : []),
  ] as const;
  return (
    <Card>
      <div className="flex flex-col gap-3 p-4">
        {texts.map(({ name, path, label, isOpen }) => (
          <Field key={name} label={label} issue={issueAt(path)}>
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                inputMode={name === "paidBy" ? "text" : "decimal"}
                maxLength={50}
                disabled={!isOpen}
                className={`${controlLook} max-sm:h-11 ${name === "paidBy" ? "" : "numbers text-right"}`}
                value={draft[name]}
                onChange={(event) => change({ [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {editable.payment && (
          <Field label={t("purchase.paid")} issue={issueAt("payment_date")}>
            {(control) => (
              <input
                {...control}
                type="date"
                className={`${controlLook} max-sm:h-11`}
                value={draft.paidOn}
                onChange={(event) => change({ paidOn: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      {seesCosts && (
        <p className="flex justify-between gap-4 border-line border-t px-4 py-3 font-semibold">
          {t("order.order_total")}
          <Money amount={form.total} />
        </p>
      )}
    </Card>
  );
}
