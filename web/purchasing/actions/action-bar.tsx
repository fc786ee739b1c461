"use client";
import { useRouter } from "next/navigation";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { lazy, Suspense, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { KeyHint } from "../../shell/commands/key-hint.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import { purchaseStatus } from "../names.tsx";
import { type PurchaseAction, purchaseActions, usePurchaseActions } from "./use-purchase-actions.ts";

interface Props {
  readonly order: PurchaseOrder;
  readonly etag: string | null;
}

const keys: Readonly<Record<PurchaseAction, string>> = {
  ...{ submit: "s", approve: "a", receive: "r", close: "c", cancel: "x" },
};

const ReceiveDialog = lazy(async () => ({ default: (await import("./receive-dialog.tsx")).ReceiveDialog }));
const EndDialog = lazy(async () => ({ default: (await import("./end-dialog.tsx")).EndDialog }));

type Reported = NonNullable<PurchaseOrder["actions"]>[number];
interface Shown extends Reported {
  readonly action: PurchaseAction;
}

/** What can be done with a purchase order, each with its key, and everything that stands against the rest. */
export function PurchaseActions({ order, etag }: Props) {
  const { t } = useText();
  const router = useRouter();
  const toast = useToast();
  const { act, isRunning } = usePurchaseActions(order, etag);
  const [asking, setAsking] = useState<"receive" | "close" | "cancel" | null>(null);
  const refused = useRef<HTMLDetailsElement>(null);
  const offered = shownActions(order).filter((one) => !isForbidden(one));
  const isEditable = order.actions?.some(({ action, allowed }) => action === "update" && allowed) === true;
  const actNow = async (action: PurchaseAction) => {
    const refusal = await act(action);
    if (refusal !== null) toast.error(refusal);
  };
  const run = (one: Shown) => {
    if (isRunning) return;
    if (isPossible(one, order)) {
      if (one.action === "submit" || one.action === "approve") void actNow(one.action);
      else setAsking(one.action);
      return;
    }
    if (refused.current !== null) refused.current.open = true;
    const reasons = one.unmet.map(({ message, what_to_do }) => `${message} ${what_to_do}`).join(" ");
    toast.error(t("action.refused", { action: t(`purchase.action.${one.action}`), reasons }));
  };
  const edit = () => router.push(`/purchase_orders/${order.id}/edit`);
  useCommands([
    ...offered.map((one) => ({
      ...({ id: `${one.action}-purchase`, label: `purchase.action.${one.action}`, keys: keys[one.action] } as const),
      run: () => run(one),
    })),
    ...(isEditable ? [{ id: "edit-purchase", label: "order.edit", keys: "e", run: edit } as const] : []),
  ]);
  const possible = inOrder(
    offered.filter((one) => isPossible(one, order)),
    order,
  );
  return (
    <section
      aria-label={t("purchase.actions")}
      className="screen-only mb-4 flex flex-col gap-3 rounded-xl border border-line bg-surface px-4 py-3 empty:hidden"
    >
      <div className="flex flex-wrap gap-2 empty:hidden max-sm:[&>button]:h-11">
        {possible.map((one, place) => (
          <Button
            key={one.action}
            look={one.action === "cancel" ? "danger" : place === 0 ? "primary" : "plain"}
            aria-disabled={isRunning}
            aria-keyshortcuts={keys[one.action]}
            onClick={() => run(one)}
          >
            {t(`purchase.action.${one.action}`)}
            <span className="max-sm:hidden">
              <KeyHint keys={keys[one.action]} />
            </span>
          </Button>
        ))}
        {isEditable && (
          <Button onClick={edit} aria-keyshortcuts="e">
            {t("order.edit")}
            <span className="max-sm:hidden">
              <KeyHint keys="e" />
            </span>
          </Button>
        )}
      </div>
      <Refused order={order} panel={refused} />
      <Suspense>
        {asking === "receive" && <ReceiveDialog order={order} act={act} onClose={() => setAsking(null)} />}
        {(asking === "close" || asking === "cancel") && (
          <EndDialog order={order} action={asking} act={act} onClose={() => setAsking(null)} />
        )}
      </Suspense>
    </section>
  );
}

function shownActions({ actions = [] }: PurchaseOrder): readonly Shown[] {
  return purchaseActions.flatMap((action): Shown[] => {
    const reported = actions.find((one) => one.action === action);
    return reported === undefined ? [] : [{ ...reported, action }];
  });
}

/** What is to be done next comes first: when everything has come in, that is closing. */
function inOrder(possible: readonly Shown[], { purchase_order_details: lines = [] }: PurchaseOrder): readonly Shown[] {
  const isComplete = lines.length > 0 && lines.every(({ posted_to_inventory }) => posted_to_inventory);
  const isNext = ({ action }: Shown) => isComplete && action === "close";
  return [...possible.filter(isNext), ...possible.filter((one) => !isNext(one))];
}

function isForbidden({ unmet }: Reported): boolean {
  return unmet.some(({ code }) => code === "forbidden");
}

/** Closing asks first what will not come: lines that are owed do not stand against it. */
function isPossible({ action, allowed }: Shown, { status_id, purchase_order_details: lines = [] }: PurchaseOrder) {
  const hasCome = lines.some(({ received }) => received !== "0.0000");
  return allowed || (action === "close" && status_id === purchaseStatus.approved && hasCome);
}

interface RefusedProps {
  readonly order: PurchaseOrder;
  readonly panel: React.RefObject<HTMLDetailsElement | null>;
}

/** Every action that is not possible now, with everything that stands against it. */
function Refused({ order, panel }: RefusedProps) {
  const { t } = useText();
  const refused = shownActions(order).filter((one) => !isPossible(one, order) || isForbidden(one));
  if (refused.length === 0) return null;
  return (
    <details ref={panel} className="text-sm">
      <summary className="w-fit cursor-pointer text-muted">
        {t("action.whyNot", { actions: refused.map(({ action }) => t(`purchase.action.${action}`)).join(", ") })}
      </summary>
      <dl className="mt-2 grid gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr]">
        {refused.map(({ action, unmet }) => (
          <div key={action} className="contents">
            <dt className="font-medium">{t(`purchase.action.${action}`)}</dt>
            <dd className="min-w-0">
              <ul className="flex flex-col gap-1">
                {unmet.map(({ message, what_to_do }) => (
                  <li key={message} className="min-w-0 break-words">
                    <span className="font-medium">{message}</span> <span className="text-muted">{what_to_do}</span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
