"use client";
import type { Order } from "../../../api/types.ts";
import { ConflictDialog, type SettleProps } from "../../../form/conflict-dialog.tsx";
import { mapStates } from "../../../form/merge.ts";
import { useText } from "../../../messages/provider.tsx";
import type { Text } from "../../../messages/text.ts";
import type { Draft } from "../draft/draft.ts";
import type { OrderDifference } from "./merge.ts";

/** Someone else has changed the order. */
export function OrderConflictDialog(props: SettleProps<Order, Draft, OrderDifference>) {
  const { t } = useText();
  return (
    <ConflictDialog
      {...props}
      title={t("conflict.title")}
      saveLabel={t("conflict.save")}
      shownOf={(difference) => shownOf(difference, t)}
    />
  );
}

function shownOf({ key, field, detail, texts }: OrderDifference, t: Text) {
  const name = t(field === "detail" ? "conflict.detail" : `order.${field}`);
  const shown = mapStates(texts, (text) => textOf(field, text, t));
  return { key, name: detail === null ? name : `${detail}: ${name}`, ...shown };
}

function textOf(field: OrderDifference["field"], text: string | null, t: Text): string {
  if (text === null) return t("conflict.absent");
  if (text === "" && (field === "discount" || field === "tax_rate")) return "0";
  if (text === "") return t("conflict.empty");
  if (field !== "tax_status_id") return text;
  return t(text === "1" ? "order.taxable" : "order.taxExempt");
}
