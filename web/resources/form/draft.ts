import { type DecimalReading, toUnits } from "northwind-api/src/contract/decimal.ts";
import type { Choice } from "../../components/form/use-choices.ts";
import { amountText, percentText, readAmount, readMoney, readRate } from "../../form/amount-text.ts";
import type { Locale } from "../../messages/text.ts";
import { type FormFields, fieldsOf, type ResourceField, type ResourceRow } from "../resource.ts";

/** A customer, product and so on as it is in the form. Texts are as typed: nothing is corrected silently. */
export interface ResourceDraft {
  readonly texts: Readonly<Record<string, string>>;
  readonly switches: Readonly<Record<string, boolean>>;
  /** The text of their field, beside them, stands for no supplier. */
  readonly suppliers: readonly Choice[];
}

/** The name of a supplier. */
export type SupplierName = (id: number) => string;

/** Something new, with nothing typed yet. */
export const emptyDraft: ResourceDraft = { texts: {}, switches: {}, suppliers: [] };

/** A stored row as it is in the form before anything is typed. */
export function draftOf(resource: FormFields, row: ResourceRow, nameOf: SupplierName, locale: Locale): ResourceDraft {
  const texts: Record<string, string> = {};
  const switches: Record<string, boolean> = {};
  let suppliers: readonly Choice[] = [];
  for (const { name, kind } of fieldsOf(resource)) {
    const value = row[name];
    if (typeof value === "boolean") switches[name] = value;
    else if (kind === "rate") texts[name] = percentText(String(value ?? 0), locale) || "0";
    else if (typeof value === "number") texts[name] = String(value);
    else if (typeof value === "string") texts[name] = kind === "amount" ? amountText(value, locale) : value;
    else if (kind === "weekdays") texts[name] = (value ?? []).join("");
    else if (value != null) suppliers = value.map((id) => ({ id, name: nameOf(id) }));
  }
  return { texts, switches, suppliers };
}

/** The value of one field, as it is sent. */
export type Meaning = string | number | boolean | null | readonly number[];

/** The value of a field, however it was typed: two texts of the same value are no change. */
export function meaningOf({ name, kind }: ResourceField, draft: ResourceDraft, locale: Locale): Meaning {
  if (kind === "suppliers") return draft.suppliers.map(({ id }) => id);
  if (kind === "switch") return draft.switches[name] ?? false;
  const text = (draft.texts[name] ?? "").trim();
  if (kind === "weekdays") return Array.from(text, (day) => Number.parseInt(day, 10));
  if (kind === "prefix") return text;
  if (text === "") return null;
  if (kind === "choice" || kind === "line" || kind === "lines" || kind === "day" || kind === "taxClass") return text;
  if (kind === "rate") {
    const reading = readRate(text, locale);
    return "refusal" in reading ? text : reading.decimal;
  }
  const reading = (kind === "amount" ? readMoney : readAmount)(text, locale);
  if ("refusal" in reading) return text;
  return kind === "amount" ? reading.decimal : (wholeNumberOf(reading) ?? text);
}

export function sameMeaning(one: Meaning, other: Meaning): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const largestCount = 2_147_483_647n;

/** A number of pieces, or null when it is not one. */
function wholeNumberOf(reading: DecimalReading): number | null {
  if ("refusal" in reading) return null;
  const units = toUnits(reading.decimal);
  return units % 10_000n === 0n && units >= 0n && units <= largestCount * 10_000n ? Number(units / 10_000n) : null;
}

export type Body = Readonly<Record<string, Meaning>>;

/** A new row: what was left empty is left to the server. */
export function createBody(resource: FormFields, draft: ResourceDraft, locale: Locale): Body {
  return changesOf(resource, draft, emptyDraft, locale);
}

/** Only what differs from `base`: a field that is absent stays as it is. */
export function changesOf(resource: FormFields, draft: ResourceDraft, base: ResourceDraft, locale: Locale): Body {
  const body: Record<string, Meaning> = {};
  for (const field of fieldsOf(resource)) {
    const meaning = meaningOf(field, draft, locale);
    if (!sameMeaning(meaning, meaningOf(field, base, locale))) body[field.name] = meaning;
  }
  return body;
}

/** What is wrong with what was typed, by field: everything that the server would refuse for its form alone. */
export type ResourceIssue =
  | "unmatched"
  | "required"
  | "number"
  | "scale"
  | "range"
  | "negative"
  | "whole"
  | "tooLong"
  | "rate"
  | "date";

export function typingIssues(
  resource: FormFields,
  draft: ResourceDraft,
  locale: Locale,
): ReadonlyMap<string, ResourceIssue> {
  const issues = new Map<string, ResourceIssue>();
  for (const field of fieldsOf(resource)) {
    const issue = issueOf(field, (draft.texts[field.name] ?? "").trim(), locale);
    if (issue !== null) issues.set(field.name, issue);
  }
  return issues;
}

function issueOf({ kind, required, max }: ResourceField, text: string, locale: Locale): ResourceIssue | null {
  if (text === "") return required === true ? "required" : null;
  if (kind === "suppliers") return "unmatched";
  if (max !== undefined && [...text].length > max) return "tooLong";
  if (kind === "rate") return "refusal" in readRate(text, locale) ? "rate" : null;
  if (kind === "day") return /^\d{4}-\d\d-\d\d$/.test(text) ? null : "date";
  if (kind !== "amount" && kind !== "count") return null;
  const reading = (kind === "amount" ? readMoney : readAmount)(text, locale);
  if ("refusal" in reading) return reading.refusal === "decimal-format" ? "number" : reading.refusal;
  if (reading.decimal.startsWith("-")) return "negative";
  return kind === "amount" || wholeNumberOf(reading) !== null ? null : "whole";
}
