import type { Statement } from "../check/parse/statement.ts";
import { isWord } from "../check/parse/tokenize.ts";
import type { Catalog, Column, Table } from "../check/types/catalog.ts";
import { datePattern, dateTimePattern } from "../runtime/codec/encode.ts";
import type { ParameterProof, Proof } from "../runtime/proof.ts";
import type { Content } from "./fill.ts";
import type { Random } from "./random.ts";
import { namedTables, parameterUses, type Use } from "./uses.ts";
import {
  columnValue,
  compareValues,
  nearlySame,
  type Parameters,
  type Row,
  type Shape,
  textLimit,
  type Value,
} from "./values.ts";

/** Generates the parameters of one query, execution by execution. */
export class ParameterMaker {
  readonly #uses: ReadonlyMap<string, Use>;
  readonly #tables: readonly Table[];
  readonly #escapeBy: string | null;
  readonly #recursive: boolean;

  constructor(
    private readonly proof: Proof,
    statement: Statement,
    catalog: Catalog,
    private readonly content: Content,
  ) {
    this.#uses = parameterUses(statement, catalog);
    this.#tables = namedTables(statement, catalog);
    this.#recursive = isRecursive(statement);
    const at = statement.tokens.findIndex((token) => isWord(token, "ESCAPE"));
    this.#escapeBy = at === -1 ? null : (statement.tokens[at + 1]?.text.slice(1, -1) ?? null);
  }

  next(random: Random): Parameters {
    const draw = new Draw(this.content, this.#tables, this.#escapeBy, random);
    const params: Record<string, Value | readonly Value[]> = {};
    for (const parameter of this.proof.parameters) {
      const use = this.#uses.get(parameter.name) ?? { kind: "free" };
      const value = parameter.list ? draw.list(parameter, use) : draw.one(parameter, use);
      const isFar = this.#recursive && isNumber(parameter) && Number(value) > mostSteps;
      const steps = isFar ? random.between(0, mostSteps) : 0;
      params[parameter.name] = isFar ? (typeof value === "string" ? `${steps}` : steps) : value;
    }
    return params;
  }
}

/** More than INT UNSIGNED holds. */
const beyondAllInts = 5_000_000_000;

/** Where a recursion counts to a parameter, a large one would take hours. */
const mostSteps = 50;

function isNumber({ type, list }: ParameterProof): boolean {
  return !list && ["integer", "bigint", "decimal", "double"].includes(type);
}

/** True where a number of the statement may say how many rows a recursion makes. */
export function isRecursive({ tokens }: Statement): boolean {
  return tokens.some((token) => isWord(token, "RECURSIVE"));
}

/** The parameters of one execution, drawn around one row of each table so that several conditions hold at once. */
class Draw {
  readonly #witnesses = new Map<string, Row | null>();
  /** Most executions stay with their rows, so that statements with many conditions match at all. */
  readonly #steady: boolean;

  constructor(
    private readonly content: Content,
    private readonly tables: readonly Table[],
    private readonly escapeBy: string | null,
    private readonly random: Random,
  ) {
    this.#steady = random.chance(0.6);
  }

  list(parameter: ParameterProof, use: Use): Value[] {
    const length = this.random.pick([0, 1, 1, 2, 3, 5, 9]);
    const values = Array.from({ length }, () => this.one(parameter, use));
    return this.random.chance(0.2) ? [...values, ...values.slice(0, 1)] : values;
  }

  one(parameter: ParameterProof, use: Use): Value {
    const share = use.kind === "write" ? 0.2 : 0.55;
    if (parameter.nullable && this.random.chance(share)) return null;
    if (parameter.values !== undefined) return this.random.maybe(parameter.values) ?? null;
    return (
      this.#value(parameter, use) ??
      (parameter.nullable ? null : columnValue(shapeOf(parameter), this.random, "extreme"))
    );
  }

  /** Null when no row offers a value. */
  #value(parameter: ParameterProof, use: Use): Value {
    switch (use.kind) {
      case "limit":
        return this.random.chance(0.7) ? this.random.between(1, 5) : this.random.between(6, 100);
      case "offset":
        return this.random.between(0, 4);
      case "write":
        return fitting(this.#written(use.table, use.column), parameter);
      case "like":
        if (parameter.type !== "text") return this.#free(parameter);
        return this.#pattern(this.#witness(use.table)?.[use.column.name] ?? null);
      case "compare":
        return fitting(this.#compared(use.operator, use.table, use.column), parameter);
      case "free":
        return this.#free(parameter);
    }
  }

  /** A value close to that of the chosen row, on the side where the comparison holds. */
  #compared(operator: string, table: Table, column: Column): Value {
    if (!this.#steady && this.random.chance(0.15)) return this.#unlike(column);
    const known = this.#steady || this.random.chance(0.75) ? this.#witness(table) : this.#anyRow(table);
    const own = known?.[column.name] ?? null;
    if (typeof own === "string" && column.type === "text" && this.random.chance(0.15))
      return nearlySame(own, this.random);
    if (own === null || !["<", ">", "<=", ">="].includes(operator) || this.random.chance(0.1)) return own;
    const others = [own, this.#anyRow(table)?.[column.name] ?? own, this.#anyRow(table)?.[column.name] ?? own];
    const sorted = others.sort((a, b) => compareValues(a, b, column.type));
    return (operator.startsWith(">") ? sorted[0] : sorted[2]) ?? own;
  }

  /** Any value, and now and then a number that the column cannot hold: MariaDB knows before it reads that none is equal. */
  #unlike(column: Column): Value {
    const isWhole = column.type === "integer" && !column.declared.startsWith("bigint");
    if (isWhole && this.random.chance(0.3)) return this.random.pick([1, -1]) * beyondAllInts;
    return columnValue(column, this.random, "extreme");
  }

  /** A value to store: references that exist, mostly new keys, and occasionally something that must be refused. */
  #written(table: Table, column: Column): Value {
    for (const key of table.foreignKeys) {
      const referenced = key.referenced[key.columns.indexOf(column.name)];
      if (referenced === undefined || this.random.chance(0.05)) continue;
      const rows = this.content.get(key.table) ?? [];
      const parent = this.random.chance(0.8) ? this.#witnessOf(key.table, rows) : this.random.maybe(rows);
      return parent?.[referenced] ?? null;
    }
    if (column.numbered) return this.#newNumber(table, column);
    if (isKey(table, column) && this.random.chance(0.25)) return this.#anyRow(table)?.[column.name] ?? null;
    const value = columnValue(column, this.random, "extreme");
    const limit = textLimit(column.declared);
    // A CHAR is already padded to its length.
    const varied = typeof value === "string" && column.type === "text" && !column.declared.startsWith("char");
    if (varied && isKey(table, column) && this.random.chance(0.6))
      return [...`${this.random.below(1_000_000)}${value}`].slice(0, limit).join("");
    const tooLong = varied && limit < 1000 && this.random.chance(0.01);
    return tooLong ? `${value}${"x".repeat(limit)}!` : value;
  }

  #newNumber(table: Table, column: Column): Value {
    const numbers = (this.content.get(table.name) ?? []).map((row) => Number(row[column.name]));
    if (this.random.chance(0.1)) return this.random.pick([0, -7]);
    if (this.random.chance(0.15)) return this.random.maybe(numbers) ?? 1;
    return Math.max(0, ...numbers) + this.random.between(1, 3);
  }

  #free(parameter: ParameterProof): Value {
    const values = this.tables.flatMap((table) =>
      [...table.columns.values()].flatMap((column) =>
        column.type === parameter.type && column.scale <= parameter.scale
          ? [this.#witness(table)?.[column.name] ?? null]
          : [],
      ),
    );
    const value = this.random.chance(0.7) ? (this.random.maybe(values) ?? null) : null;
    return value ?? columnValue(shapeOf(parameter), this.random, "extreme");
  }

  /** A LIKE pattern around a stored text: a piece of it, its letters replaced by `_`, its own wildcards escaped. */
  #pattern(value: Value): string {
    const characters = [...(typeof value === "string" ? value : "")];
    const start = this.random.below(characters.length);
    const piece = characters.slice(start, start + this.random.between(1, 6));
    const written = piece.map((character) => {
      if (this.random.chance(0.1)) return "_";
      if (this.escapeBy === null && this.random.chance(0.1)) return `\\${character}`;
      if (this.escapeBy === null || !["%", "_", this.escapeBy].includes(character)) return character;
      return this.random.chance(0.9) ? this.escapeBy + character : character.replace(this.escapeBy, "");
    });
    const joined = this.random.chance(0.3) ? nearlySame(written.join(""), this.random) : written.join("");
    return this.random.pick([`%${joined}%`, `%${joined}%`, `%${joined}%`, `${joined}%`, `%${joined}`, joined, ""]);
  }

  #witness(table: Table): Row | null {
    const known = this.#witnesses.get(table.name);
    if (known !== undefined) return known;
    const rows = this.content.get(table.name) ?? [];
    return this.#remember(table.name, this.#related(table, rows) ?? this.#fullest(rows));
  }

  /** The row with the fewest nulls among a few: a null offers no value to compare with. */
  #fullest(rows: readonly Row[]): Row | null {
    const nulls = (row: Row): number => Object.values(row).filter((value) => value === null).length;
    if (rows.length === 0) return null;
    const drawn = Array.from({ length: 3 }, () => this.random.pick(rows)).sort((a, b) => nulls(a) - nulls(b));
    return drawn[0] ?? null;
  }

  #witnessOf(table: string, rows: readonly Row[]): Row | null {
    const known = this.#witnesses.get(table);
    return known === undefined ? this.#remember(table, this.random.maybe(rows) ?? null) : known;
  }

  #remember(table: string, row: Row | null): Row | null {
    this.#witnesses.set(table, row);
    return row;
  }

  /** A row that joins with the chosen row of another table. */
  #related(table: Table, rows: readonly Row[]): Row | undefined {
    for (const other of this.tables) {
      const witness = this.#witnesses.get(other.name);
      if (witness === undefined || witness === null) continue;
      for (const key of other.foreignKeys.filter((candidate) => candidate.table === table.name))
        return rows.find((row) => key.referenced.every((name, at) => row[name] === witness[key.columns[at] ?? ""]));
      for (const key of table.foreignKeys.filter((candidate) => candidate.table === other.name))
        return this.random.maybe(
          rows.filter((row) => key.columns.every((name, at) => row[name] === witness[key.referenced[at] ?? ""])),
        );
    }
    return undefined;
  }

  #anyRow(table: Table): Row | undefined {
    return this.random.maybe(this.content.get(table.name) ?? []);
  }
}

function isKey(table: Table, column: Column): boolean {
  return [table.primaryKey, ...table.uniqueKeys].some((key) => key.includes(column.name));
}

const datePatterns = { datetime: dateTimePattern, date: datePattern } as const;

/** A column's value as the parameter accepts it: the author may have declared another type or fewer places. */
function fitting(value: Value, parameter: ParameterProof): Value {
  if (value === null) return null;
  switch (parameter.type) {
    case "integer":
    case "bigint":
      return Number.isSafeInteger(value) ? value : null;
    case "double":
      return typeof value === "number" ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "blob":
      return value instanceof Uint8Array ? value : null;
    case "decimal": {
      const fits = typeof value === "string" && new RegExp(`^-?\\d+(\\.\\d{0,${parameter.scale}})?$`).test(value);
      return fits ? value : null;
    }
    case "datetime":
    case "date":
      return typeof value === "string" && datePatterns[parameter.type].test(value) ? value : null;
    case "text":
      return typeof value === "string" ? value : null;
  }
}

function shapeOf(parameter: ParameterProof): Shape {
  return { type: parameter.type, scale: parameter.scale, declared: parameter.type, collation: null };
}
