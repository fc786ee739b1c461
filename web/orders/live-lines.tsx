"use client";
import { lazy, type ReactNode, Suspense } from "react";
import { useDeletedPaths, usePendingWrite } from "../undo/pending-writes.ts";
import { orderPath } from "./order-path.ts";

interface LinesProps {
  /** The orders of the list, in its order. */
  readonly ids: readonly number[];
  /** Shown when none is left. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** A short list of orders, one `OrderLine` each. */
export function OrderLines({ ids, empty, children }: LinesProps) {
  const going = useDeletedPaths();
  if (ids.every((id) => going.has(orderPath(id)))) return empty;
  return <ul className="divide-y divide-line">{children}</ul>;
}

interface LineProps {
  readonly id: number;
  readonly className: string;
  readonly children: ReactNode;
}

/** A line of one order, hidden as soon as it is deleted, though Undo can still bring it back. */
export function OrderLine({ id, className, children }: LineProps) {
  return (
    <li className={className} hidden={useDeletedPaths().has(orderPath(id))}>
      {children}
    </li>
  );
}

const BadgeOfStep = lazy(async () => ({ default: (await import("./badge-of-step.tsx")).BadgeOfStep }));

/** The status as it will be: a step shows at once, while it can still be undone. `children` is the current badge. */
export function LiveStatus({ id, children }: { readonly id: number; readonly children: ReactNode }) {
  const statusId = usePendingWrite(orderPath(id))?.statusId ?? null;
  if (statusId === null) return children;
  // Pages that only show orders do not load the badges: the server renders them.
  return (
    <Suspense fallback={children}>
      <BadgeOfStep statusId={statusId} />
    </Suspense>
  );
}
