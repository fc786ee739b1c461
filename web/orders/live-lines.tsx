"use client";
import type { ReactNode } from "react";
import { StatusBadge } from "../components/status-badge.tsx";
import { useDelayedOf, useGoing } from "../delayed/waiting.ts";
import { orderPath } from "./steps.ts";

interface LinesProps {
  /** The orders of the list, in its order. */
  readonly ids: readonly number[];
  /** What stands there when none is left. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** A short list of orders, one `OrderLine` each. */
export function OrderLines({ ids, empty, children }: LinesProps) {
  const going = useGoing();
  if (ids.every((id) => going.has(orderPath(id)))) return empty;
  return <ul className="divide-y divide-line">{children}</ul>;
}

interface LineProps {
  readonly id: number;
  readonly className: string;
  readonly children: ReactNode;
}

/** A line of one order, gone as soon as it is deleted, though Undo can still bring it back. */
export function OrderLine({ id, className, children }: LineProps) {
  return (
    <li className={className} hidden={useGoing().has(orderPath(id))}>
      {children}
    </li>
  );
}

/** The status, as it will be: a step shows at once, while it can still be undone. */
export function LiveStatus({ id, statusId }: { readonly id: number; readonly statusId: number | null }) {
  const waiting = useDelayedOf(orderPath(id));
  return <StatusBadge statusId={waiting?.statusId ?? statusId} />;
}
