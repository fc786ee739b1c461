import type { Issue } from "../../api/types.ts";
import { detailFields, isOneOf } from "../fields.ts";
import { filledDetails } from "./draft/body.ts";
import { type Draft, detailPath } from "./draft/draft.ts";

/** The id of a field's element. */
export function elementId(path: string): string {
  return `order-${path}`;
}

/** The field that an issue of the server points to: `#/order_details/0/quantity` is in the first filled row. */
export function fieldPathOf({ pointer = "" }: Issue, draft: Draft): string {
  const [field = "", index, member = ""] = pointer.replace(/^#\/?/, "").split("/");
  if (field !== "order_details") return field;
  const row = index === undefined ? undefined : filledDetails(draft)[Number(index)];
  if (row === undefined) return "order_details";
  return detailPath(row.key, isOneOf(detailFields, member) ? member : "product_id");
}

/** Focuses a field, if it is on the page. */
export function focusField(path: string): void {
  const element = document.getElementById(elementId(path));
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}
