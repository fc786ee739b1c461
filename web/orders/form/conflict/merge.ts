import type { Side } from "../../../form/conflict-dialog.tsx";
import type { Locale } from "../../../messages/text.ts";
import { choiceFields, type DetailField, detailFields, type OrderField, typedFields } from "../../fields.ts";
import { detailMeaningOf, meaningOf, sameDetail } from "../draft/body.ts";
import { type DetailDraft, type Draft, isBlank } from "../draft/draft.ts";

/*
 * Three states of one order: as it was read (base), as it stands in the form (mine), as somebody else has stored it
 * since (theirs). What only one side changed is taken over; what both changed differently is for the clerk to choose.
 */

/** One difference, in words to be shown. `detail` names the row it belongs to. */
export interface Difference {
  readonly spot: string;
  readonly field: OrderField | DetailField | "detail";
  readonly detail: string | null;
  /** Null is a row that is not there. */
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
}

/** The three states, and what cannot be changed any more in theirs. */
export interface Three {
  readonly base: Draft;
  readonly mine: Draft;
  readonly theirs: Draft;
  readonly locale: Locale;
  /** Customer, employee and details of an order that was invoiced. */
  readonly isLocked: boolean;
}

export interface Merge {
  /** Changed by both, differently: to be chosen. */
  readonly clashes: readonly Difference[];
  /** Changed by them alone: taken over. */
  readonly taken: readonly Difference[];
  /** Changed by me, and no longer to be changed: theirs stays. */
  readonly lost: readonly Difference[];
  /** The order with every clash settled; one without a choice is mine. */
  readonly settle: (choices: ReadonlyMap<string, Side>) => Draft;
}

/** Compares three states and merges what does not clash. */
export function mergeOf(three: Three): Merge {
  const found = compare(three);
  return {
    clashes: found.filter(({ verdict }) => verdict === "clash").map(({ difference }) => difference),
    taken: found.filter(({ verdict }) => verdict === "theirs").map(({ difference }) => difference),
    lost: found.filter(({ verdict }) => verdict === "lost").map(({ difference }) => difference),
    settle(choices) {
      const sides = new Map<string, Side>();
      for (const {
        verdict,
        difference: { spot },
      } of found)
        sides.set(spot, verdict === "clash" ? (choices.get(spot) ?? "mine") : "theirs");
      return settled(three, (spot) => sides.get(spot) ?? "mine");
    },
  };
}

type Verdict = "theirs" | "clash" | "lost";

interface Found {
  readonly verdict: Verdict;
  readonly difference: Difference;
}

/** What becomes of one value; null where mine stays and nobody needs to know. */
function verdictOf<T>(base: T, mine: T, theirs: T, isLocked: boolean): Verdict | null {
  if (mine === theirs) return null;
  if (mine === base) return "theirs";
  if (isLocked) return "lost";
  return theirs === base ? null : "clash";
}

function compare(three: Three): readonly Found[] {
  const { base, mine, theirs, locale, isLocked } = three;
  const found: Found[] = [];
  for (const field of choiceFields) {
    const [b, m, t] = [base.choices[field], mine.choices[field], theirs.choices[field]];
    const verdict = verdictOf(b?.id, m?.id, t?.id, isLocked && field !== "shipper_id");
    const words = { base: b?.name ?? "", mine: m?.name ?? "", theirs: t?.name ?? "" };
    if (verdict !== null) found.push({ verdict, difference: { spot: field, field, detail: null, ...words } });
  }
  for (const field of typedFields) {
    const words = { base: base.texts[field], mine: mine.texts[field], theirs: theirs.texts[field] };
    const meaning = (text: string) => meaningOf(field, text, locale);
    const verdict = verdictOf(meaning(words.base), meaning(words.mine), meaning(words.theirs), false);
    if (verdict !== null) found.push({ verdict, difference: { spot: field, field, detail: null, ...words } });
  }
  for (const rows of storedRows(three)) found.push(...compareRow(rows, three));
  for (const row of isLocked ? newRows(mine) : []) {
    const words = { base: null, mine: rowText(row), theirs: null };
    const detail = row.product?.name ?? "";
    found.push({ verdict: "lost", difference: { spot: row.key, field: "detail", detail, ...words } });
  }
  return found;
}

/** One stored row in the three states, undefined where it is not there. */
interface Rows {
  readonly id: number;
  readonly base: DetailDraft | undefined;
  readonly mine: DetailDraft | undefined;
  readonly theirs: DetailDraft | undefined;
}

function storedRows({ base, mine, theirs }: Three): readonly Rows[] {
  const ids = new Set(
    [...base.details, ...mine.details, ...theirs.details].flatMap(({ id }) => (id === null ? [] : [id])),
  );
  const row = (draft: Draft, id: number) => draft.details.find((detail) => detail.id === id);
  return [...ids].map((id) => ({ id, base: row(base, id), mine: row(mine, id), theirs: row(theirs, id) }));
}

function compareRow(rows: Rows, { locale, isLocked }: Three): readonly Found[] {
  const { id, base, mine, theirs } = rows;
  const detail = (theirs ?? base ?? mine)?.product?.name ?? `#${id}`;
  if (base !== undefined && mine !== undefined && theirs !== undefined)
    return detailFields.flatMap((field): Found[] => {
      const meaning = (row: DetailDraft) => detailMeaningOf(field, row, locale);
      const verdict = verdictOf(meaning(base), meaning(mine), meaning(theirs), isLocked || theirs.isHeld);
      const words = { base: textIn(base, field), mine: textIn(mine, field), theirs: textIn(theirs, field) };
      return verdict === null ? [] : [{ verdict, difference: { spot: `${id}.${field}`, field, detail, ...words } }];
    });
  const verdict = rowVerdict(rows, locale, isLocked || theirs?.isHeld === true);
  const words = { base: rowText(base), mine: rowText(mine), theirs: rowText(theirs) };
  return verdict === null ? [] : [{ verdict, difference: { spot: String(id), field: "detail", detail, ...words } }];
}

/** A row that one of the sides added or removed. */
function rowVerdict({ base, mine, theirs }: Rows, locale: Locale, isLocked: boolean): Verdict | null {
  if (base === undefined) return theirs === undefined ? null : "theirs";
  if (mine === undefined && theirs === undefined) return null;
  if (theirs === undefined) {
    if (mine !== undefined && sameDetail(mine, base, locale)) return "theirs";
    return isLocked ? "lost" : "clash";
  }
  if (isLocked) return "lost";
  return sameDetail(theirs, base, locale) ? null : "clash";
}

function textIn(row: DetailDraft, field: DetailField): string {
  return field === "product_id" ? (row.product?.name ?? "") : row[field];
}

function rowText(row: DetailDraft | undefined): string | null {
  if (row === undefined) return null;
  const discount = row.discount === "" ? "" : ` − ${row.discount} %`;
  return `${row.quantity} × ${row.unit_price}${discount}`;
}

function settled(three: Three, sideOf: (spot: string) => Side): Draft {
  const { mine, theirs, isLocked } = three;
  const from = (spot: string) => (sideOf(spot) === "mine" ? mine : theirs);
  const choices = { ...mine.choices };
  for (const field of choiceFields) choices[field] = from(field).choices[field];
  const texts = { ...mine.texts };
  for (const field of typedFields) texts[field] = from(field).texts[field];
  const rows = storedRows(three).flatMap((each) => settledRow(each, sideOf));
  // What was not stored yet stands after what is; an order that is invoiced takes no more.
  const added = isLocked ? [] : newRows(mine);
  return { texts, choices, details: [...rows, ...added] };
}

function newRows({ details }: Draft): readonly DetailDraft[] {
  return details.filter((detail) => detail.id === null && !isBlank(detail));
}

function settledRow({ id, mine, theirs }: Rows, sideOf: (spot: string) => Side): readonly DetailDraft[] {
  if (mine !== undefined && theirs !== undefined) {
    const from = (field: DetailField) => (sideOf(`${id}.${field}`) === "mine" ? mine : theirs);
    const { product } = from("product_id");
    const { quantity } = from("quantity");
    const { unit_price } = from("unit_price");
    return [{ ...theirs, product, quantity, unit_price, discount: from("discount").discount }];
  }
  const kept = sideOf(String(id)) === "mine" ? mine : theirs;
  if (kept === undefined) return [];
  // They removed it and I keep it: it has to be stored anew.
  return [theirs === undefined ? { ...kept, id: null, isHeld: false } : kept];
}
