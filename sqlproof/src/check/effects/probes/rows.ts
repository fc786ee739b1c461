import type { Column, Table } from "../../types/catalog.ts";
import type { Stored } from "../../types/limit-values.ts";
import type { ProbedSqlite } from "../sqlite.ts";
import type { Row } from "../values.ts";

/** Which row of several to make. */
export interface Wanted {
  /** Its own number, which no other row of the table has. */
  readonly key: number;
  /** The number that rows of other tables share with it. */
  readonly link: number;
  /** The amount in its other columns, and how many units more. */
  readonly amount: string;
  readonly more: bigint;
  /** Shifts what its columns choose among their values. */
  readonly phase: number;
}

/** Makes rows of one table that differ, from one that it takes. */
export class RowMaker {
  readonly #alone: ReadonlySet<string>;
  readonly #keys: ReadonlySet<string>;
  readonly #columns: readonly Column[];

  constructor(
    readonly table: Table,
    readonly base: Row,
    private readonly linked: ReadonlySet<string>,
    private readonly texts: readonly string[],
  ) {
    const keys = [table.primaryKey, ...table.uniqueKeys].filter((key) => key.length > 0);
    const ofRow = keys.map((key) => key.findLast((name) => !this.#isLinked(name)) ?? key.at(-1) ?? "");
    this.#alone = new Set(ofRow);
    this.#keys = new Set(keys.flat());
    this.#columns = [...table.columns.values()].filter(({ name, generated }) => !generated && name in base);
  }

  /** The columns by which an UPDATE or a DELETE finds one row; none where the table has no key. */
  get key(): readonly string[] {
    const { primaryKey, uniqueKeys } = this.table;
    return primaryKey.length > 0 ? primaryKey : (uniqueKeys[0] ?? []);
  }

  /** True when each row has a number of its own in the only column that other tables name. */
  get isOnePerLink(): boolean {
    return [...this.#alone].some((name) => this.#isLinked(name));
  }

  /** The columns that other tables name and that make no row unique. */
  get links(): readonly Column[] {
    return this.#columns.filter(({ name }) => this.#isLinked(name) && !this.#keys.has(name));
  }

  get amounts(): readonly Column[] {
    return this.rest.filter(isAmount);
  }

  /** All columns that are neither. */
  get rest(): readonly Column[] {
    return this.#columns.filter(({ name }) => !this.#isLinked(name) && !this.#keys.has(name));
  }

  row(wanted: Wanted): Row {
    return Object.fromEntries(
      this.#columns.map((column, at): [string, Stored] => [column.name, this.#value(column, at, wanted)]),
    );
  }

  /** The row, or what is left of it where SQLite refuses it; none where it refuses that, too. */
  taken(wanted: Wanted, sqlite: ProbedSqlite): Row[] {
    const whole = this.row(wanted);
    const named = Object.entries(whole).filter(([name]) => this.#isLinked(name) || this.#keys.has(name));
    for (const row of [whole, { ...this.base, ...Object.fromEntries(named) }]) {
      const { refusals } = sqlite.run({
        table: this.table,
        writes: [{ kind: "insert", rows: [row], about: "row", read: false }],
        others: [],
      });
      if (refusals[0] === null) return [row];
    }
    return [];
  }

  #value(column: Column, at: number, { key, link, amount, more, phase }: Wanted): Stored {
    const { name, nullable } = column;
    if (this.#alone.has(name)) return numbered(column, key);
    if (this.#keys.has(name) || this.#isLinked(name)) return numbered(column, link);
    if (isAmount(column)) return amountIn(column, amount, more);
    const values = this.#choices(column);
    const all = nullable ? [...values, null] : values;
    return all[(key + at + phase) % all.length] ?? null;
  }

  #choices(column: Column): readonly Stored[] {
    const { type, members, length, fixed, name } = column;
    const base = this.base[name] ?? null;
    if (members !== null) return members;
    if (type === "boolean") return [1n, 0n];
    if (type === "date" || type === "datetime") return [1, 2, 3].map((day) => numbered(column, day));
    if (type !== "text" || fixed) return [base];
    return [base, ...this.texts.filter((text) => text.length <= (length ?? text.length))];
  }

  #isLinked(name: string): boolean {
    return this.linked.has(name.toLowerCase());
  }
}

function isAmount({ type }: Column): boolean {
  return type === "integer" || type === "bigint" || type === "decimal" || type === "double";
}

/** Each number as a value of the column. */
export function numbered({ type, scale, members, length, fixed }: Column, number: number): Stored {
  if (members !== null) return members[number % members.length] ?? null;
  switch (type) {
    case "boolean":
      return BigInt(number % 2);
    case "integer":
    case "bigint":
      return BigInt(number);
    case "decimal":
      return BigInt(number) * 10n ** BigInt(scale);
    case "double":
      return number;
    case "date":
    case "datetime":
      return `${2000 + Math.floor(number / 28)}-03-${String(1 + (number % 28)).padStart(2, "0")}${type === "date" ? "" : " 00:00:00"}`;
    case "text":
      return fixed ? String(number).padStart(length ?? 1, "a") : `a${number}`.slice(-(length ?? 9));
    case "blob":
      return new Uint8Array(fixed ? (length ?? 1) : 1).fill(number % 256);
    case null:
      return null;
  }
}

/** A number without a sign, as it is written, in units of the scale. Places beyond it are cut off. */
export function unitsIn(amount: string, scale: number): bigint {
  const [whole = "", places = ""] = amount.split(".");
  return BigInt(whole + places.padEnd(scale, "0").slice(0, scale));
}

/** The amount in the column's units and so many units more, within its type. */
export function amountIn({ type, scale, range }: Column, amount: string, more: bigint): Stored {
  if (range === null) return type === "double" ? Number(amount) + Number(more) : null;
  const units = unitsIn(amount, scale) + more;
  if (units > range.max) return range.max;
  return units < range.min ? range.min : units;
}
