import { type Compared, type Merge, mapStates, mergeOf, type States } from "../../form/merge.ts";
import type { Locale } from "../../messages/text.ts";
import { meaningOf, newRow, type TermField, type TermsDraft, type TermsRow, termFields } from "./draft.ts";

/** One difference between three drafts: a field of a supplier, a supplier, or which of them comes first. */
export interface TermsDifference {
  readonly key: string;
  readonly supplier: string | null;
  readonly field: TermField | "supplier" | "order";
  /** Null is a supplier that is not there. */
  readonly texts: States<string | null>;
}

interface Row {
  readonly id: number;
  readonly states: States<TermsRow | undefined>;
}

type Values = readonly Compared<TermsDifference>[];

/** Merges three drafts of who sells one product. */
export function mergeTerms(drafts: States<TermsDraft>, locale: Locale): Merge<TermsDraft, TermsDifference> {
  const rows = rowsOf(drafts);
  const compared = [...rows.flatMap((row) => comparedRow(row, locale)), comparedOrder(drafts, rows)];
  return mergeOf(compared, (sideOf) => {
    const settled = new Map(rows.flatMap((row) => settledRow(row, sideOf).map((one) => [row.id, one] as const)));
    const [lead, other] = sideOf(order) === "mine" ? [drafts.mine, drafts.theirs] : [drafts.theirs, drafts.mine];
    return { rows: interleaved(idsOf(lead), idsOf(other)).flatMap((id) => settled.get(id) ?? []) };
  });
}

/** The key of the order of the suppliers, which is compared as one value. */
const order = "order";

function idsOf({ rows }: TermsDraft): readonly number[] {
  return rows.flatMap(({ supplier }) => (supplier === null ? [] : [supplier.id]));
}

/** The suppliers in the order of `lead`; one that only `other` has follows the one that it follows there. */
function interleaved(lead: readonly number[], other: readonly number[]): readonly number[] {
  const all = [...lead];
  for (const [place, id] of other.entries())
    if (!all.includes(id)) all.splice(all.indexOf(other[place - 1] ?? -1) + 1, 0, id);
  return all;
}

function rowsOf(drafts: States<TermsDraft>): readonly Row[] {
  const ids = new Set([drafts.base, drafts.mine, drafts.theirs].flatMap(idsOf));
  return [...ids].map((id) => ({
    id,
    states: mapStates(drafts, ({ rows }) => rows.find(({ supplier }) => supplier?.id === id)),
  }));
}

/** A supplier that is in all three drafts is compared by field, any other as one value. */
function comparedRow({ id, states }: Row, locale: Locale): Values {
  const { base, mine, theirs } = states;
  const supplier = (theirs ?? mine ?? base)?.supplier?.name ?? `#${id}`;
  if (base !== undefined && mine !== undefined && theirs !== undefined)
    return termFields.map((field) => {
      const key = `${id}.${field}`;
      const rows = { base, mine, theirs };
      const texts = mapStates(rows, (row) => row.texts[field]);
      const meanings = mapStates(rows, (row) => meaningOf(field, row, locale));
      return { key, meanings, isLocked: false, difference: { key, supplier, field, texts } };
    });
  const key = String(id);
  const meanings = mapStates(states, (row) => row && termFields.map((field) => meaningOf(field, row, locale)));
  const texts = mapStates(states, (row) => row && textOf(row));
  const field = "supplier";
  return [
    {
      ...{ key, meanings, isLocked: false },
      difference: { key, supplier, field, texts: mapStates(texts, (text) => text ?? null) },
    },
  ];
}

/** The order of the suppliers that are in all three drafts: moving some of them is one change. */
function comparedOrder(drafts: States<TermsDraft>, rows: readonly Row[]): Compared<TermsDifference> {
  const shared = new Set(
    rows.flatMap(({ id, states: { base, mine, theirs } }) => (base && mine && theirs ? [id] : [])),
  );
  const ordered = mapStates(drafts, (draft) =>
    draft.rows.flatMap(({ supplier }) => (supplier !== null && shared.has(supplier.id) ? [supplier] : [])),
  );
  const texts = mapStates(ordered, (some) => some.map(({ name }) => name).join(", "));
  const meanings = mapStates(ordered, (some) => some.map(({ id }) => id));
  return { key: order, meanings, isLocked: false, difference: { key: order, supplier: null, field: order, texts } };
}

function settledRow({ id, states: { mine, theirs } }: Row, sideOf: (key: string) => "mine" | "theirs") {
  if (mine === undefined || theirs === undefined) {
    const row = sideOf(String(id)) === "mine" ? mine : theirs;
    return row === undefined ? [] : [row];
  }
  const from = (field: TermField) => (sideOf(`${id}.${field}`) === "mine" ? mine : theirs).texts[field];
  const texts = { ...newRow(null).texts };
  for (const field of termFields) texts[field] = from(field);
  return [{ ...mine, texts }];
}

/** The terms of a supplier in a few words; of one without any, its name. */
function textOf({ supplier, texts }: TermsRow): string {
  const parts = termFields.map((field) => texts[field]).filter((text) => text !== "");
  return parts.length === 0 ? (supplier?.name ?? "") : parts.join(" · ");
}
