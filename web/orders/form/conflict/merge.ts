// Two users change one order: how an order is compared and merged, and the dialog for what the user has to choose.
// The merge itself is in web/form/merge.ts.
import { type Compared, type Merge, mapStates, mergeOf, type Side, type States } from "../../../form/merge.ts";
import type { Locale } from "../../../messages/text.ts";
import { choiceFields, type DetailField, detailFields, type OrderField, typedFields } from "../../fields.ts";
import { detailMeaningOf, meaningOf } from "../draft/body.ts";
import { asNewRow, type DetailDraft, type Draft, isBlank, isCommitted, staysFixed } from "../draft/draft.ts";

/** One difference between three drafts of an order. `detail` names the row it belongs to. */
export interface OrderDifference {
  readonly key: string;
  readonly field: OrderField | DetailField | "detail" | "position";
  readonly detail: string | null;
  /** Null is a row that is not there. */
  readonly texts: States<string | null>;
}

interface Rules {
  readonly locale: Locale;
  /** The order was invoiced: customer, employee and details can no longer be changed. */
  readonly isLocked: boolean;
}

/** Merges three drafts of one order. */
export function mergeOrder(drafts: States<Draft>, rules: Rules): Merge<Draft, OrderDifference> {
  const rows = storedRows(drafts);
  const compared = [
    ...comparedChoices(drafts, rules),
    ...comparedTexts(drafts, rules),
    ...rows.flatMap((row) => comparedRow(row, rules)),
    ...newRows(drafts.mine).map((row) => comparedNewRow(row, rules)),
    comparedOrder(drafts, rows, rules),
  ];
  return mergeOf(compared, (sideOf) => settled(drafts, rows, rules, sideOf));
}

type Values = readonly Compared<OrderDifference>[];

function comparedChoices(drafts: States<Draft>, { isLocked }: Rules): Values {
  return choiceFields.map((field) => {
    const choices = mapStates(drafts, (draft) => draft.choices[field]);
    return {
      key: field,
      meanings: mapStates(choices, (choice) => choice?.id),
      isLocked: isLocked && field !== "shipper_id",
      difference: { key: field, field, detail: null, texts: mapStates(choices, (choice) => choice?.name ?? "") },
    };
  });
}

function comparedTexts(drafts: States<Draft>, { locale }: Rules): Values {
  return typedFields.map((field) => {
    const texts = mapStates(drafts, (draft) => draft.texts[field]);
    const meanings = mapStates(texts, (text) => meaningOf(field, text, locale));
    return { key: field, meanings, isLocked: false, difference: { key: field, field, detail: null, texts } };
  });
}

/** One stored row in the three drafts, undefined where it is not there. */
interface StoredRow {
  readonly id: number;
  readonly states: States<DetailDraft | undefined>;
}

function storedRows(drafts: States<Draft>): readonly StoredRow[] {
  const { base, mine, theirs } = drafts;
  const all = [...base.details, ...mine.details, ...theirs.details];
  const ids = new Set(all.flatMap(({ id }) => (id === null ? [] : [id])));
  return [...ids].map((id) => ({
    id,
    states: mapStates(drafts, ({ details }) => details.find((detail) => detail.id === id)),
  }));
}

/** A row that is in all three drafts is compared by field, any other as one value. */
function comparedRow({ id, states }: StoredRow, { locale, isLocked: isInvoiced }: Rules): Values {
  const { base, mine, theirs } = states;
  const detail = (theirs ?? base ?? mine)?.product?.name ?? `#${id}`;
  // What they have shipped or invoiced stays, with its product, and what they have invoiced with its price.
  const isLocked = isInvoiced || (theirs !== undefined && isCommitted(theirs));
  if (base !== undefined && mine !== undefined && theirs !== undefined)
    return detailFields.map((field) => {
      const key = `${id}.${field}`;
      const rows = { base, mine, theirs };
      const meanings = mapStates(rows, (row) => detailMeaningOf(field, row, locale));
      const difference = { key, field, detail, texts: mapStates(rows, fieldText(field)) };
      return { key, meanings, isLocked: isInvoiced || staysFixed(theirs, field), difference };
    });
  const key = String(id);
  const meanings = mapStates(states, (row) => row && detailFields.map((field) => detailMeaningOf(field, row, locale)));
  return [{ key, meanings, isLocked, difference: { key, field: "detail", detail, texts: mapStates(states, rowText) } }];
}

/** A row that is not stored yet is lost when the order can take no more. */
function comparedNewRow(row: DetailDraft, { isLocked }: Rules): Compared<OrderDifference> {
  const { key, product } = row;
  const texts = { base: null, mine: rowText(row), theirs: null };
  return {
    ...{ key, meanings: texts, isLocked },
    difference: { key, field: "detail", detail: product?.name ?? "", texts },
  };
}

/** The key of the rows' order, which is compared as one value. */
const position = "position";

/** The order of the rows that are in all three drafts: moving some of them is one change. */
function comparedOrder(
  drafts: States<Draft>,
  rows: readonly StoredRow[],
  { isLocked }: Rules,
): Compared<OrderDifference> {
  const shared = new Set(
    rows.flatMap(({ id, states: { base, mine, theirs } }) => (base && mine && theirs ? [id] : [])),
  );
  const ordered = mapStates(drafts, ({ details }) => details.filter(({ id }) => id !== null && shared.has(id)));
  const texts = mapStates(ordered, (some) => some.map(({ id, product }) => product?.name ?? `#${id}`).join(", "));
  const meanings = mapStates(ordered, (some) => some.map(({ id }) => id));
  return { key: position, meanings, isLocked, difference: { key: position, field: position, detail: null, texts } };
}

function fieldText(field: DetailField): (row: DetailDraft) => string {
  return (row) => (field === "product_id" ? (row.product?.name ?? "") : row[field]);
}

function rowText(row: DetailDraft | undefined): string | null {
  if (row === undefined) return null;
  const discount = row.discount === "" ? "" : ` − ${row.discount} %`;
  return `${row.quantity} × ${row.unit_price}${discount}`;
}

function newRows({ details }: Draft): readonly DetailDraft[] {
  return details.filter((detail) => detail.id === null && !isBlank(detail));
}

type SideOf = (key: string) => Side;

function settled({ mine, theirs }: States<Draft>, rows: readonly StoredRow[], rules: Rules, sideOf: SideOf): Draft {
  const from = (key: string) => (sideOf(key) === "mine" ? mine : theirs);
  const choices = { ...mine.choices };
  for (const field of choiceFields) choices[field] = from(field).choices[field];
  const texts = { ...mine.texts };
  for (const field of typedFields) texts[field] = from(field).texts[field];
  const stored = new Map(rows.flatMap((row) => settledRow(row, sideOf).map((detail) => [row.id, detail] as const)));
  // An invoiced order takes no new rows.
  const added = new Map(rules.isLocked ? [] : newRows(mine).map((row) => [row.key, row] as const));
  const settledOf = ({ id, key }: DetailDraft) => (id === null ? added.get(key) : stored.get(id));
  const [lead, other] = sideOf(position) === "mine" ? [mine, theirs] : [theirs, mine];
  const details = interleaved(lead.details, other.details).flatMap((row) => settledOf(row) ?? []);
  return { texts, choices, details, unmatched: mine.unmatched };
}

/** The rows in the order of `lead`; a row that only `other` has follows the one that it follows there. */
function interleaved(lead: readonly DetailDraft[], other: readonly DetailDraft[]): readonly DetailDraft[] {
  const isSame = (a: DetailDraft, b: DetailDraft) => (a.id === null ? a.key === b.key : a.id === b.id);
  const all = [...lead];
  for (const [at, row] of other.entries()) {
    if (all.some((known) => isSame(known, row))) continue;
    const previous = other[at - 1];
    const place = previous === undefined ? -1 : all.findIndex((known) => isSame(known, previous));
    all.splice(place + 1, 0, row);
  }
  return all;
}

function settledRow({ id, states: { mine, theirs } }: StoredRow, sideOf: SideOf): readonly DetailDraft[] {
  if (mine !== undefined && theirs !== undefined) {
    const from = (field: DetailField) => (sideOf(`${id}.${field}`) === "mine" ? mine : theirs);
    const { product } = from("product_id");
    const { quantity } = from("quantity");
    const { unit_price } = from("unit_price");
    // What I wanted to buy of the product is still missing.
    const buying = mine.buyFrom !== undefined && product?.id === mine.product?.id ? { buyFrom: mine.buyFrom } : {};
    return [{ ...theirs, product, quantity, unit_price, discount: from("discount").discount, ...buying }];
  }
  const row = sideOf(String(id)) === "mine" ? mine : theirs;
  if (row === undefined) return [];
  // They removed it and mine is chosen: it is stored anew.
  return [theirs === undefined ? asNewRow(row) : row];
}
