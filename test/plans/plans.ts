import type { Database as SqliteDatabase } from "bun:sqlite";
import type { Connection } from "mariadb";
import { type Proof, statementOn } from "../../sqlproof/src/runtime/proof.ts";

/** A complete read of a table by a statement, as found in its plan. */
export interface Scan {
  readonly engine: "MariaDB" | "SQLite";
  readonly table: string;
  readonly plan: string;
}

/** MariaDB stops reading an index in the order of a page after the page, which examines no more rows than this. */
const fewRows = 200;
const scanStep = /^SCAN (?!CONSTANT ROW|\()/;

/** The scans in SQLite's plan, which does not depend on values. */
export function sqliteScans(database: SqliteDatabase, proof: Proof): readonly Scan[] {
  const text = statementOn(proof, "sqlite").parts.join("?, ?, ?");
  const steps = database.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${text}`).all();
  const aliases = aliasesOf(text);
  const sorts = steps.some(({ detail }) => detail.startsWith("USE TEMP B-TREE FOR ORDER BY"));
  return steps
    .filter(({ detail }) => scanStep.test(detail))
    .map(({ detail }) => ({ detail, name: detail.split(" ")[1]?.toLowerCase() ?? "" }))
    .filter(({ name }) => sorts || !stopsAtLimit(name, text))
    .flatMap(({ detail, name }) => {
      const table = aliases.get(name);
      return table === undefined ? [] : [{ engine: "SQLite" as const, table, plan: detail }];
    });
}

/** Whether SQLite stops reading the table when the page is full: it is the first one of a statement with a LIMIT. */
function stopsAtLimit(name: string, text: string): boolean {
  const [, table = "", alias = ""] = /\bFROM (\w+)(?: (\w+))?/i.exec(text) ?? [];
  return /\bLIMIT\b/i.test(text) && [table.toLowerCase(), alias.toLowerCase()].includes(name);
}

/** The scans in MariaDB's plan for typical values. */
export async function mariadbScans(connection: Connection, proof: Proof): Promise<readonly Scan[]> {
  const { parts, binds } = statementOn(proof, "mariadb");
  const values = binds.flatMap((name) => {
    const parameter = proof.parameters.find((one) => one.name === name);
    if (parameter?.list) return parameter.type === "text" ? ["a", "b", "c"] : [1, 2, 3];
    return [sampleValue(name, parameter?.type ?? "", parameter?.nullable ?? false)];
  });
  const text = parts.join("?, ?, ?");
  const aliases = aliasesOf(text);
  const rows: unknown = await connection.execute(`EXPLAIN ${text}`, values);
  return (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
    const { table, type, rows: examined, Extra: extra } = stepOf(row);
    const scanned = aliases.get(table.toLowerCase());
    if (scanned === undefined || (type !== "ALL" && (type !== "index" || Number(examined) <= fewRows))) return [];
    return [{ engine: "MariaDB" as const, table: scanned, plan: `${type}, ${examined} rows, ${extra}` }];
  });
}

function stepOf(row: unknown) {
  const columns = new Map(Object.entries(typeof row === "object" && row !== null ? row : {}));
  const text = (name: string) => String(columns.get(name) ?? "");
  return { table: text("table"), type: text("type"), rows: text("rows"), Extra: text("Extra") };
}

/** Values for a page in the middle of an unfiltered list, the most expensive case. */
function sampleValue(name: string, type: string, isNullable: boolean): unknown {
  if (name === "rows") return 50;
  if (name === "skip") return 0;
  if (isNullable) return null;
  if (name === "first") return "2024-12-01 00:00:00";
  if (name === "last") return "2025-01-10 00:00:00";
  switch (type) {
    case "datetime":
      return "2024-12-20 10:30:00";
    case "date":
      return "2024-12-20";
    case "decimal":
      return "1.0000";
    case "text":
      return "%a%";
    case "blob":
      return Buffer.from("a");
    default:
      return 42;
  }
}

/** The tables of a statement by name and alias. */
function aliasesOf(text: string): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  const keyword =
    /^(on|where|join|left|inner|cross|order|group|limit|set|values|using|as|union|force|use|indexed|not|returning)$/i;
  for (const [, table = "", alias = ""] of text.matchAll(/\b(?:FROM|JOIN|UPDATE|,)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?/gi)) {
    aliases.set(table.toLowerCase(), table);
    if (alias !== "" && !keyword.test(alias)) aliases.set(alias.toLowerCase(), table);
  }
  return aliases;
}
