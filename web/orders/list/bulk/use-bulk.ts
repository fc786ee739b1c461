"use client";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useToast } from "../../../components/toast.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { ListedOrder } from "../paging/listed-order.ts";
import { type BulkState, bulkJobs } from "./bulk.ts";
import { type BulkAction, isReversible, mostUnasked } from "./bulk-action.ts";

/** An action on so many orders that it is asked about first. */
export interface Question {
  readonly action: BulkAction;
  readonly orders: readonly ListedOrder[];
  readonly settle: (isWanted: boolean) => void;
}

/** Starts bulk actions, and reads the list again when one is done. */
export function useBulk(
  onWritten: () => void,
  onStarted: () => void,
): {
  readonly bulk: BulkState;
  readonly question: Question | null;
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
  const [question, setQuestion] = useState<Question | null>(null);
  const start = (action: BulkAction, orders: readonly ListedOrder[]) => {
    const { id, checked } = bulkJobs.start(action, orders);
    // What can be taken back later says so in its report.
    if (!isReversible(action))
      void checked.then((count) => {
        if (count > 0) toast.info(t("orders.bulk.removed", { count }), () => bulkJobs.undo(id));
      });
    onStarted();
  };
  const act = (action: BulkAction, orders: readonly ListedOrder[]) => {
    if (orders.length <= mostUnasked) return start(action, orders);
    const settle = (isWanted: boolean) => {
      setQuestion(null);
      if (isWanted) start(action, orders);
    };
    setQuestion({ action, orders, settle });
  };
  return { bulk, question, act };
}
