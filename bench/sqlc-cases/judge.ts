import { prove } from "../../sqlproof/src/check/prove.ts";
import { MariadbSqlError } from "../../sqlproof/src/check/provers/mariadb.ts";
import type { Provers } from "../../sqlproof/src/check/provers/open.ts";
import { SqliteSqlError } from "../../sqlproof/src/check/provers/sqlite.ts";
import { declaring, type Translated, withPlaceholders } from "./parameters.ts";

/** What became of one query. */
export type Outcome =
  | { readonly kind: "another statement" }
  | { readonly kind: "not on both"; readonly engine: "MariaDB" | "SQLite" | "both"; readonly accepted: boolean }
  | { readonly kind: "accepted"; readonly text: string }
  | { readonly kind: "refused"; readonly text: string; readonly messages: readonly string[] };

/** Asks both engines whether they can run the query, and then the checker whether it accepts it. */
export async function judge(query: Translated, provers: Provers): Promise<Outcome> {
  if (!/^\(?\s*(SELECT|WITH|INSERT|REPLACE|UPDATE|DELETE)\b/i.test(query.text)) return { kind: "another statement" };
  const [mariadb, sqlite] = [await onMariadb(query.text, provers), onSqlite(query.text, provers)];
  const verdict = await proven(query, provers);
  if (mariadb && sqlite)
    return typeof verdict === "string"
      ? { kind: "accepted", text: verdict }
      : { kind: "refused", text: query.text, messages: verdict };
  const engine = mariadb ? "SQLite" : sqlite ? "MariaDB" : "both";
  return { kind: "not on both", engine, accepted: typeof verdict === "string" };
}

async function onMariadb(text: string, { mariadb }: Provers): Promise<boolean> {
  try {
    await mariadb.prepare(withPlaceholders(text));
    return true;
  } catch (error) {
    if (error instanceof MariadbSqlError) return false;
    throw error;
  }
}

function onSqlite(text: string, { sqlite }: Provers): boolean {
  try {
    // To SQLite an unknown "name" is a text, which nobody means.
    sqlite.columnNames(withPlaceholders(text).replaceAll(/'(?:[^']|'')*'|"((?:[^"]|"")*)"/g, backquoted));
    return true;
  } catch (error) {
    if (error instanceof SqliteSqlError) return false;
    throw error;
  }
}

function backquoted(token: string, name: string | undefined): string {
  return name === undefined ? token : `\`${name}\``;
}

const types = ["integer", "text", "boolean", "datetime", "date", "double", "decimal(4)", "decimal(2)"];
const unknown = /the type of :(\w+) cannot be inferred|declare the places of :(\w+)/;

/** The text that is accepted, or why none is. Parameters that need a declared type get one that fits, as an author gives it. */
async function proven(query: Translated, provers: Provers): Promise<string | readonly string[]> {
  const asked = await messages(query.text, provers);
  const missing = [
    ...new Set(
      asked.flatMap(
        (message) =>
          unknown
            .exec(message)
            ?.slice(1)
            .find((name) => name !== undefined) ?? [],
      ),
    ),
  ];
  if (asked.length === 0) return query.text;
  let fewest = asked;
  for (const chosen of choices(missing, query.nullable)) {
    const text = declaring(query.text, chosen);
    const left = await messages(text, provers);
    if (left.length === 0) return text;
    const isTyped = !left.some((message) => unknown.test(message));
    if (isTyped && (left.length <= fewest.length || fewest === asked)) fewest = left;
  }
  return fewest;
}

/** One type for all, then every pair of types for two. */
function* choices(names: readonly string[], nullable: ReadonlySet<string>): Generator<ReadonlyMap<string, string>> {
  const [first, second] = names;
  if (first === undefined) return;
  const typed = (name: string, type: string): [string, string] => [name, nullable.has(name) ? `${type}?` : type];
  for (const type of types) yield new Map(names.map((name) => typed(name, type)));
  if (second === undefined || names.length > 2) return;
  for (const type of types) for (const other of types) yield new Map([typed(first, type), typed(second, other)]);
}

async function messages(text: string, provers: Provers): Promise<readonly string[]> {
  const location = { file: "sqlc.ts", line: 1, column: 1 };
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, provers);
  return "proof" in verdict ? [] : verdict.findings.map(({ message }) => message);
}
