"use client";
import { toUnits } from "northwind-api/src/contract/decimal.ts";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import { soldName } from "../../orders/names.ts";

interface Props {
  readonly order: PurchaseOrder;
  readonly action: "close" | "cancel";
  readonly act: (action: "close" | "cancel", body?: object) => Promise<string | null>;
  readonly onClose: () => void;
}

/** Asks before a purchase order ends: nothing more comes of it then. */
export function EndDialog({ order, action, act, onClose }: Props) {
  const { t } = useText();
  const [refusal, setRefusal] = useState<string | null>(null);
  const lines = order.purchase_order_details ?? [];
  const short = lines.filter(({ quantity, received }) => toUnits(received) < toUnits(quantity));
  const end = async () => {
    const body = action === "close" ? { short: short.map(({ id }) => id) } : undefined;
    const said = await act(action, body);
    setRefusal(said);
    if (said === null) onClose();
  };
  const title = t(`purchase.ask.${action}`, { number: String(order.id) });
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {refusal !== null && (
        <p role="alert" className="whitespace-pre-line rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
          {refusal}
        </p>
      )}
      {action === "cancel" && <p>{t("purchase.ask.cancelAbout")}</p>}
      {action === "close" && (
        <p>
          {short.length === 0
            ? t("purchase.ask.closeAbout")
            : t("purchase.ask.short", { names: short.map(soldName).join(", ") })}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2 max-sm:[&>button]:h-11 max-sm:[&>button]:flex-1">
        <Button onClick={onClose}>{t("purchase.ask.leave")}</Button>
        <Button look={action === "cancel" ? "danger" : "primary"} data-focus-first onClick={() => void end()}>
          {t(`purchase.action.${action}`)}
        </Button>
      </div>
    </Dialog>
  );
}
