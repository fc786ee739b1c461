import { Badge } from "../components/status-badge.tsx";
import type { MessageKey, Text } from "../messages/text.ts";

interface Named {
  readonly product_id: number;
  readonly product_name: string | null;
  readonly product_code: string | null;
}

/** How a product of the stock is called. */
export function stockName({ product_id, product_name, product_code }: Named): string {
  return product_name || product_code || `#${product_id}`;
}

const down = "M12 5v14M19 12l-7 7-7-7";

/** The product is below its reorder level. */
export function LowBadge({ t }: { readonly t: Text }) {
  return (
    <Badge colours="bg-warn-soft text-warn" drawing={down}>
      {t("stock.isLow")}
    </Badge>
  );
}

const types: ReadonlyMap<string, MessageKey> = new Map([
  ["Purchased", "stock.type.purchased"],
  ["Sold", "stock.type.sold"],
  ["On Hold", "stock.type.onHold"],
  ["Waste", "stock.type.waste"],
  ["Returned", "stock.type.returned"],
  ["Adjusted", "stock.type.adjusted"],
  ["Released", "stock.type.released"],
]);

/** Whether an entry of this type changes what is on hand, and not what is allocated of it. */
export function isOfShelf(type: string): boolean {
  return type !== "On Hold" && type !== "Released";
}

/** The type of an entry in words; one that is not known is called as the API does. */
export function typeText(type: string, t: Text): string {
  const key = types.get(type);
  return key === undefined ? type : t(key);
}
