"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { useToast } from "../../../components/toast.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { MessageKey } from "../../../messages/text.ts";
import type { ListedOrder } from "../paging/listed-order.ts";
import { type BulkState, bulkJobs } from "./bulk.ts";
import { type BulkAction, obstacle } from "./bulk-action.ts";

const words: Readonly<Record<BulkAction["kind"], MessageKey>> = {
  shipper: "orders.bulk.shipperSet",
  advance: "orders.bulk.advanced",
  remove: "orders.bulk.removed",
};

/** Starts bulk actions with an Undo, and reads the list again when one is done. */
export function useBulk(onWritten: () => void): {
  readonly bulk: BulkState;
  readonly act: (action: BulkAction, orders: readonly ListedOrder[]) => void;
} {
  const { t } = useText();
  const toast = useToast();
  const bulk = useSyncExternalStore(bulkJobs.subscribe, bulkJobs.state, bulkJobs.state);
  const busy = bulk.jobs.filter(({ phase }) => phase !== "finished").length;
  const before = useRef(0);
  const latest = useRef(onWritten);
  useEffect(() => {
    latest.current = onWritten;
  });
  useEffect(() => {
    if (busy < before.current) latest.current();
    before.current = busy;
  }, [busy]);
  const act = (action: BulkAction, orders: readonly ListedOrder[]) => {
    const undo = bulkJobs.start(action, orders);
    const count = orders.filter((order) => obstacle(action, order) === null).length;
    const shipper = action.kind === "shipper" ? action.shipper.name : "";
    if (count > 0) toast.info(t(words[action.kind], { count, shipper }), undo);
  };
  return { bulk, act };
}
