import type { Connection } from "mariadb";
import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import { type Literals, literalsIn } from "./values.ts";

/** What the engines' catalogs show of CHECKs, triggers and expressions. It suggests what to try, and decides nothing. */
export interface SchemaTexts {
  /** With what the table's CHECKs, triggers and expressions compare. */
  literalsOf(table: string): Literals;
  /** The same without SQLite's CHECKs, which show alone what they refuse. */
  literalsBeside(table: string): Literals;
  /** Each CHECK of MariaDB, then each of SQLite. */
  checksOf(table: string): readonly string[];
  /** What the generated columns of both compute. */
  computedOf(table: string): readonly string[];
  /** True when MariaDB has CHECKs on the table, or either engine triggers or generated columns. */
  actsOn(table: string): boolean;
  /** Every word in its triggers. */
  namedInTriggers(table: string): ReadonlySet<string>;
  /** The tables to which triggers of this one may write: those that their texts name, and so on. */
  writtenFrom(table: string): readonly string[];
  /** Its triggers, and those of the tables to which they may write. */
  triggersFrom(table: string): readonly string[];
}

interface Text {
  readonly table: string;
  readonly kind: "mariadb" | "computed" | "sqlite" | "trigger";
  readonly text: string;
}

export async function schemaTexts(
  mariadb: { readonly connection: Connection; readonly database: string },
  sqlite: SqliteDatabase,
): Promise<SchemaTexts> {
  const texts = [...(await mariadbTexts(mariadb.connection, mariadb.database)), ...sqliteTexts(sqlite)];
  const joined = (table: string, kinds: readonly Text["kind"][]): string =>
    texts
      .filter((text) => text.table === table && kinds.includes(text.kind))
      .map(({ text }) => text)
      .join(";\n");
  const each = (table: string, kind: Text["kind"]): string[] =>
    texts.filter((text) => text.table === table && text.kind === kind).map(({ text }) => text);
  const writtenFrom = (table: string): readonly string[] => {
    const tables = texts.filter(({ kind }) => kind === "sqlite").map((text) => text.table);
    const found = new Set([table]);
    for (const from of found) for (const other of writtenIn(joined(from, ["trigger"]), tables)) found.add(other);
    found.delete(table);
    return [...found];
  };
  return {
    literalsOf: (table) => literalsIn(joined(table, ["mariadb", "computed", "sqlite", "trigger"])),
    literalsBeside: (table) => literalsIn(joined(table, ["mariadb", "computed", "trigger"])),
    checksOf: (table) => [...each(table, "mariadb"), ...clausesIn(joined(table, ["sqlite"]), "CHECK")],
    computedOf: (table) => [...each(table, "computed"), ...clausesIn(joined(table, ["sqlite"]), "AS")],
    actsOn: (table) => joined(table, ["mariadb", "computed", "trigger"]) !== "",
    namedInTriggers: (table) => new Set(joined(table, ["trigger"]).match(/\w+/g)),
    writtenFrom,
    triggersFrom: (table) => {
      const tables = [table, ...writtenFrom(table)];
      return texts.filter((text) => text.kind === "trigger" && tables.includes(text.table)).map(({ text }) => text);
    },
  };
}

/** What stands in the parentheses behind a word. */
function clausesIn(sql: string, word: "CHECK" | "AS"): string[] {
  return [...sql.matchAll(new RegExp(`\\b${word}\\s*\\(`, "gi"))].map(({ index, 0: begin }) => {
    const rest = sql.slice(index + begin.length);
    let depth = 1;
    const end = rest.split("").findIndex((character) => {
      depth += character === "(" ? 1 : character === ")" ? -1 : 0;
      return depth === 0;
    });
    return rest.slice(0, end === -1 ? undefined : end);
  });
}

/** A table that a text only reads stands behind FROM or JOIN, and nothing there changes or deletes rows. */
function writtenIn(text: string, tables: readonly string[]): readonly string[] {
  if (/\bCALL\b/i.test(text)) return tables;
  const changes = /\bDELETE\b|\bUPDATE\b(?!\s+(OF|ON)\b)/i.test(text);
  const before = new Map<string, Set<string>>();
  const words = text.match(/\w+/g) ?? [];
  for (const [index, word] of words.entries())
    before.set(word, (before.get(word) ?? new Set()).add(words[index - 1]?.toUpperCase() ?? ""));
  return tables.filter((table) => {
    const preceding = [...(before.get(table) ?? [])];
    return preceding.length > 0 && (changes || preceding.some((word) => word !== "FROM" && word !== "JOIN"));
  });
}

async function mariadbTexts(connection: Connection, database: string): Promise<Text[]> {
  const read = async (kind: Text["kind"], sql: string): Promise<Text[]> => {
    const rows = await connection.query<unknown[][]>(sql, [database]);
    return rows.map(([table, text]) => ({ table: String(table), kind, text: String(text) }));
  };
  const all = await Promise.all([
    read(
      "mariadb",
      "SELECT table_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = ?",
    ),
    read(
      "computed",
      `SELECT table_name, generation_expression FROM information_schema.columns
       WHERE table_schema = ? AND generation_expression IS NOT NULL`,
    ),
    read(
      "trigger",
      "SELECT event_object_table, action_statement FROM information_schema.triggers WHERE trigger_schema = ?",
    ),
  ]);
  return all.flat();
}

function sqliteTexts(database: SqliteDatabase): Text[] {
  return database
    .query<{ type: string; tbl_name: string; sql: string }>(
      "SELECT type, tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'trigger')",
    )
    .all()
    .map(({ type, tbl_name, sql }) => ({
      table: tbl_name,
      kind: type === "trigger" ? "trigger" : "sqlite",
      text: sql,
    }));
}
