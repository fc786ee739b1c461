import type { Engines } from "../runtime/engines.ts";
import type { ColumnProof, ParameterProof, Proof } from "../runtime/proof.ts";
import { valuesRow, withRows } from "../runtime/values-row.ts";
import { lintColumns } from "./lint/columns.ts";
import { lintExpressions } from "./lint/expressions.ts";
import { lintInsertSelect } from "./lint/insert-select.ts";
import { lintText } from "./lint/text.ts";
import { unionFindings } from "./lint/unions.ts";
import { lintUpsert, upsertedRows } from "./lint/upsert.ts";
import { lintValues } from "./lint/values.ts";
import { readCanonical } from "./parse/canonical.ts";
import type { Literal } from "./parse/extract.ts";
import type { Finding } from "./parse/finding.ts";
import { inferParameters } from "./parse/parameters.ts";
import { engineStatement, readStatement, rewrite, type Statement } from "./parse/statement.ts";
import { TokenError } from "./parse/tokenize.ts";
import { proveOnMariadbAlone, proveOnSqliteAlone } from "./prove-alone.ts";
import { type MariadbProver, MariadbSqlError } from "./provers/mariadb.ts";
import { type SqliteProver, SqliteSqlError } from "./provers/sqlite.ts";

export type Verdict = { readonly proof: Proof } | { readonly findings: readonly Finding[] };

/** Both engines with the project's schema. */
export interface Provers {
  readonly mariadb: MariadbProver;
  readonly sqlite: SqliteProver;
}

/** The engines that the project names, with its schema. */
export type OpenProvers = Engines<MariadbProver, SqliteProver>;

/** Asks the project's engines about one query. The verdict holds every finding, not only the first. */
export async function prove(literal: Literal, provers: OpenProvers): Promise<Verdict> {
  try {
    if (provers.mariadb === null || provers.sqlite === null) return await proveAlone(literal, provers);
    const mariadb = readStatement(literal.mariadb);
    const sqlite = literal.sqlite === literal.mariadb ? mariadb : readStatement(literal.sqlite);
    return await proveStatements(mariadb, sqlite, provers);
  } catch (error) {
    if (error instanceof TokenError) return { findings: [{ message: error.message, offset: error.offset }] };
    if (error instanceof MariadbSqlError || error instanceof SqliteSqlError)
      return { findings: [{ message: error.message, offset: null }] };
    throw error;
  }
}

function proveAlone(literal: Literal, { mariadb, sqlite }: Exclude<OpenProvers, Provers>): Verdict | Promise<Verdict> {
  if (literal.key !== literal.mariadb)
    return { findings: [{ message: "this project names one engine: write one text, not a pair", offset: null }] };
  return mariadb === null ? proveOnSqliteAlone(literal.sqlite, sqlite) : proveOnMariadbAlone(literal.mariadb, mariadb);
}

async function proveStatements(mariadb: Statement, sqlite: Statement, provers: Provers): Promise<Verdict> {
  const isPair = mariadb !== sqlite;
  // A pair is written because the engines differ. That both texts mean the same is the author's claim; only types are proven.
  const findings: Finding[] = isPair ? [] : [...lintText(mariadb.tokens), ...lintValues(mariadb.tokens)];
  const names = sqliteNames(sqlite, provers, findings);
  const described = await mariadbSide(mariadb, provers, findings, isPair);
  if (described === null || names === null) return { findings };
  const { columns, parameters } = described;
  findings.push(...columnFindings(columns, names), ...pairFindings(mariadb, sqlite, parameters));
  if (findings.length > 0) return { findings };
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const statements = {
    mariadb: engineStatement(mariadb, "mariadb", byName),
    sqlite: engineStatement(sqlite, "sqlite", byName),
  };
  // Both engines prepare exactly what will run, with one, several and no elements in each list.
  for (const filler of ["?", "?, ?, ?", "SELECT 1 WHERE 0"]) {
    await provers.mariadb.prepare(statements.mariadb.parts.join(filler));
    provers.sqlite.columnNames(statements.sqlite.parts.join(filler));
    if (statements.mariadb.parts.length === 1) break;
  }
  await proveRows(mariadb, statements.mariadb.parts, provers);
  const upserts = upsertedRows(mariadb) ?? upsertedRows(sqlite);
  return { proof: { kind: mariadb.kind, parameters, columns, statements, ...(upserts === null ? {} : { upserts }) } };
}

/** At run time an INSERT of one row may be sent with many rows, so MariaDB prepares that form as well. */
async function proveRows({ kind }: Statement, parts: readonly string[], { mariadb }: Provers): Promise<void> {
  const [text, ...others] = parts;
  if (kind !== "insert" || text === undefined || others.length > 0) return;
  const row = valuesRow(text);
  if (row !== null) await mariadb.prepare(withRows(text, row, 2));
}

function sqliteNames(sqlite: Statement, provers: Provers, findings: Finding[]): readonly string[] | null {
  try {
    return provers.sqlite.columnNames(rewrite(sqlite, "sqlite", () => "?"));
  } catch (error) {
    if (!(error instanceof SqliteSqlError)) throw error;
    findings.push(located(error.message, sqlite.sql));
    return null;
  }
}

async function mariadbSide(
  statement: Statement,
  provers: Provers,
  findings: Finding[],
  isPair: boolean,
): Promise<{ columns: ColumnProof[]; parameters: readonly ParameterProof[] } | null> {
  const { mariadb, sqlite } = provers;
  try {
    await mariadb.prepare(rewrite(statement, "mariadb", () => "?"));
    const columns = await mariadb.columns(statement);
    const canonical = readCanonical(await mariadb.canonical(statement), mariadb.catalog, mariadb.database);
    const { parameters, findings: typing } = inferParameters(statement, canonical, mariadb.catalog);
    findings.push(...typing, ...(await unionFindings(statement, columns, mariadb)));
    if (!isPair)
      findings.push(
        ...lintUpsert(statement),
        ...(await lintInsertSelect(statement, mariadb.catalog, mariadb)),
        ...lintColumns(statement, canonical, mariadb.catalog, sqlite.catalog),
        ...lintExpressions(statement, canonical, sqlite.catalog),
      );
    return { columns, parameters };
  } catch (error) {
    if (!(error instanceof MariadbSqlError)) throw error;
    findings.push(located(error.message, statement.sql));
    return null;
  }
}

/** Finds the name from an engine's message in the text, so that the report can point at it. */
function located(message: string, sql: string): Finding {
  const name = /(?:column|table|function|FUNCTION|Table|near)[^'"`]*?[:\s]['"`]?(?:\w+\.)*(\w+)/.exec(message)?.[1];
  // A syntax error names its line; rewriting a text never moves its lines.
  const line = /at line (\d+)$/.exec(message)?.[1];
  const start = line === undefined ? 0 : startOfLine(sql, Number(line));
  const found = name === undefined ? -1 : sql.slice(start).search(new RegExp(`\\b${name}\\b`));
  if (found === -1) return { message, offset: line === undefined ? null : start };
  return { message, offset: start + found };
}

/** The offset of a line's first character that is not a space. */
function startOfLine(sql: string, line: number): number {
  const before = sql.split("\n").slice(0, line - 1);
  const start = before.reduce((length, text) => length + text.length + 1, 0);
  return start + Math.max(0, sql.slice(start).search(/\S/));
}

function columnFindings(columns: readonly ColumnProof[], sqliteNames: readonly string[]): Finding[] {
  const messages: string[] = [];
  const names = columns.map((column) => column.name);
  for (const name of names)
    if (names.indexOf(name) !== names.lastIndexOf(name) && !messages.includes(twice(name))) messages.push(twice(name));
  const onSqlite = sqliteNames.map((name) => name.replace(/[!?]?(?:: boolean)?$/, ""));
  if (onSqlite.join() !== names.join()) {
    const odd = names.findIndex((name, index) => name !== onSqlite[index]);
    messages.push(
      `column ${odd + 1} is named "${names[odd]}" on MariaDB and "${onSqlite[odd]}" on SQLite: give it an alias with AS`,
    );
  }
  return messages.map((message) => ({ message, offset: null }));
}

function twice(name: string): string {
  return `two columns are named "${name}": give one an alias with AS`;
}

/** The two texts of a pair must take the same parameters. */
function pairFindings(mariadb: Statement, sqlite: Statement, parameters: readonly ParameterProof[]): Finding[] {
  if (mariadb === sqlite) return [];
  const here = parameters.map((parameter) => parameter.name).sort();
  const there = [...new Set(sqlite.parameters.map((parameter) => parameter.name))].sort();
  if (mariadb.kind !== sqlite.kind)
    return [{ message: "the two texts are different kinds of statement", offset: null }];
  if (here.join() === there.join()) return [];
  return [{ message: `the texts take different parameters: (${here}) on MariaDB, (${there}) on SQLite`, offset: null }];
}
