import { readAmount, readMoney, readPercent, readRate } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import {
  amountFields,
  type ChoiceField,
  choiceFields,
  dateFields,
  detailFields,
  isOneOf,
  type TypedField,
  typedFields,
} from "../../fields.ts";
import { type DetailDraft, type Draft, isBlank, isExempt } from "./draft.ts";
import { totalsOf } from "./totals.ts";

type Value = string | number | null;
type DetailBody = Readonly<Record<string, Value>>;

/** What is sent to the API. */
export interface OrderBody {
  readonly [field: string]: Value | readonly DetailBody[];
}

/** The value of a field, however it was typed: two texts of the same value are no change. */
export function meaningOf(field: TypedField, typed: string, locale: Locale): Value {
  const text = typed.trim();
  if (text === "") return null;
  if (field === "tax_rate") return decimalOf(readRate(text, locale), text);
  if (isOneOf(amountFields, field)) return decimalOf(readMoney(text, locale), text);
  return field === "tax_status_id" ? Number(text) : text;
}

function decimalOf(reading: ReturnType<typeof readAmount>, typed: string): string {
  return "refusal" in reading ? typed : reading.decimal;
}

/** The same for one field of a row. */
export function detailMeaningOf(
  field: (typeof detailFields)[number],
  { product, ...detail }: DetailDraft,
  locale: Locale,
): Value {
  if (field === "product_id") return product?.id ?? null;
  const text = detail[field].trim();
  if (field === "discount") return text === "" ? "0.0000" : decimalOf(readPercent(text, locale), text);
  const read = field === "unit_price" ? readMoney : readAmount;
  return text === "" ? null : decimalOf(read(text, locale), text);
}

/** The rows that are part of the order, as the server counts them in its pointers. */
export function filledDetails({ details }: Draft): readonly DetailDraft[] {
  return details.filter((detail) => !isBlank(detail));
}

/** A new order: what was left empty is left to the server. */
export function createBody(draft: Draft, untouched: Draft, locale: Locale): OrderBody {
  const body: Record<string, OrderBody[string]> = {};
  for (const field of choiceFields) {
    const choice = draft.choices[field];
    if (choice !== null) body[field] = choice.id;
  }
  for (const field of typedFields) {
    // The server's clock dates an order of today, to the second.
    if (field === "order_date" && draft.texts.order_date === untouched.texts.order_date) continue;
    const text = countedText(draft, field);
    if (text.trim() !== "") body[field] = sent(field, text, locale);
  }
  return { ...body, order_details: filledDetails(draft).map((detail) => detailBody(detail, locale)) };
}

/** A changed order: only what differs from `base`, the order as it was read. */
export function updateBody(draft: Draft, base: Draft, locale: Locale): OrderBody {
  const body: Record<string, OrderBody[string]> = {};
  for (const field of changedChoices(draft, base)) body[field] = draft.choices[field]?.id ?? null;
  for (const field of typedFields) {
    const [mine, theirs] = [countedText(draft, field), countedText(base, field)];
    if (meaningOf(field, mine, locale) !== meaningOf(field, theirs, locale)) body[field] = sent(field, mine, locale);
  }
  if (detailsDiffer(draft, base, locale))
    body.order_details = filledDetails(draft).map((detail) => detailBody(detail, locale));
  const isBasis = ["tax_status_id", "tax_rate", "order_details"].some((field) => field in body);
  // Taxes that were typed stay what they are; those that were cleared become the computed ones.
  if ("taxes" in body || (isBasis && draft.texts.taxes.trim() !== "")) body.taxes = totalsOf(draft, locale).taxes;
  return body;
}

/** The text of a field as it counts: the form of an exempt order shows no tax rate. */
function countedText(draft: Draft, field: TypedField): string {
  return field === "tax_rate" && isExempt(draft) ? "" : draft.texts[field];
}

function changedChoices(draft: Draft, base: Draft): readonly ChoiceField[] {
  return choiceFields.filter((field) => draft.choices[field]?.id !== base.choices[field]?.id);
}

function sent(field: TypedField, typed: string, locale: Locale): Value {
  const value = meaningOf(field, typed, locale);
  return isOneOf(dateFields, field) && value !== null ? `${value}T00:00:00` : value;
}

function detailsDiffer(draft: Draft, base: Draft, locale: Locale): boolean {
  const [mine, theirs] = [filledDetails(draft), filledDetails(base)];
  return (
    mine.length !== theirs.length ||
    mine.some((detail, at) => {
      const stored = theirs[at];
      return (
        stored === undefined || stored.id === null || stored.id !== detail.id || !sameDetail(detail, stored, locale)
      );
    })
  );
}

export function sameDetail(a: DetailDraft, b: DetailDraft, locale: Locale): boolean {
  return detailFields.every((field) => detailMeaningOf(field, a, locale) === detailMeaningOf(field, b, locale));
}

function detailBody(detail: DetailDraft, locale: Locale): DetailBody {
  const { id } = detail;
  const values = Object.fromEntries(detailFields.map((field) => [field, detailMeaningOf(field, detail, locale)]));
  const { product_id = null, ...rest } = values;
  return { ...(id === null ? {} : { id }), ...(product_id === null ? {} : { product_id }), ...rest };
}

/** Whether anything was entered that is not saved. */
export function isChanged(draft: Draft, base: Draft, locale: Locale): boolean {
  return (
    changedChoices(draft, base).length > 0 ||
    Object.keys(draft.unmatched).length > 0 ||
    typedFields.some(
      (field) => meaningOf(field, draft.texts[field], locale) !== meaningOf(field, base.texts[field], locale),
    ) ||
    draft.details.some(({ buyFrom }) => buyFrom !== undefined) ||
    detailsDiffer(draft, base, locale)
  );
}
