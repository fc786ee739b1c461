// The schemas of a fuzz run: one model, from which the migrations of both engines are written.
// `random-schema.ts` draws models, `migrations.ts` writes them down for each engine.
import type { ValueType } from "../../src/runtime/proof.ts";

/** What the grammar knows of a value: enough to put it where its type belongs. */
export interface Typed {
  readonly type: ValueType;
  /** Decimal places; 0 unless it is a decimal. */
  readonly scale: number;
  /** Text whose collation ignores case and trailing spaces on MariaDB, so that it may not be compared. */
  readonly folds: boolean;
}

/** A column of the model. Its declaration on each engine follows from these fields alone. */
export interface ModelColumn extends Typed {
  readonly name: string;
  readonly nullable: boolean;
  /** The smallest and largest number of an integer, e.g. -128 and 127 of a TINYINT. */
  readonly range: readonly [least: bigint, most: bigint];
  /** Digits of a decimal, characters of a text. */
  readonly size: number;
  /** The name of MariaDB's type, without its size. */
  readonly declared: string;
  readonly unique: boolean;
  /** The value of rows that leave it out, as MariaDB writes it. */
  readonly preset: string | null;
  /** The table whose `id` it refers to. */
  readonly refersTo: string | null;
  /** The values of an ENUM, or the members that a SET combines. */
  readonly members: readonly string[];
  /** What becomes of the row when that one is deleted. */
  readonly onDelete: "" | "CASCADE" | "SET NULL";
  /** The expression that computes it, as each engine spells it; null for a column that is written. */
  readonly generated: { readonly mariadb: string; readonly sqlite: string } | null;
  /** What a planted CHECK of SQLite asks for. */
  readonly check?: string;
}

export interface ModelTable {
  readonly name: string;
  /** Without the key `id`, which every table has: numbered, INT. */
  readonly columns: readonly ModelColumn[];
  /** A unique key over several columns. */
  readonly uniqueTogether: readonly string[] | null;
  /** Keys that are not unique, on MariaDB, whose optimizer answers by other ways where there is one. */
  readonly indexes: readonly (readonly string[])[];
  /** A planted trigger of SQLite: its event and its statement. */
  readonly trigger?: string;
}

export interface Model {
  readonly tables: readonly ModelTable[];
}

export const integer: Typed = { type: "integer", scale: 0, folds: false };
export const bigint: Typed = { type: "bigint", scale: 0, folds: false };
export const double: Typed = { type: "double", scale: 0, folds: false };
export const boolean: Typed = { type: "boolean", scale: 0, folds: false };
export const text: Typed = { type: "text", scale: 0, folds: false };
export const folding: Typed = { type: "text", scale: 0, folds: true };
export const datetime: Typed = { type: "datetime", scale: 0, folds: false };
export const date: Typed = { type: "date", scale: 0, folds: false };
export const blob: Typed = { type: "blob", scale: 0, folds: false };

export function decimal(scale: number): Typed {
  return { type: "decimal", scale, folds: false };
}

/** The key that every table has. */
export const key: ModelColumn = {
  ...{
    ...integer,
    name: "id",
    nullable: false,
    size: 0,
    declared: "INT",
    unique: true,
    refersTo: null,
    preset: null,
    members: [],
    onDelete: "",
    generated: null,
  },
  range: [-2147483648n, 2147483647n],
};
