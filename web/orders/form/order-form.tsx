// The form of an order, for a new one and for a change. draft/ is what is typed, without React; conflict/ merges it
// with what someone else has stored; saving.ts tells web/form how an order is saved.
"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Money } from "../../components/money/money.tsx";
import { useToast } from "../../components/toast.tsx";
import { Connection, DraftRestored } from "../../form/notices.tsx";
import { SaveBar } from "../../form/save-bar.tsx";
import { UnsavedChanges } from "../../form/unsaved-changes.tsx";
import { useText } from "../../messages/provider.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import { remember } from "../../shell/preferences/theme.ts";
import { type Available, noneKnown } from "../available.ts";
import { Contacts, ShipTo } from "./contacts.tsx";
import { Details } from "./details.tsx";
import type { Draft } from "./draft/draft.ts";
import type { TaxRate } from "./draft/taxes.ts";
import { elementId, focusField } from "./field-paths.ts";
import { IssueSummary, OrderOffer } from "./notices.tsx";
import type { OrderBase, SavedOrder } from "./saving.ts";
import { TextField } from "./text-field.tsx";
import { TotalsCard } from "./totals-card.tsx";
import { type Bought, type FormParts, useOrderForm } from "./use-order-form.ts";

/** Loaded when it is needed: most orders have no conflict. */
const OrderConflictDialog = dynamic(async () => (await import("./conflict/order-conflict.tsx")).OrderConflictDialog, {
  loading: () => null,
});

/** Loaded when something is to be bought, before it is needed: the connection may be gone then. */
const loadNotBought = async () => (await import("./short/not-bought.tsx")).NotBoughtDialog;
const NotBoughtDialog = dynamic(loadNotBought, { loading: () => null });

interface Props {
  readonly initial: Draft;
  /** The order that is changed; null for a new one. */
  readonly loaded: OrderBase | null;
  readonly taxRates: readonly TaxRate[];
  /** What is available as the form opens, where it opens with new lines. */
  readonly available?: Available;
}

/** The form of a new order and of a change. */
export function OrderForm({ initial, loaded, taxRates, available = noneKnown }: Props) {
  const { t } = useText();
  const router = useRouter();
  const goOn = useSavedWords();
  const onSaved: typeof goOn = (saved, bought) => {
    // Also where the form has been left in the meantime.
    opened.discard();
    goOn(saved, bought);
  };
  const opened = useOrderForm({ initial, loaded, onSaved, taxRates, available });
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  const { parts, isDirty, phase, conflict, save, buying } = opened;
  const isBuying = parts.draft.details.some(({ buyFrom }) => buyFrom !== undefined);
  useEffect(() => {
    if (isBuying) void loadNotBought();
  }, [isBuying]);
  const home = loaded === null ? ("/orders" as const) : (`/orders/${loaded.row.id}` as const);
  const giveUp = () => (isDirty ? setLeavingTo(home) : router.push(home));
  useEffect(() => focusField(/^#order-(.+)$/.exec(location.hash)?.[1] ?? "customer_id"), []);
  useCommands([
    { id: "save-order", label: "orderForm.save", keys: "$mod+Enter", run: save, whileTyping: true },
    { id: "leave-order", label: "orderForm.leave", keys: "Escape", run: giveUp, whileTyping: true },
    ...(parts.lock === null ? [addDetail(parts), ...moveDetail] : []),
  ]);
  return (
    <>
      <form
        noValidate
        className="md:flex md:min-h-[calc(100dvh-7rem)] md:flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={keepEnter}
      >
        {opened.restored !== null && (
          <DraftRestored savedAt={opened.restored.savedAt} onStartAnew={() => opened.startAnew(initial)} />
        )}
        <OrderOffer offered={opened.offered} onRestore={opened.restore} onDecline={opened.decline} />
        <Connection error={opened.error} onRetry={save} />
        <IssueSummary form={parts} paths={opened.invalidPaths} error={opened.error} />
        <div className="mb-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            {parts.isClosed && <Correction form={parts} />}
            <Contacts form={parts} />
            <Details form={parts} />
            <Rest form={parts} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <ShipTo form={parts} />
            <TotalsCard form={parts} />
          </div>
        </div>
        <SaveBar
          save={{ label: t("orderForm.save"), id: elementId("save") }}
          isSaving={phase !== "typing"}
          onLeave={giveUp}
        >
          {t("order.order_total")}{" "}
          <span className="ml-1 font-semibold text-ink text-lg">
            <Money amount={parts.totals.orderTotal} />
          </span>
        </SaveBar>
      </form>
      <UnsavedChanges {...{ isDirty, leavingTo }} onStay={() => setLeavingTo(null)} onDiscard={opened.discard} />
      {conflict !== null && (
        <OrderConflictDialog conflict={conflict} onSettle={opened.settle} onClose={opened.closeConflict} />
      )}
      {buying.notBought !== null && (
        <NotBoughtDialog
          {...{ failed: buying.notBought, isBusy: buying.isBusy }}
          onBuy={(lines) => buying.again(lines)}
          onLeave={buying.leave}
        />
      )}
    </>
  );
}

function addDetail({ dispatch }: FormParts) {
  const run = () => dispatch({ type: "addRow" });
  return { id: "add-detail", label: "orderForm.addDetail", keys: "Alt+Enter", run, whileTyping: true } as const;
}

/** The row with the focus handles these keys itself. */
const moveDetail = [
  { id: "detail-up", label: "orderForm.detailUp", keys: "Alt+ArrowUp", run: () => undefined, isLocal: true },
  { id: "detail-down", label: "orderForm.detailDown", keys: "Alt+ArrowDown", run: () => undefined, isLocal: true },
] as const;

/** Enter in a field never saves by accident: Ctrl+Enter does, or the button. */
function keepEnter(event: KeyboardEvent): void {
  const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === "Enter" && isField && !event.ctrlKey && !event.metaKey) event.preventDefault();
}

/** The message after saving; the order's page follows. */
function useSavedWords() {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  return ({ row: order, created, taken }: SavedOrder, { purchases, isNotNeeded }: Bought) => {
    const number = String(order.id);
    if (taken.length > 0)
      toast.info(
        t("orderForm.savedMerged", {
          number,
          fields: taken.map(({ field }) => t(`order.${field === "detail" ? "details" : field}`)).join(", "),
        }),
      );
    else toast.info(t(created ? "orderForm.created" : "orderForm.saved", { number }));
    const numbers = purchases.map((id) => `#${id}`).join(", ");
    if (purchases.length > 0) toast.info(t("short.bought", { count: purchases.length, numbers }));
    else if (isNotNeeded) toast.info(t("short.notNeeded"));
    if (created && order.employee_id !== null) void remember("employee", String(order.employee_id));
    router.push(`/orders/${order.id}`);
    router.refresh();
  };
}

/** Of a closed order, all but the notes is locked until there is a reason to correct it. */
function Correction({ form }: { readonly form: FormParts }) {
  const { t } = useText();
  return (
    <Card title={t("orderForm.closed")}>
      <div className="p-4">
        <TextField form={form} field="correction_reason" hint={t("orderForm.closedHint")} />
      </div>
    </Card>
  );
}

/** Dates, payment and notes. */
function Rest({ form }: { readonly form: FormParts }) {
  const { t } = useText();
  return (
    <Card title={t("orderForm.rest")}>
      <div className="grid gap-3 p-4 sm:grid-cols-2 xl:grid-cols-4">
        <TextField form={form} field="order_date" kind="date" />
        <TextField form={form} field="shipped_date" kind="date" />
        <TextField form={form} field="payment_type" list="payment-types" />
        <TextField form={form} field="paid_date" kind="date" />
        <TextField form={form} field="notes" kind="lines" className="col-span-full" />
        <datalist id="payment-types">
          {(["orderForm.creditCard", "orderForm.check", "orderForm.cash"] as const).map((key) => (
            <option key={key} value={t(key)} />
          ))}
        </datalist>
      </div>
    </Card>
  );
}
