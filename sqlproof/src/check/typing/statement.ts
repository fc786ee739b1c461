// The typing: computes the type of every expression of a statement, bottom up, by the table of rules in `rules`.
// `scope` says what names mean, `queries` and `writes` go through the statements, `parameters` decides the parameters.
import type { ParameterProof } from "../../runtime/proof.ts";
import type { Finding } from "../parse/finding.ts";
import type { Edit, Statement } from "../parse/statement.ts";
import type { Expression, SqlStatement } from "../tree/nodes.ts";
import { type Context, doubt, keyOf, type Mode, quoted, type Refusal } from "./context.ts";
import { checkEqualMemberships } from "./expressions/equal-memberships.ts";
import { typeOfExpression } from "./expressions/expressions.ts";
import { Parameters } from "./parameters/parameters.ts";
import { typeOfQuery } from "./queries/queries.ts";
import type { Selected } from "./queries/typed-select.ts";
import { checkMemberships, checkView } from "./reruns.ts";
import type { RelationColumn } from "./scope.ts";
import { typeOfDelete, typeOfInsert, typeOfUpdate } from "./writes/writes.ts";

/** What is known about the schema, by the engines' own catalogs. */
export type Schema = Pick<
  Context,
  | "catalog"
  | "viewQuery"
  | "comparesAlike"
  | "refusesOutside"
  | "refusesShorter"
  | "sqliteTriggers"
  | "exact"
  | "paired"
  | "merges"
>;

export interface Typed {
  readonly findings: readonly Finding[];
  /** Parameters whose type nothing says and functions that no rule names: an engine's own refusal says more. */
  readonly doubts: readonly Finding[];
  readonly parameters: readonly ParameterProof[];
  /** The result columns, in order; a column without a name of its own has an empty one. */
  readonly columns: readonly RelationColumn[];
  /** What the engines get in other words. */
  readonly edits: readonly Edit[];
}

/** Types a whole statement. `without` leaves out some reasons to refuse, to show that they are needed. */
export function typeStatement(
  statement: SqlStatement,
  { sql, parameters: tokens }: Pick<Statement, "sql" | "parameters">,
  schema: Schema,
  mode: Mode,
  without: ReadonlySet<Refusal> = new Set(),
): Typed {
  const parameters = new Parameters(tokens, schema.exact);
  let untyped: Expression | null = null;
  const expression: typeof typeOfExpression = (node, scope, context) => {
    const type = typeOfExpression(node, scope, context);
    if (type.kind === "unknown") untyped ??= node;
    return type;
  };
  const pass = (): { context: Context; columns: readonly RelationColumn[] } => {
    untyped = null;
    const context: Context = {
      ...schema,
      mode,
      typers: { expression, query: typeOfQuery },
      without,
      parameters,
      findings: [],
      doubts: [],
      edits: new Map(),
      spelled: new Map(),
      bound: new Map(),
      outermost: statement.kind === "select" && statement.query.others.length === 0 ? statement.query.first : null,
      writes: statement.kind !== "select",
    };
    return { context, columns: columnsOf(statement, context) };
  };
  pass();
  const decided = parameters.decide();
  const { context, columns } = pass();
  const isRefused = context.findings.length + context.doubts.length > 0;
  const undecided = isRefused ? decided.findings : [...decided.findings, ...decided.following];
  checkMemberships(statement, context);
  checkEqualMemberships(statement, context);
  nameItems(statement, sql, context);
  checkTyped(untyped, undecided, context);
  const findings = context.findings.toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  return {
    findings,
    doubts: [...undecided, ...context.doubts],
    parameters: parameters.proofs,
    columns,
    edits: [...context.edits.values()],
  };
}

/** Each engine names a column without an alias in its own way: it gets the words of the text as its alias. */
function nameItems(statement: SqlStatement, sql: string, context: Context): void {
  const items = statement.kind === "select" ? statement.query.first.items : statement.returning;
  for (const item of items) {
    if (item.kind === "star" || item.alias !== null) continue;
    const { value } = item;
    const meant = value.kind === "column" ? context.bound.get(value)?.column.name : undefined;
    const words = value.kind === "column" ? value.name : sql.slice(item.from, item.to).replace(/\s+/g, " ");
    if ((value.kind === "column" && (meant === undefined || meant === value.name)) || words.length > 64) continue;
    const end = { from: item.to, to: item.to };
    const names = { mariadb: `"${words.replaceAll('"', '""')}"`, sqlite: `\`${words.replaceAll("`", "``")}\`` };
    for (const engine of ["mariadb", "sqlite"] as const) {
      // An ESCAPE may stand at the same place.
      const before = context.edits.get(keyOf(engine, end))?.text ?? "";
      if (before.startsWith(" AS ")) continue;
      const text = `${before} AS ${names[engine]}`;
      context.edits.set(keyOf(engine, end), { engine, ...end, text, ...(before === "" ? { alias: true } : {}) });
    }
  }
}

function columnsOf(statement: SqlStatement, context: Context): readonly RelationColumn[] {
  switch (statement.kind) {
    case "select": {
      const result = typeOfQuery(statement.query, null, new Map(), context);
      if (context.merges) checkView(result, context);
      return result.columns;
    }
    case "insert":
      return named(typeOfInsert(statement, context));
    case "update":
      return named(typeOfUpdate(statement, context));
    case "delete":
      return named(typeOfDelete(statement, context));
  }
}

function named(selected: readonly Selected[]): RelationColumn[] {
  return selected.map(({ name, type, alias }) => ({ name, type, json: alias.bound?.column.json === true }));
}

/** What has no type was refused where it stands, so that nothing is accepted of which the rules do not know what it is. */
function checkTyped(untyped: Expression | null, undecided: readonly Finding[], context: Context): void {
  if (untyped === null || context.mode !== "both" || context.without.size > 0) return;
  if (context.findings.length + context.doubts.length + undecided.length > 0) return;
  doubt(context, "no-rule", `${quoted(untyped)} has no type that the table of rules knows`, untyped);
}
