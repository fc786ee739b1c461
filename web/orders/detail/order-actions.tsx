// The page of one order: its actions and steps, its lines and facts, its history, and the printed sheet.
// The page itself is app/orders/[id]/page.tsx.
"use client";
import { Copy, Pencil, Printer, Trash2 } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useMay } from "../../api/session/provider.tsx";
import type { Order } from "../../api/types.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useCommands } from "../../shell/commands/registry.tsx";
import { flush, undo, writeLater } from "../../undo/hold-writes.ts";
import { usePendingWrite } from "../../undo/pending-writes.ts";
import { useUndo } from "../../undo/use-undo.tsx";
import { orderPath } from "../order-path.ts";

interface Props {
  readonly order: Order;
  readonly etag: string | null;
}

const size = 15;
/** On a phone only the labels, so that all of them fit into one line. */
const icon = "max-sm:hidden";

/** Whether an order is cancelled rather than deleted: it holds stock, or is invoiced or shipped in part. */
function isCancelledInstead({ status_id, order_details = [] }: Order): boolean {
  const isMoved = order_details.some(({ allocated, shipped }) => allocated !== "0.0000" || shipped !== "0.0000");
  return (status_id === 0 || status_id === null ? isMoved : status_id === 1) && order_details.length > 0;
}

/** What is done with an order as a document, each with its key; what moves its goods is in ../actions. */
export function OrderActions({ order, etag }: Props) {
  const { t } = useText();
  const router = useRouter();
  const may = useMay();
  const remove = useDelete(order, etag);
  const waiting = usePendingWrite(orderPath(order.id));
  const isDeletable = (order.status_id ?? 0) <= 1;
  // What has moved stock stays: the ledger names it.
  const isCancelled = order.status_id === 4 || isCancelledInstead(order);
  const [mayWrite, mayDelete] = [may("write-orders"), may("delete-orders")];
  const edit = async () => {
    // Pending writes are sent first: the form must show the order as it will be.
    await flush(orderPath(order.id));
    router.push(`/orders/${order.id}/edit`);
  };
  const duplicate = () => router.push(`/orders/new?copy=${order.id}`);
  const print = () => window.print();
  const isPicked = may("ship-orders") && (order.order_details ?? []).some(({ allocated }) => allocated !== "0.0000");
  const pickPath: Route = `/pick?orders=${order.id}`;
  useCommands([
    ...(mayWrite ? [{ id: "edit-order", label: "order.edit", keys: "e", run: () => void edit() } as const] : []),
    ...(isPicked
      ? [{ id: "pick-order", label: "nav.pick", keys: "k", run: () => router.push(pickPath) } as const]
      : []),
    { id: "print-order", label: "order.print", keys: "p", run: print },
    ...(mayWrite ? [{ id: "duplicate-order", label: "order.duplicate", keys: "d", run: duplicate } as const] : []),
    ...(isDeletable && mayDelete && !isCancelled
      ? [{ id: "delete-order", label: "order.delete", keys: "#", run: () => void remove() } as const]
      : []),
  ]);
  return (
    <>
      {mayWrite && (
        <Button onClick={() => void edit()} aria-keyshortcuts="e" disabled={waiting?.statusId === null}>
          <Pencil size={size} className={icon} aria-hidden />
          {t("order.edit")}
        </Button>
      )}
      <Button onClick={print} aria-keyshortcuts="p">
        <Printer size={size} className={icon} aria-hidden />
        {t("order.print")}
      </Button>
      {isPicked && (
        <ButtonLink href={pickPath} aria-keyshortcuts="k">
          {t("nav.pick")}
        </ButtonLink>
      )}
      {mayWrite && (
        <Button onClick={duplicate} aria-keyshortcuts="d">
          <Copy size={size} className={icon} aria-hidden />
          {t("order.duplicate")}
        </Button>
      )}
      {mayDelete && !isCancelled && (
        <Button
          look="danger"
          onClick={() => void remove()}
          aria-keyshortcuts="#"
          disabled={waiting !== undefined}
          aria-disabled={!isDeletable}
        >
          <Trash2 size={size} className={icon} aria-hidden />
          {t("order.delete")}
        </Button>
      )}
    </>
  );
}

/**
 * Deletes after the time for Undo. A dry run asks at once whether it may be deleted at all; until that answer is here,
 * the page already shows it as deleted.
 */
function useDelete({ id, status_id }: Order, etag: string | null) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  const words = useErrorText();
  const undoOne = useUndo();
  const path = orderPath(id);
  const waiting = usePendingWrite(path);
  return async () => {
    if (waiting !== undefined) return;
    if ((status_id ?? 0) > 1) {
      toast.error(t("order.notDeletable"));
      return;
    }
    const number = String(id);
    const name = t("order.title", { number });
    const key = writeLater({ path, name, method: "DELETE", body: null, etag, statusId: null });
    const rehearsal = await write({ method: "DELETE", path: `${path}?dry_run=1`, etag, key: newKey() });
    if (!rehearsal.ok) {
      undo(key);
      const reason = rehearsal.status === 412 ? t("undo.changedMeanwhile") : words(rehearsal);
      toast.error(t("undo.notDeleted", { name, reason }));
      router.refresh();
      return;
    }
    toast.info(t("undo.deleted", { name }), () => undoOne(key) && router.push(`/orders/${id}`));
    router.push("/orders");
  };
}
