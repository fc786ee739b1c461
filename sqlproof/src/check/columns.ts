import type { ColumnProof, ValueType } from "../runtime/proof.ts";
import type { Finding } from "./parse/finding.ts";
import type { Described } from "./provers/mariadb.ts";
import { override } from "./rules/sqlite-alone.ts";
import type { SqlStatement } from "./tree/nodes.ts";
import type { RelationColumn } from "./typing/scope.ts";
import { type Type, valuesOf, valueType, described as words } from "./typing/type.ts";

/** The result columns of a query, or what is wrong with them. */
export interface Columns {
  readonly columns: readonly ColumnProof[];
  readonly findings: readonly Finding[];
}

/**
 * The result columns by the typing, with MariaDB's description as the second witness: where the two name different types,
 * the checker itself is at fault.
 */
export function witnessed(
  typed: readonly RelationColumn[],
  described: readonly Described[],
  withSqlite: boolean,
  written: readonly string[],
): Columns {
  const findings: Finding[] = [];
  const columns = described.map((column, index): ColumnProof => {
    const name = plainName(column.name);
    const type = typed[index]?.type ?? { kind: "unknown", nullable: true };
    const problem = jsonOf(name, typed[index], column, written[index]) ?? disagreement(name, type, column, withSqlite);
    if (problem !== null) findings.push({ message: problem, offset: null });
    return proofOf(name, type, column);
  });
  return { columns, findings };
}

function plainName(name: string): string {
  return override.exec(name)?.[1] ?? name;
}

function proofOf(name: string, type: Type, column: Described): ColumnProof {
  const asBoolean = override.exec(column.name)?.[3] === "boolean";
  const described = column.type ?? "text";
  // A parameter has up to 2^53, whatever MariaDB says of a cast.
  const given: ValueType = asBoolean ? "boolean" : described === "integer" && isWide(type) ? "bigint" : described;
  const scale = given === "decimal" ? column.scale : 0;
  return { name, type: given, scale, nullable: nullableOf(type, column), ...listedOf(type) };
}

function listedOf(type: Type): Pick<ColumnProof, "values" | "set"> {
  if (type.kind !== "text" || type.listed === undefined) return {};
  return {
    ...(type.values === undefined ? {} : { values: type.values }),
    ...(type.listed === "set" ? { set: true } : {}),
  };
}

function isWide(type: Type): boolean {
  return type.kind === "whole" && valueType(type) === "bigint";
}

/** What only the engine can compute is as nullable as the engine says; an override of the author counts more. */
function nullableOf(type: Type, column: Described): boolean {
  const mark = override.exec(column.name)?.[2];
  if (mark !== undefined) return mark === "?";
  return type.kind === "unknown" ? !column.notNull : type.nullable;
}

/** A column that is JSON becomes an expression in the list, of which MariaDB does not say it. */
function jsonOf(
  name: string,
  typed: RelationColumn | undefined,
  { json }: Described,
  written = "the expression",
): string | null {
  if (!json || typed?.json === true) return null;
  const [, inside] = /^JSON_EXTRACT\s*(\([^()]*\))$/i.exec(written) ?? [];
  const other =
    inside !== undefined
      ? `, or JSON_VALUE${inside} for the value without quotes`
      : /^JSON_/i.test(written)
        ? ""
        : ", or let the CHECK of the column be (a IS NULL OR json_valid(a))";
  return `column ${name} is JSON to MariaDB, of which Bun's client makes an object and others give the text: write ${written} || '', which is a text for all${other}`;
}

/** The expressions of a result as the author has written them, in one line each; none beside a `*`. */
export function writtenItems(tree: SqlStatement | null, sql: string): readonly string[] {
  if (tree === null) return [];
  const items = tree.kind === "select" ? tree.query.first.items : tree.returning;
  const values = items.flatMap((item) => (item.kind === "value" ? [item.value] : []));
  if (values.length < items.length) return [];
  return values.map(({ kind, from, to }) => {
    const text = sql.slice(from, to).replace(/\s+/g, " ");
    return ["call", "column", "case", "cast", "subquery"].includes(kind) ? text : `(${text})`;
  });
}

function disagreement(name: string, type: Type, column: Described, withSqlite: boolean): string | null {
  if (type.kind === "open" || type.kind === "null" || column.declared === "null")
    return `column ${name} is NULL alone, which has no type: leave it out, or select a parameter such as :none::integer?`;
  if (column.type === null)
    return withSqlite
      ? `column ${name} is ${column.declared}, which has no exact counterpart on SQLite`
      : `column ${name} is ${column.declared}, for which sqlproof has no type: select CAST(.. AS CHAR), or AS DOUBLE`;
  if (column.type === "datetime" && column.scale > 0)
    return `column ${name} has fractions of a second, which are not portable`;
  if (type.kind === "unknown" || agrees(type, column)) return null;
  const there = column.type === "decimal" ? `decimal(${column.scale})` : column.type;
  return `column ${name} is ${words(type)} by the rules and ${there} by MariaDB: this is a fault of sqlproof, please report it`;
}

function agrees(type: Type, column: Described): boolean {
  switch (type.kind) {
    case "whole":
    case "truth":
      return (
        ["integer", "bigint", "boolean"].includes(column.type ?? "") ||
        (column.type === "decimal" && column.scale === 0)
      );
    case "decimal":
      return column.type === "decimal" && column.scale === type.scale;
    default:
      return column.type === type.kind;
  }
}

/** The result columns by the typing alone, for SQLite, which describes none. The columns of a `*` have no alias. */
export function typedColumns(typed: readonly RelationColumn[], names: readonly string[], ofStar: boolean): Columns {
  const findings: Finding[] = [];
  const columns = names.map((written, index): ColumnProof => {
    const name = plainName(written);
    const type = typed[index]?.type ?? { kind: "unknown", nullable: true };
    const mark = override.exec(written)?.[2];
    const given = override.exec(written)?.[3] === "boolean" ? "boolean" : valueType(type);
    if (given === null)
      findings.push({
        message: ofStar
          ? `column ${name} of a * has no type that sqlproof knows: write the columns, this one as ${name} AS "${name}: integer", or whatever its type is`
          : `column ${name} has no type that sqlproof knows: write CAST(.. AS TEXT), or another type, or state what it always is in its alias, for example AS "${name}: text"`,
        offset: null,
      });
    const nullable = mark === undefined ? type.nullable : mark === "?";
    return { name, type: given ?? "text", scale: type.kind === "decimal" ? type.scale : 0, nullable };
  });
  return { columns, findings };
}

/** The columns of a pair: of one type in both texts, and NULL where either may be. */
export function pairedColumns(here: readonly ColumnProof[], there: readonly RelationColumn[]): Columns {
  const nameless = here.filter((_, index) => there[index]?.type.kind === "unknown");
  const isAlike = here.length === there.length && here.every((one, index) => isPaired(one, there[index]?.type));
  const ours = here.map(shown).join(", ");
  const theirs = there.map(({ name, type }) => `${name}: ${typeWord(type)}`).join(", ");
  const messages =
    nameless.length > 0
      ? nameless.map(
          ({ name }) =>
            `column ${name} has no type on SQLite that sqlproof knows: write CAST(.. AS TEXT) there, or another type, or state what it always is in its alias, for example AS "${name}: text"`,
        )
      : isAlike
        ? []
        : [`the texts give different columns: (${ours}) on MariaDB, (${theirs}) on SQLite`];
  return {
    columns: here.map((one, index) => joined(one, there[index]?.type ?? null)),
    findings: messages.map((message) => ({ message, offset: null })),
  };
}

function shown({ name, type, scale }: ColumnProof): string {
  return `${name}: ${type === "bigint" ? "integer" : type === "decimal" ? `decimal(${scale})` : type}`;
}

function typeWord(type: Type): string {
  if (type.kind === "decimal") return `decimal(${type.scale})`;
  return type.kind === "whole" ? "integer" : type.kind === "truth" ? "boolean" : type.kind;
}

function isPaired(column: ColumnProof, type: Type | undefined): boolean {
  const isWhole = ["integer", "bigint"].includes(column.type) || (column.type === "decimal" && column.scale === 0);
  switch (type?.kind) {
    case "unknown":
    case "null":
      return true;
    case "whole":
      return isWhole;
    case "truth":
      return isWhole || column.type === "boolean";
    case "decimal":
      return (column.type === "decimal" && column.scale === type.scale) || (type.scale === 0 && isWhole);
    default:
      return column.type === type?.kind;
  }
}

/** One column of both texts: a number as wide as the wider one, and the values of an ENUM where both have only these. */
function joined(column: ColumnProof, type: Type | null): ColumnProof {
  if (type === null || type.kind === "unknown") return column;
  const { values, ...plain } = column;
  const theirs = valuesOf(type);
  const isListed = values !== undefined && (theirs?.every((one) => values.includes(one)) ?? false);
  return {
    ...plain,
    ...(isListed ? { values } : {}),
    type: column.type === "integer" && valueType(type) === "bigint" ? "bigint" : column.type,
    nullable: column.nullable || type.nullable,
  };
}

/** Columns that share a name, and columns that SQLite names differently. */
export function nameFindings(columns: readonly ColumnProof[], sqliteNames: readonly string[] | null): Finding[] {
  const names = columns.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const messages = [...repeated].map((name) => `two columns are named "${name}": give one an alias with AS`);
  if (names.includes("__proto__"))
    messages.push('"__proto__" cannot be a property of a row: give the column an alias with AS');
  const odd =
    sqliteNames === null ? -1 : names.findIndex((name, index) => name !== plainName(sqliteNames[index] ?? ""));
  if (odd !== -1)
    messages.push(
      `column ${odd + 1} is named "${names[odd]}" on MariaDB and "${plainName(sqliteNames?.[odd] ?? "")}" on SQLite: give it an alias with AS`,
    );
  return messages.map((message) => ({ message, offset: null }));
}
