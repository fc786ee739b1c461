import { type Engines, engineName } from "./engines.ts";
import type { Engine } from "./types.ts";

/** The type of a value, in terms that are the same for both engines. */
export type ValueType = "integer" | "bigint" | "decimal" | "double" | "boolean" | "text" | "blob" | "datetime" | "date";

/** One named parameter as the statement uses it. */
export interface ParameterProof {
  readonly name: string;
  readonly type: ValueType;
  /** Decimal places; 0 unless `type` is `decimal`. */
  readonly scale: number;
  readonly nullable: boolean;
  /** Written `:name...`: an array that fills an IN list. */
  readonly list: boolean;
  /** The least and greatest value that its column stores, in units of the scale; absent where its type says it all. */
  readonly range?: readonly [least: string, greatest: string];
  /** The most characters that its column stores; absent where there is no limit. */
  readonly length?: number;
  /** The most bytes that its column stores. */
  readonly bytes?: number;
  /** The only length that its column takes on both engines, in characters of a text and in bytes. */
  readonly full?: number;
  /** It must not end in a space, which its column drops on MariaDB. */
  readonly trimmed?: true;
  /** The values of the ENUM or SET that it is stored in or compared with. */
  readonly values?: readonly string[];
  /** Escape characters with which it must not end, because it is the pattern of a LIKE. */
  readonly escapes?: readonly string[];
  /** Takes a `bigint`, too, in a project with `"bigint": true`. */
  readonly exact?: true;
}

/** One result column, in the statement's order. */
export interface ColumnProof {
  readonly name: string;
  readonly type: ValueType;
  readonly scale: number;
  readonly nullable: boolean;
  /** The values of an ENUM or SET, which is a union of literals for the program. */
  readonly values?: readonly string[];
  /** A SET of MariaDB: the driver may give a list. */
  readonly set?: true;
  /** A `bigint` instead of a `number`, in a project with `"bigint": true`. */
  readonly exact?: true;
}

/**
 * The statement as one engine gets it. `parts` are joined by the placeholders of the list parameters
 * (`IN (:ids...)`), so a statement without lists has one part. `binds` names the parameter behind each
 * placeholder in order; a list parameter belongs between its two parts.
 */
export interface EngineStatement {
  readonly parts: readonly string[];
  readonly binds: readonly string[];
}

export type StatementKind = "select" | "insert" | "update" | "delete";

/** Everything that the project's engines reported about one query text: the content of one committed proof file. */
export interface Proof {
  readonly kind: StatementKind;
  readonly parameters: readonly ParameterProof[];
  readonly columns: readonly ColumnProof[];
  readonly statements: Engines<EngineStatement>;
  /** An upsert's number of rows. Each engine counts inserted, changed and unchanged rows in its own way. */
  readonly upserts?: number;
  /** An INSERT that reads what it writes: each set is a statement of its own, as several rows would not see each other. */
  readonly apart?: true;
}

/** The statement for one engine. Throws when the project names only the other one. */
export function statementOn({ statements }: Pick<Proof, "statements">, engine: Engine): EngineStatement {
  const statement = statements[engine];
  if (statement !== null) return statement;
  const other = engineName(engine === "mariadb" ? "sqlite" : "mariadb");
  throw new Error(
    `This query is proven on ${other} only: name migrations for ${engineName(engine)} in sqlproof.json, too, and run the check.`,
  );
}

/** Key of a statement that is written once per engine. Newlines keep it readable in the generated file. */
export function pairKey(mariadb: string, sqlite: string): string {
  return `${mariadb}\n-- sqlite:\n${sqlite}`;
}

/** MariaDB compares a string with a DECIMAL as floats; a cast keeps the comparison exact. */
export function placeholder(engine: Engine, parameter: ParameterProof | undefined): string {
  return engine === "mariadb" && parameter?.type === "decimal" ? `CAST(? AS DECIMAL(38,${parameter.scale}))` : "?";
}
