// Who sells a product and on which terms, as it is typed, and how that is read.
import { zero } from "northwind-api/src/contract/decimal.ts";
import type { ProductSupplier } from "northwind-api/src/purchasing/fields.ts";
import type { Choice } from "../../components/form/use-choices.ts";
import { amountText, readAmount, readMoney } from "../../form/amount-text.ts";
import type { Locale, MessageKey } from "../../messages/text.ts";

/** What the API answers: the preferred supplier first. Whoever sees no costs gets none. */
export interface ProductSuppliers {
  readonly product_id: number;
  readonly suppliers: readonly (Omit<ProductSupplier, "unit_cost"> & Partial<Pick<ProductSupplier, "unit_cost">>)[];
}

/** What is typed of a supplier, in the order of the form. */
export const termFields = [
  ...["unit_cost", "supplier_product_code", "pack_quantity", "minimum_quantity", "lead_time_days"],
] as const satisfies readonly (keyof ProductSupplier)[];
export type TermField = (typeof termFields)[number];

/** One supplier as it is typed; without one that was chosen, it is not saved. */
export interface TermsRow {
  readonly key: string;
  readonly supplier: Choice | null;
  /** Text that stands for no supplier. */
  readonly unmatched: string;
  readonly texts: Readonly<Record<TermField, string>>;
}

/** All suppliers of a product as they are typed, the preferred one first. */
export interface TermsDraft {
  readonly rows: readonly TermsRow[];
}

const noTexts = {
  ...{ unit_cost: "", supplier_product_code: "", pack_quantity: "", minimum_quantity: "", lead_time_days: "" },
} as const;

/** A supplier of whom nothing is known; null until it is chosen. */
export function newRow(supplier: Choice | null): TermsRow {
  const key = supplier === null ? crypto.randomUUID() : String(supplier.id);
  return { key, supplier, unmatched: "", texts: noTexts };
}

/** Nothing is typed in it: it stands for nobody. */
export function isBlank({ supplier, unmatched, texts }: TermsRow): boolean {
  return supplier === null && [unmatched, ...Object.values(texts)].every((text) => text.trim() === "");
}

/** What is stored, as it is in the form before anything is typed. What goes without saying is left empty. */
export function draftOf({ suppliers }: ProductSuppliers, locale: Locale): TermsDraft {
  return {
    rows: suppliers.map((terms) => ({
      ...newRow({ id: terms.supplier_id, name: terms.company || `#${terms.supplier_id}` }),
      texts: {
        unit_cost: amountText(terms.unit_cost, locale),
        supplier_product_code: terms.supplier_product_code ?? "",
        pack_quantity: terms.pack_quantity === "1.0000" ? "" : amountText(terms.pack_quantity, locale, 0),
        minimum_quantity: terms.minimum_quantity === zero ? "" : amountText(terms.minimum_quantity, locale, 0),
        lead_time_days: terms.lead_time_days === null ? "" : String(terms.lead_time_days),
      },
    })),
  };
}

/** What a text means; or what is wrong with it. */
type Reading = { readonly value: string | number | null } | { readonly problem: MessageKey };

const mostDays = 3650;
const longestCode = 50;
const usual = { pack_quantity: "1.0000", minimum_quantity: zero } as const;

/** Reads one field as it is typed. */
export function readTerm(field: TermField, typed: string, locale: Locale): Reading {
  const text = typed.trim();
  if (field === "supplier_product_code")
    return [...text].length > longestCode ? { problem: "typing.long" } : { value: text === "" ? null : text };
  if (text === "") return { value: field === "pack_quantity" || field === "minimum_quantity" ? usual[field] : null };
  if (field === "lead_time_days") {
    if (!/^\d+$/.test(text)) return { problem: "typing.whole" };
    return Number(text) > mostDays ? { problem: "terms.tooLate" } : { value: Number(text) };
  }
  const reading = (field === "unit_cost" ? readMoney : readAmount)(text, locale);
  if ("refusal" in reading)
    return { problem: reading.refusal === "decimal-format" ? "typing.number" : `typing.${reading.refusal}` };
  if (reading.decimal.startsWith("-")) return { problem: "typing.negative" };
  return field === "pack_quantity" && reading.decimal === zero
    ? { problem: "terms.noPack" }
    : { value: reading.decimal };
}

/** What a field means: two texts of one meaning do not differ. */
export function meaningOf(field: TermField, { texts }: TermsRow, locale: Locale): string | number | null {
  const reading = readTerm(field, texts[field], locale);
  return "value" in reading ? reading.value : texts[field];
}

/** The rows that are saved. */
export function filledRows({ rows }: TermsDraft): readonly TermsRow[] {
  return rows.filter((row) => !isBlank(row));
}

/** The request that a draft makes. Costs stay as they are where the user does not see them. */
export function bodyOf(draft: TermsDraft, locale: Locale, seesCosts: boolean): { readonly suppliers: object[] } {
  const sent = termFields.filter((field) => seesCosts || field !== "unit_cost");
  return {
    suppliers: filledRows(draft).map((row) => ({
      supplier_id: row.supplier?.id ?? null,
      ...Object.fromEntries(sent.map((field) => [field, meaningOf(field, row, locale)])),
    })),
  };
}

/** Everything that is wrong with what is typed, by `row key/field`. */
export function problemsOf(draft: TermsDraft, locale: Locale): ReadonlyMap<string, MessageKey> {
  const problems = new Map<string, MessageKey>();
  const seen = new Set<number>();
  for (const row of filledRows(draft)) {
    const { key, supplier, unmatched } = row;
    if (supplier === null)
      problems.set(`${key}/supplier_id`, unmatched === "" ? "typing.required" : "typing.unmatched");
    else if (seen.has(supplier.id)) problems.set(`${key}/supplier_id`, "terms.twice");
    else seen.add(supplier.id);
    for (const field of termFields) {
      const reading = readTerm(field, row.texts[field], locale);
      if ("problem" in reading) problems.set(`${key}/${field}`, reading.problem);
    }
  }
  return problems;
}
