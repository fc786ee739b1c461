"use client";
import { Ban, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { Order } from "../../api/types.ts";
import { Button } from "../../components/button.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useCommands } from "../../shell/commands/registry.tsx";
import { flush } from "../../undo/hold-writes.ts";
import { orderPath } from "../order-path.ts";

const cancelledStatus = 4;

/** Whether an order is cancelled rather than deleted: it holds stock, or is invoiced or shipped in part. */
export function isCancelledInstead({ status_id, order_details = [] }: Order): boolean {
  const isMoved = order_details.some(({ allocated, shipped }) => allocated !== "0.0000" || shipped !== "0.0000");
  return (status_id === 0 || status_id === null ? isMoved : status_id === 1) && order_details.length > 0;
}

interface Props {
  readonly order: Order;
  readonly etag: string | null;
}

/** Cancels an order, which gives back what it holds, or reopens a cancelled one. Each undoes the other. */
export function CancelOrder({ order: { id, status_id }, etag }: Props) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  const errorText = useErrorText();
  const [isRunning, setRunning] = useState(false);
  const isCancelled = status_id === cancelledStatus;
  const name = t("order.title", { number: String(id) });
  const act = async (action: "cancel" | "reopen", version: string | null) => {
    setRunning(true);
    const own = (await flush(orderPath(id))).findLast(({ ok }) => ok);
    const path = `${orderPath(id)}/${action}`;
    const reply = await write({ method: "POST", path, body: {}, etag: own?.etag ?? version, key: newKey() });
    setRunning(false);
    if (reply.ok)
      toast.info(t(action === "cancel" ? "order.isCancelled" : "order.isReopened", { name }), () => {
        void act(action === "cancel" ? "reopen" : "cancel", reply.etag);
      });
    else {
      const reason = reply.status === 412 ? t("undo.changedMeanwhile") : errorText(reply);
      toast.error(t("undo.notStepped", { name, reason }));
    }
    router.refresh();
  };
  const [action, label] = isCancelled ? (["reopen", "order.reopen"] as const) : (["cancel", "order.cancel"] as const);
  const run = () => {
    if (!isRunning) void act(action, etag);
  };
  useCommands([{ id: `${action}-order`, label, keys: "#", run }]);
  const Icon = isCancelled ? RotateCcw : Ban;
  return (
    <Button look={isCancelled ? "plain" : "danger"} onClick={run} aria-keyshortcuts="#" aria-disabled={isRunning}>
      <Icon size={15} className="max-sm:hidden" aria-hidden />
      {t(label)}
    </Button>
  );
}
