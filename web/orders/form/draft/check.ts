import { toUnits } from "northwind-api/src/contract/decimal.ts";
import { readAmount, readMoney, readPercent, readRate } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import { amountFields, choiceFields, dateFields, shipFields } from "../../fields.ts";
import { committedUnits } from "../../portions.ts";
import { type DetailDraft, type Draft, detailPath, isBlank, isExempt } from "./draft.ts";

/** What can be wrong with what was typed. */
export type TypingIssue =
  | "required"
  | "number"
  | "scale"
  | "range"
  | "negative"
  | "percent"
  | "rate"
  | "long"
  | "date"
  | "unmatched"
  /** Less than is shipped or invoiced. */
  | "committed";

/** By the place of the field, in the order of the form. */
export type TypingIssues = ReadonlyMap<string, TypingIssue>;

const longest = 50;

/** Everything the server would refuse for its form alone, found while the user types. */
export function typingIssues(draft: Draft, locale: Locale, kind: "new" | "edit"): TypingIssues {
  const issues = new Map<string, TypingIssue>();
  const add = (path: string, issue: TypingIssue | null) => {
    if (issue !== null) issues.set(path, issue);
  };
  const { texts } = draft;
  if (kind === "new" && draft.choices.customer_id === null) issues.set("customer_id", "required");
  for (const field of choiceFields) add(field, unmatchedIssue(draft, field));
  for (const field of dateFields) add(field, dateIssue(texts[field]));
  for (const detail of draft.details) {
    addDetailIssues(detail, locale, add);
    const path = detailPath(detail.key, "product_id");
    add(path, unmatchedIssue(draft, path));
  }
  for (const field of amountFields) add(field, amountIssue(readMoney, texts[field], locale));
  if (!isExempt(draft)) add("tax_rate", percentIssue(readRate, texts.tax_rate, locale));
  for (const field of [...shipFields, "payment_type"] as const)
    if (field !== "ship_address" && [...texts[field]].length > longest) issues.set(field, "long");
  return issues;
}

function addDetailIssues(
  detail: DetailDraft,
  locale: Locale,
  add: (path: string, issue: TypingIssue | null) => void,
): void {
  const { key, product, unit_price, discount } = detail;
  if (isBlank(detail)) return;
  if (product === null && detail.id === null) add(detailPath(key, "product_id"), "required");
  add(detailPath(key, "quantity"), quantityIssue(detail, locale));
  add(detailPath(key, "unit_price"), amountIssue(readMoney, unit_price, locale));
  add(detailPath(key, "discount"), percentIssue(readPercent, discount, locale));
}

function quantityIssue({ quantity, stock }: DetailDraft, locale: Locale): TypingIssue | null {
  if (quantity.trim() === "") return "required";
  const issue = amountIssue(readAmount, quantity, locale);
  if (issue !== null || stock === undefined) return issue;
  const reading = readAmount(quantity, locale);
  return "decimal" in reading && toUnits(reading.decimal) < committedUnits(stock) ? "committed" : null;
}

function unmatchedIssue({ unmatched }: Draft, path: string): TypingIssue | null {
  return unmatched[path] === undefined ? null : "unmatched";
}

function amountIssue(read: typeof readAmount, typed: string, locale: Locale): TypingIssue | null {
  if (typed.trim() === "") return null;
  const reading = read(typed, locale);
  if ("refusal" in reading) return reading.refusal === "decimal-format" ? "number" : reading.refusal;
  return reading.decimal.startsWith("-") ? "negative" : null;
}

function percentIssue(read: typeof readPercent, typed: string, locale: Locale): TypingIssue | null {
  if (typed.trim() === "") return null;
  const reading = read(typed, locale);
  if (!("refusal" in reading)) return null;
  if (reading.refusal === "decimal-format") return "number";
  return read === readRate ? "rate" : "percent";
}

function dateIssue(typed: string): TypingIssue | null {
  if (typed === "") return null;
  return /^\d{4}-\d\d-\d\d$/.test(typed) && typed >= "1900-01-01" ? null : "date";
}
