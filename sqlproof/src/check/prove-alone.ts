import type { ColumnProof, ParameterProof, Proof } from "../runtime/proof.ts";
import { valuesRow, withRows } from "../runtime/values-row.ts";
import { unionFindings } from "./lint/unions.ts";
import { upsertedRows } from "./lint/upsert.ts";
import { assignedLiterals, insertFindings } from "./lint/writes.ts";
import { readCanonical } from "./parse/canonical.ts";
import type { Finding } from "./parse/finding.ts";
import { inferParameters } from "./parse/parameters.ts";
import { engineStatement, readStatement, rewrite, type Statement } from "./parse/statement.ts";
import type { MariadbProver } from "./provers/mariadb.ts";
import type { SqliteProver } from "./provers/sqlite.ts";

type Verdict = { readonly proof: Proof } | { readonly findings: readonly Finding[] };

/** Proves a text of a project that names only MariaDB: its own truth counts, and divergences do not matter. */
export async function proveOnMariadbAlone(text: string, mariadb: MariadbProver): Promise<Verdict> {
  const statement = readStatement(text);
  const { columns, parameters, findings } = await described(statement, mariadb);
  findings.push(...repeatedNames(columns));
  if (findings.length > 0) return { findings };
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const prepared = engineStatement(statement, "mariadb", byName);
  for (const filler of ["?", "?, ?, ?", "SELECT 1 WHERE 0"]) {
    await mariadb.prepare(prepared.parts.join(filler));
    if (prepared.parts.length === 1) break;
  }
  const [only = ""] = prepared.parts;
  const row = statement.kind === "insert" && prepared.parts.length === 1 ? valuesRow(only) : null;
  if (row !== null) await mariadb.prepare(withRows(only, row, 2));
  const upserts = upsertedRows(statement);
  const statements = { mariadb: prepared, sqlite: null };
  return { proof: { kind: statement.kind, parameters, columns, statements, ...(upserts === null ? {} : { upserts }) } };
}

async function described(
  statement: Statement,
  mariadb: MariadbProver,
): Promise<{ columns: ColumnProof[]; parameters: readonly ParameterProof[]; findings: Finding[] }> {
  const { catalog } = mariadb;
  await mariadb.prepare(rewrite(statement, "mariadb", () => "?"));
  const columns = await mariadb.columns(statement);
  const canonical = readCanonical(await mariadb.canonical(statement), catalog, mariadb.database);
  const { parameters, findings } = inferParameters(statement, canonical, catalog);
  const writes = [...insertFindings(statement, catalog), ...assignedLiterals(statement, catalog)];
  const unions = await unionFindings(statement, columns, mariadb);
  return {
    columns,
    parameters,
    findings: [...findings, ...unions, ...writes.map((message) => ({ message, offset: null }))],
  };
}

function repeatedNames(columns: readonly ColumnProof[]): Finding[] {
  const names = columns.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => ({
    message: `two columns are named "${name}": give one an alias with AS`,
    offset: null,
  }));
}

/** SQLite says whether it accepts a text, but not which types its expressions have. */
export function proveOnSqliteAlone(text: string, sqlite: SqliteProver): Verdict {
  sqlite.columnNames(rewrite(readStatement(text), "sqlite", () => "?"));
  const message =
    "SQLite does not report the types of expressions, so SQLite alone proves nothing yet: name migrations for MariaDB in sqlproof.json, too";
  return { findings: [{ message, offset: null }] };
}
