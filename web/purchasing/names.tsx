import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { Badge } from "../components/status-badge.tsx";
import type { MessageKey, Text } from "../messages/text.ts";

/** The ids of the statuses of purchase orders, as in the API. */
export const purchaseStatus = { new: 0, submitted: 1, approved: 2, closed: 3, cancelled: 4 } as const;

interface Look {
  readonly label: MessageKey;
  readonly colours: string;
  readonly drawing: string;
}

const newPurchase: Look = {
  label: "status.new",
  colours: "bg-accent-soft text-accent",
  drawing: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20",
};

/** Each status has its own shape beside its colour and its word. */
const looks: readonly Look[] = [
  newPurchase,
  { label: "purchase.submitted", colours: "bg-warn-soft text-warn", drawing: "M22 2 11 13M22 2l-7 20-4-9-9-4z" },
  { label: "purchase.approved", colours: "bg-good-soft text-good", drawing: "M20 6 9 17l-5-5" },
  { label: "status.closed", colours: "bg-canvas text-muted", drawing: "M21.8 10A10 10 0 1 1 17 3.3M9 11l3 3L22 4" },
  { label: "status.cancelled", colours: "bg-canvas text-muted", drawing: "M5 5l14 14M5 19 19 5" },
];

/** The name of a status. */
export function purchaseStatusLabel(statusId: number | null): MessageKey {
  return (looks[statusId ?? 0] ?? newPurchase).label;
}

const partReceived: Look = {
  label: "purchase.partReceived",
  colours: "bg-accent-soft text-accent",
  drawing: "M12 3v12M7 10l5 5 5-5",
};
const received: Look = {
  label: "purchase.received",
  colours: "bg-good-soft text-good",
  drawing: "M12 3v12M7 10l5 5 5-5M5 21h14",
};

interface BadgeProps {
  readonly order: Pick<PurchaseOrder, "status_id" | "purchase_order_details">;
  readonly t: Text;
}

/** The status of a purchase order; of an approved one whose details are known, also whether goods have come in. */
export function PurchaseBadge({ order, t }: BadgeProps) {
  const { label, ...look } = lookOf(order);
  return <Badge {...look}>{t(label)}</Badge>;
}

function lookOf({ status_id, purchase_order_details: lines = [] }: BadgeProps["order"]): Look {
  const usual = looks[status_id ?? 0] ?? newPurchase;
  if (status_id !== purchaseStatus.approved || lines.every((line) => line.received === "0.0000")) return usual;
  return lines.every(({ posted_to_inventory }) => posted_to_inventory) ? received : partReceived;
}
