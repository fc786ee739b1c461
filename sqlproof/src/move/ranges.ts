import type { boundValues, CellRow, CopiedTable } from "../copy/cells.ts";
import type { Engine } from "../runtime/types.ts";
import { type KeyRange, quoted } from "./places.ts";

type Value = ReturnType<typeof boundValues>[number];

interface Condition {
  readonly text: string;
  readonly values: readonly Value[];
}

/** The condition of a range of keys, empty for the whole table. */
export function conditionOf(engine: Engine, table: CopiedTable, { after, through }: KeyRange): Condition {
  const parts = [
    ...(after === null ? [] : [bound(engine, table, after, ">", ">")]),
    ...(through === null ? [] : [bound(engine, table, through, "<", "<=")]),
  ];
  if (parts.length === 0) return { text: "", values: [] };
  return {
    text: ` WHERE ${parts.map(({ text }) => text).join(" AND ")}`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** `strict` compares all columns of the key but the last, which `last` compares. */
function bound(engine: Engine, table: CopiedTable, key: CellRow, strict: ">" | "<", last: string): Condition {
  const columns = table.key.map(quoted);
  if (columns.length === 1 || engine === "sqlite")
    return { text: `(${columns.join(", ")}) ${last} (${columns.map(() => "?").join(", ")})`, values: [...key] };
  // MariaDB uses no index for `(a, b) > (?, ?)`, so it is written out; the first column alone leads to the range.
  const cases = columns.map((column, index) => {
    const equal = columns.slice(0, index).map((one) => `${one} = ?`);
    return `(${[...equal, `${column} ${index === columns.length - 1 ? last : strict} ?`].join(" AND ")})`;
  });
  const values = [key[0] ?? null, ...key.flatMap((_, index) => key.slice(0, index + 1))];
  return { text: `${columns[0]} ${strict}= ? AND (${cases.join(" OR ")})`, values };
}

/** Reads a range. */
export function selectRange(engine: Engine, table: CopiedTable, range: KeyRange): Condition {
  const names = table.columns.map(({ name }) => quoted(name)).join(", ");
  const { text, values } = conditionOf(engine, table, range);
  return {
    text: `SELECT ${names} FROM ${quoted(table.name)}${text} ORDER BY ${table.key.map(quoted).join(", ")}`,
    values,
  };
}

/** Writes a row. One with the same unique value that is still there is an older state, and goes. */
export function replaceText(table: CopiedTable): string {
  const names = table.columns.map(({ name }) => quoted(name)).join(", ");
  return `REPLACE INTO ${quoted(table.name)} (${names}) VALUES (${table.columns.map(() => "?").join(", ")})`;
}
