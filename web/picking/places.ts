import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import type { PickList } from "northwind-api/src/orders/shipments/fields.ts";

type Line = PickList["lines"][number];

/** A part of what is picked at a place: for one line of one order. */
export interface Part {
  readonly orderId: number;
  readonly detailId: number;
  readonly quantity: Line["quantity"];
}

/** A product at its location, for all orders together. */
export interface Place {
  readonly key: string;
  readonly location: string | null;
  readonly product: Pick<Line, "product_id" | "product_code" | "product_name" | "quantity_per_unit">;
  readonly quantity: Line["quantity"];
  readonly parts: readonly Part[];
}

/** The places of a pick list in its order: by location, then product. */
export function placesOf({ lines }: PickList): readonly Place[] {
  const groups = Map.groupBy(lines, ({ location, product_id }) => `${product_id} ${location ?? ""}`);
  return [...groups].flatMap(([key, group]): Place[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { location, product_id, product_code, product_name, quantity_per_unit } = first;
    const parts = group.map((line) => ({
      ...{ orderId: line.order_id, detailId: line.order_detail_id, quantity: line.quantity },
    }));
    const quantity = fromUnits(parts.reduce((sum, part) => sum + toUnits(part.quantity), 0n));
    return [{ key, location, product: { product_id, product_code, product_name, quantity_per_unit }, quantity, parts }];
  });
}

/** What a tick stands for: if an order comes to hold another quantity, it has to be picked again. */
export function tickOf({ detailId, quantity }: Part): string {
  return `${detailId} ${quantity}`;
}
