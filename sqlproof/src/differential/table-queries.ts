import type { Column, Table } from "../check/types/catalog.ts";
import type { ColumnProof, ParameterProof, Proof, StatementKind, ValueType } from "../runtime/proof.ts";
import { ProvenQuery } from "../runtime/query.ts";
import type { Query } from "../runtime/types.ts";
import type { Parameters, Row } from "./values.ts";

/** A query whose types are only known at run time. */
export type LooseQuery = Query<Parameters, Row>;

interface TypedColumn extends Column {
  readonly type: ValueType;
}

function isTyped(column: Column): column is TypedColumn {
  return column.type !== null;
}

/** The columns that are generated and compared; all others have no exact counterpart. */
export function knownColumns(table: Table): readonly TypedColumn[] {
  return [...table.columns.values()].filter(isTyped);
}

/** Selects every column and row of a table. */
export function readAll(table: Table): LooseQuery {
  const columns = knownColumns(table);
  const text = `SELECT ${columns.map((column) => quoted(column.name)).join(", ")} FROM ${quoted(table.name)}`;
  return handMade("select", text, [], columns.map(columnProof));
}

/** Inserts one row, without its generated columns. */
export function insertRow(table: Table): LooseQuery {
  const columns = knownColumns(table).filter((column) => !column.generated);
  const names = columns.map((column) => quoted(column.name)).join(", ");
  const text = `INSERT INTO ${quoted(table.name)} (${names}) VALUES (${columns.map(() => "?").join(", ")})`;
  return handMade("insert", text, columns.map(parameterProof), []);
}

/** Updates some columns of the row with this primary key, for references that form a cycle. */
export function updateColumns(table: Table, names: readonly string[]): LooseQuery {
  const set = names.map((name) => `${quoted(name)} = ?`).join(", ");
  const where = table.primaryKey.map((name) => `${quoted(name)} = ?`).join(" AND ");
  const parameters = [...names, ...table.primaryKey].flatMap((name) =>
    knownColumns(table).filter((column) => column.name === name),
  );
  return handMade(
    "update",
    `UPDATE ${quoted(table.name)} SET ${set} WHERE ${where}`,
    parameters.map(parameterProof),
    [],
  );
}

/** The proof comes from the engines' catalog, from which the text is made. */
function handMade(
  kind: StatementKind,
  text: string,
  parameters: readonly ParameterProof[],
  columns: readonly ColumnProof[],
): LooseQuery {
  const binds = parameters.map((parameter) => parameter.name);
  const part = (engineText: string) => ({ parts: [engineText], binds });
  const proof: Proof = { kind, parameters, columns, statements: { mariadb: part(text), sqlite: part(text) } };
  return new ProvenQuery(text, proof);
}

function columnProof({ name, type, scale, nullable, declared }: TypedColumn): ColumnProof {
  return { name, type, scale, nullable, ...(declared.startsWith("set(") ? { set: true } : {}) };
}

function parameterProof({ name, type, scale, nullable }: TypedColumn): ParameterProof {
  return { name, type, scale, nullable, list: false };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
