"use client";
import { Fragment, lazy, Suspense, useRef, useState } from "react";
import type { Order } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { KeyHint } from "../../shell/commands/key-hint.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import { usePendingWrite } from "../../undo/pending-writes.ts";
import { orderPath } from "../order-path.ts";
import { OrderSteps } from "./order-steps.tsx";
import { Reasons } from "./reasons.tsx";
import { actionKeys, isForbidden, isOnward, nextAction, type ShownAction, shownActions } from "./shown-actions.ts";
import { type Asked, useActions } from "./use-actions.ts";

interface Props {
  readonly order: Order;
  readonly etag: string | null;
}

const partKeys = "Shift+S";

const ReturnDialog = lazy(async () => ({ default: (await import("./return-dialog.tsx")).ReturnDialog }));
const ShipDialog = lazy(async () => ({ default: (await import("./ship-dialog.tsx")).ShipDialog }));

/** How far the order has come, what can be done next, and why the rest cannot. */
export function ActionBar({ order, etag }: Props) {
  const { t } = useText();
  const toast = useToast();
  const waiting = usePendingWrite(orderPath(order.id));
  const [asked, setAsked] = useState<Asked | null>(null);
  const { act, isRunning } = useActions(order, etag, setAsked);
  const refused = useRef<HTMLDetailsElement>(null);
  const offered = shownActions(order).filter((one) => !isForbidden(one));
  const allowed = waiting === undefined ? offered.filter((one) => one.allowed) : [];
  const ship = offered.find(({ action }) => action === "ship");
  const run = ({ action, unmet }: ShownAction) => {
    if (waiting !== undefined || isRunning) return;
    if (unmet.length === 0) return void act(action);
    if (refused.current !== null) refused.current.open = true;
    const reasons = unmet.map(({ message, what_to_do }) => `${message} ${what_to_do}`).join(" ");
    toast.error(t("action.refused", { action: t(`action.${action}`), reasons }));
  };
  useCommands([
    ...offered.map((one) => ({
      ...({ id: `${one.action}-order`, label: `action.${one.action}`, keys: actionKeys[one.action] } as const),
      run: () => run(one),
    })),
    ...(ship === undefined
      ? []
      : [
          {
            ...({ id: "ship-part", label: "action.shipPart", keys: partKeys } as const),
            run: () => (ship.allowed && waiting === undefined ? setAsked("ship") : run(ship)),
          },
        ]),
  ]);
  return (
    <section
      aria-label={t("order.stepsLabel")}
      className="screen-only mb-4 flex flex-col gap-3 rounded-xl border border-line bg-surface px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <OrderSteps now={waiting?.statusId ?? order.status_id ?? 0} />
        <div className="flex flex-wrap items-center gap-2 max-sm:[&>button]:h-11">
          {allowed.map((one, place) => (
            <Fragment key={one.action}>
              <ActionButton action={one} isFirst={place === 0} isRunning={isRunning} onRun={run} />
              {one.action === "ship" && (
                <Button aria-keyshortcuts={partKeys} aria-disabled={isRunning} onClick={() => setAsked("ship")}>
                  {t("action.shipPart")}
                  <span className="max-sm:hidden">
                    <KeyHint keys={partKeys} />
                  </span>
                </Button>
              )}
            </Fragment>
          ))}
        </div>
      </div>
      {waiting === undefined && <NextReasons order={order} offered={offered} />}
      {waiting === undefined && <Refused order={order} panel={refused} />}
      <Suspense>
        {asked === "ship" && <ShipDialog order={order} etag={etag} onClose={() => setAsked(null)} />}
        {asked === "return" && <ReturnDialog order={order} etag={etag} onClose={() => setAsked(null)} />}
      </Suspense>
    </section>
  );
}

interface ActionButtonProps {
  readonly action: ShownAction;
  readonly isFirst: boolean;
  readonly isRunning: boolean;
  readonly onRun: (action: ShownAction) => void;
}

function ActionButton({ action: one, isFirst, isRunning, onRun }: ActionButtonProps) {
  const { t } = useText();
  const { action } = one;
  const look = action === "cancel" ? "danger" : isFirst && isOnward(action) ? "primary" : "plain";
  return (
    <Button look={look} aria-disabled={isRunning} aria-keyshortcuts={actionKeys[action]} onClick={() => onRun(one)}>
      {t(`action.${action}`)}
      <span className="max-sm:hidden">
        <KeyHint keys={actionKeys[action]} />
      </span>
    </Button>
  );
}

interface NextProps {
  readonly order: Order;
  readonly offered: readonly ShownAction[];
}

/** Why the order does not go on: in sight, because it is what one looks for. */
function NextReasons({ order, offered }: NextProps) {
  const { t } = useText();
  const next = offered.find(({ action }) => action === nextAction(order.status_id));
  if (next === undefined || next.allowed) return null;
  return (
    <div className="text-sm">
      <p className="mb-1 font-medium text-warn">{t("action.notYet", { action: t(`action.${next.action}`) })}</p>
      <Reasons order={order} unmet={next.unmet} />
    </div>
  );
}

interface RefusedProps {
  readonly order: Order;
  readonly panel: React.RefObject<HTMLDetailsElement | null>;
}

/** Every other action that is not possible now, with everything that stands against it. */
function Refused({ order, panel }: RefusedProps) {
  const { t } = useText();
  const next = nextAction(order.status_id);
  const refused = shownActions(order).filter((one) => !one.allowed && (one.action !== next || isForbidden(one)));
  if (refused.length === 0) return null;
  return (
    <details ref={panel} className="text-sm">
      <summary className="w-fit cursor-pointer text-muted">
        {t("action.whyNot", { actions: refused.map(({ action }) => t(`action.${action}`)).join(", ") })}
      </summary>
      <dl className="mt-2 grid gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr]">
        {refused.map(({ action, unmet }) => (
          <div key={action} className="contents">
            <dt className="font-medium">{t(`action.${action}`)}</dt>
            <dd className="min-w-0">
              <Reasons order={order} unmet={unmet} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
