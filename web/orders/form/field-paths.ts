import type { Issue } from "../../api/types.ts";
import { detailFields, isOneOf } from "../fields.ts";
import { filledDetails } from "./draft/body.ts";
import { type Draft, detailPath } from "./draft/draft.ts";

/** The id of the element where a field is typed. */
export function elementId(path: string): string {
  return `order-${path}`;
}

/** The place in the form that an issue of the server points at: `#/order_details/0/quantity` is in the first filled row. */
export function fieldPathOf({ pointer = "" }: Issue, draft: Draft): string {
  const [field = "", index, member = ""] = pointer.replace(/^#\/?/, "").split("/");
  if (field !== "order_details") return field;
  const row = index === undefined ? undefined : filledDetails(draft)[Number(index)];
  if (row === undefined) return "order_details";
  return detailPath(row.key, isOneOf(detailFields, member) ? member : "product_id");
}

/** Puts the focus where a path is typed, if it is on the page. */
export function focusField(path: string): void {
  const element = document.getElementById(elementId(path));
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}
