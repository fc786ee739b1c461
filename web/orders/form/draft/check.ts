import { readAmount, readPercent } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import { amountFields, dateFields, shipFields } from "../../fields.ts";
import { type DetailDraft, type Draft, detailSpot, isBlank } from "./draft.ts";

/** What can be wrong with what was typed. */
export type TypingFault = "required" | "number" | "scale" | "range" | "negative" | "percent" | "long" | "date";

/** By the place of the field, in the order of the form. */
export type TypingFaults = ReadonlyMap<string, TypingFault>;

const longest = 50;

/** Everything that the server would refuse for its form alone, found while it is typed. */
export function typingFaults(draft: Draft, locale: Locale, kind: "new" | "edit"): TypingFaults {
  const faults = new Map<string, TypingFault>();
  const add = (spot: string, fault: TypingFault | null) => {
    if (fault !== null) faults.set(spot, fault);
  };
  const { texts } = draft;
  if (kind === "new" && draft.choices.customer_id === null) faults.set("customer_id", "required");
  for (const field of dateFields) add(field, dateFault(texts[field]));
  for (const detail of draft.details) addDetailFaults(detail, locale, add);
  for (const field of amountFields) add(field, amountFault(texts[field], locale));
  add("tax_rate", percentFault(texts.tax_rate, locale));
  for (const field of [...shipFields, "payment_type"] as const)
    if (field !== "ship_address" && [...texts[field]].length > longest) faults.set(field, "long");
  return faults;
}

function addDetailFaults(
  detail: DetailDraft,
  locale: Locale,
  add: (spot: string, fault: TypingFault | null) => void,
): void {
  const { key, product, quantity, unit_price, discount, isHeld } = detail;
  if (isHeld || isBlank(detail)) return;
  if (product === null && detail.id === null) add(detailSpot(key, "product_id"), "required");
  add(detailSpot(key, "quantity"), quantity.trim() === "" ? "required" : amountFault(quantity, locale));
  add(detailSpot(key, "unit_price"), amountFault(unit_price, locale));
  add(detailSpot(key, "discount"), percentFault(discount, locale));
}

function amountFault(typed: string, locale: Locale): TypingFault | null {
  if (typed.trim() === "") return null;
  const reading = readAmount(typed, locale);
  if ("refusal" in reading) return reading.refusal === "decimal-format" ? "number" : reading.refusal;
  return reading.decimal.startsWith("-") ? "negative" : null;
}

function percentFault(typed: string, locale: Locale): TypingFault | null {
  if (typed.trim() === "") return null;
  const reading = readPercent(typed, locale);
  if (!("refusal" in reading)) return null;
  return reading.refusal === "decimal-format" ? "number" : "percent";
}

function dateFault(typed: string): TypingFault | null {
  if (typed === "") return null;
  return /^\d{4}-\d\d-\d\d$/.test(typed) && typed >= "1900-01-01" ? null : "date";
}
