import { shown } from "../../src/differential/compare.ts";
import type { Row, Value } from "../../src/differential/values.ts";
import type { Find } from "../run/run.ts";
import { mariadbTable, sqliteTable } from "../schema/migrations.ts";
import type { Model, ModelTable } from "../schema/model.ts";
import { tokensOf } from "./tokens.ts";

/** One find for a reader: the schema and rows that it needs, the statement, and how to repeat it. */
export function described(
  find: Find,
  { seed, planted }: { readonly seed: number; readonly planted: string | null },
): string {
  const { number, kind, original, text, params } = find;
  const { mariadb, sqlite, what } = find.difference;
  return [
    `${kind}: ${what}`,
    ...schemaOf(find).map((line) => `  ${line}`),
    ...rowsOf(find).map((line) => `  ${line}`),
    `  query   ${text}`,
    ...(Object.keys(params).length === 0 ? [] : [`  params  ${shown(params)}`]),
    `  MariaDB ${mariadb}`,
    `  SQLite  ${sqlite}`,
    ...(original === text ? [] : [`  from    ${original.replace(/\s+/g, " ").trim()}`]),
    `  again   npm run fuzz:sql -- --seed ${seed} --from ${number} --statements 1${planted === null ? "" : ` --plant ${planted}`}`,
  ].join("\n");
}

/** The tables that the statement names, as each engine declares them. */
function schemaOf({ arena, text }: Find): readonly string[] {
  if (arena.models === null) return [`schema  ${arena.name}`];
  const words = new Set(tokensOf(text));
  const needed = ({ tables }: Model): readonly ModelTable[] =>
    tables.flatMap((table) => (words.has(table.name) ? [withColumns(table, words)] : []));
  return [
    ...needed(arena.models.mariadb).map((table) => `MariaDB ${mariadbTable(table).replace(/\s+/g, " ")}`),
    ...needed(arena.models.sqlite).map((table) => `SQLite  ${sqliteTable(table).replace(/\s+/g, " ")}`),
  ];
}

function withColumns(table: ModelTable, words: ReadonlySet<string>): ModelTable {
  const uniqueTogether = table.uniqueTogether?.every((name) => words.has(name)) === true ? table.uniqueTogether : null;
  const indexes = table.indexes.filter((index) => index.every((name) => words.has(name)));
  return { ...table, columns: table.columns.filter(({ name }) => words.has(name)), uniqueTogether, indexes };
}

const mostRows = 8;

function rowsOf({ content, text, rows: kept }: Find): readonly string[] {
  const words = new Set(tokensOf(text));
  return [...kept].flatMap(([table, keys]) => {
    const rows = (content.get(table) ?? []).filter(({ id }) => keys.has(Number(id)));
    if (!words.has(table) || rows.length === 0) return [];
    const more = rows.length > mostRows ? [`rows    and ${rows.length - mostRows} more of ${table}`] : [];
    return [...rows.slice(0, mostRows).map((row) => `row     ${table} ${shown(named(row, words))}`), ...more];
  });
}

function named(row: Row, words: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name === "id" || words.has(name)));
}
