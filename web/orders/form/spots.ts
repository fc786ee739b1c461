import type { Fault } from "../../api/types.ts";
import { detailFields, isOneOf } from "../fields.ts";
import { filledDetails } from "./draft/body.ts";
import { type Draft, detailSpot } from "./draft/draft.ts";

/** The id of the element where a field is typed. */
export function elementId(spot: string): string {
  return `order-${spot}`;
}

/** The place in the form that a fault of the server points at: `#/order_details/0/quantity` is in the first filled row. */
export function spotOf({ pointer = "" }: Fault, draft: Draft): string {
  const [field = "", index, member = ""] = pointer.replace(/^#\/?/, "").split("/");
  if (field !== "order_details") return field;
  const row = index === undefined ? undefined : filledDetails(draft)[Number(index)];
  if (row === undefined) return "order_details";
  return detailSpot(row.key, isOneOf(detailFields, member) ? member : "product_id");
}

/** Puts the focus where a spot is typed, if it is on the page. */
export function focusSpot(spot: string): void {
  const element = document.getElementById(elementId(spot));
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}
