"use client";
import { lazy, Suspense, useState } from "react";
import { read } from "../api/browser.ts";
import { useMay } from "../api/session/provider.tsx";
import type { Order } from "../api/types.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { Link } from "../components/link.tsx";
import { useToast } from "../components/toast.tsx";
import { amountText } from "../form/amount-text.ts";
import { useText } from "../messages/provider.tsx";
import { useErrorText } from "../messages/use-error-text.ts";
import { soldName, soldUnit } from "../orders/names.ts";
import { orderPath } from "../orders/order-path.ts";
import { useCommands } from "../shell/commands/registry.tsx";
import { type Part, type Place, tickOf } from "./places.ts";
import { useTicks } from "./ticks.ts";

/** An order that something is picked for. */
export interface PickedOrder {
  readonly id: number;
  /** The customer, or null where there is none. */
  readonly name: string | null;
}

interface Props {
  readonly places: readonly Place[];
  readonly orders: readonly PickedOrder[];
}

interface Opened {
  readonly order: Order;
  readonly etag: string | null;
  readonly picked: ReadonlyMap<number, string>;
}

const ShipDialog = lazy(async () => ({ default: (await import("../orders/actions/ship-dialog.tsx")).ShipDialog }));

/** What is to be picked, ticked off place by place, and the orders that are shipped with it. */
export function PickSheet({ places, orders }: Props) {
  const { t } = useText();
  const { ticked, tick } = useTicks();
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = useOpenOrder(setOpened);
  const mayShip = useMay()("ship-orders");
  useCommands([{ id: "print-pick", label: "pick.print", keys: "p", run: () => window.print() }]);
  const isTicked = (part: Part) => ticked.has(tickOf(part));
  const done = places.filter(({ parts }) => parts.every(isTicked)).length;
  return (
    <>
      <p role="status" className="screen-only sticky top-0 z-10 -mx-1 mb-3 bg-canvas px-1 py-2 font-medium">
        <span className="numbers">{t("pick.progress", { done, count: places.length })}</span>
        <progress aria-hidden max={places.length} value={done} className="mt-1 block h-2 w-full accent-(--accent)" />
      </p>
      <Card>
        <ul className="divide-y divide-line">
          {places.map((place) => (
            <PlaceRow
              key={place.key}
              place={place}
              isShared={orders.length > 1}
              isTicked={place.parts.every(isTicked)}
              onTick={(isOn) => tick(place.parts.map(tickOf), isOn)}
            />
          ))}
        </ul>
      </Card>
      {mayShip && (
        <ul className="screen-only mt-4 flex flex-col gap-3" aria-label={t("pick.toShip")}>
          {orders.map((order) => {
            const parts = places.flatMap((place) => place.parts.filter(({ orderId }) => orderId === order.id));
            const missing = parts.filter((part) => !isTicked(part));
            return (
              <OrderRow
                key={order.id}
                order={order}
                picked={parts.length - missing.length}
                count={parts.length}
                onShip={() => open(order.id, missing)}
              />
            );
          })}
        </ul>
      )}
      {opened !== null && (
        <Suspense>
          <ShipDialog {...opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </>
  );
}

/** Reads an order as it is now, and offers to ship what was picked of it. */
function useOpenOrder(show: (opened: Opened) => void) {
  const toast = useToast();
  const words = useErrorText();
  return async (id: number, missing: readonly Part[]) => {
    const reply = await read<Order>(`${orderPath(id)}?include=details,shipper`);
    if (!reply.ok) return toast.error(words(reply));
    const picked = new Map(missing.map(({ detailId }) => [detailId, ""]));
    show({ order: reply.data, etag: reply.etag, picked });
  };
}

interface PlaceProps {
  readonly place: Place;
  /** It is picked for several orders: each part is named. */
  readonly isShared: boolean;
  readonly isTicked: boolean;
  readonly onTick: (isOn: boolean) => void;
}

/** All of the row is the target. */
function PlaceRow({ place: { location, product, quantity, parts }, isShared, isTicked, onTick }: PlaceProps) {
  const { t, locale } = useText();
  const shared = parts.map((part) => `#${part.orderId}: ${amountText(part.quantity, locale, 0)}`).join(" · ");
  return (
    <li className={isTicked ? "bg-good-soft" : ""}>
      <label className="flex min-h-16 cursor-pointer items-center gap-3 px-4 py-2">
        <input
          type="checkbox"
          checked={isTicked}
          onChange={(event) => onTick(event.target.checked)}
          className="size-7 shrink-0 accent-(--accent)"
        />
        <span className="min-w-0 flex-1">
          <span className="numbers block font-semibold text-lg">{location ?? t("pick.noLocation")}</span>
          <span className={isTicked ? "line-through" : ""}>{soldName(product)}</span>
          <span className="block text-muted text-xs">{soldUnit(product)}</span>
          {isShared && <span className="numbers block text-muted text-xs">{shared}</span>}
        </span>
        <span className="numbers shrink-0 font-semibold text-2xl">{amountText(quantity, locale, 0)}</span>
      </label>
    </li>
  );
}

interface OrderProps {
  readonly order: PickedOrder;
  readonly picked: number;
  readonly count: number;
  readonly onShip: () => void;
}

function OrderRow({ order: { id, name }, picked, count, onShip }: OrderProps) {
  const { t } = useText();
  const number = String(id);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-line bg-surface px-4 py-3">
      <span className="min-w-0">
        <Link href={`/orders/${id}`} className="font-medium text-accent hover:underline max-sm:py-2">
          {t("order.title", { number })}
        </Link>
        <span className="block text-muted text-sm">
          {[name, t("pick.progress", { done: picked, count })].filter((part) => part !== null).join(" · ")}
        </span>
      </span>
      <Button
        look={picked === count ? "primary" : "plain"}
        className="h-11! max-sm:w-full"
        disabled={picked === 0}
        onClick={onShip}
      >
        {t("pick.ship", { number })}
      </Button>
    </li>
  );
}
