import { sqliteType } from "../../rules/sqlite-alone.ts";
import type { Binary, Case, Cast, ColumnName, Exists, Expression, Subquery, Unary } from "../../tree/nodes.ts";
import { argument } from "../argument.ts";
import { byEngine, type Context, doubt, edit, isSqliteAlone, isSqliteOfPair, quoted, refuse } from "../context.ts";
import { cureFor } from "../cures/cures.ts";
import { unitsOf } from "../literals.ts";
import { apply, compare, condition, negated } from "../operators.ts";
import { pairedType } from "../pairs.ts";
import { checkAliasBetween } from "../queries/names.ts";
import { checkGroupsInExists, checkReadAround } from "../queries/subqueries.ts";
import { checkForgotten } from "../reruns.ts";
import { candidates, lookUp, type Scope } from "../scope.ts";
import {
  integerType,
  mostPlaces,
  safeRange,
  type Type,
  truth,
  unknown,
  unlisted,
  widened,
  within,
  withNull,
} from "../type.ts";
import { typeOfCall } from "./calls.ts";
import { chosen } from "./chosen.ts";
import { betweenType, comparisonType, listType, membership } from "./comparisons.ts";
import { joinWindow } from "./joined-texts.ts";
import { likeType } from "./likes.ts";
import { encloseNegated } from "./negated-lists.ts";
import { checkNullMemberships } from "./null-memberships.ts";

/** The type of an expression. What the table of rules does not cover is refused, and counts as unknown from then on. */
export function typeOfExpression(node: Expression, scope: Scope, context: Context): Type {
  if (tellsNull(node)) checkNullMemberships(node, scope, context);
  switch (node.kind) {
    case "number":
      return numberType(node, context);
    case "text": {
      const length = [...node.value].length;
      return { kind: "text", collation: "free", length, literal: node.value, nullable: false };
    }
    case "blob":
      // x'..' has two digits for each byte.
      return { kind: "blob", bytes: (node.to - node.from - 3) / 2, nullable: false };
    case "null":
      return { kind: "null", nullable: true };
    case "truth":
      return truth(false);
    case "parameter":
      return context.parameters.typeOf(node.token.name);
    case "column":
      return columnTypeOf(node, scope, context);
    case "unary":
      if (node.operator === "NOT") return negatedType(node.operand, scope, context);
      return negativeType(node, scope, context);
    case "binary":
      return binaryType(node, scope, context);
    case "null-test": {
      const type = context.typers.expression(node.operand, scope, context);
      if (node.operand.kind === "parameter") context.parameters.mayBeNull(node.operand.token.name);
      if (type.kind === "null") refuse(context, "null", "NULL IS NULL says nothing: leave it out", node);
      return truth(false);
    }
    case "between":
      return betweenType(node, scope, context);
    case "in-list":
      return listType(node, scope, context);
    case "in-query":
      return membership(node, scope, context);
    case "like":
      return likeType(node, scope, context);
    case "case":
      return caseType(node, scope, context);
    case "call":
      return typeOfCall(node, scope, context);
    case "cast":
      return castType(node, scope, context);
    case "exists": {
      checkGroupsInExists(node.query, context);
      const { forgotten = null } = context.typers.query(node.query, scope, scope.named, context);
      checkForgotten(forgotten, context);
      return truth(false);
    }
    case "subquery":
      return subqueryType(node, scope, context);
    case "row":
      refuse(context, "no-rule", "a row (a, b) can only be compared with another row or with IN", node);
      return unknown;
  }
}

/** True where a condition inside that is NULL is another value than one that is false. */
function tellsNull(node: Expression): boolean {
  if (node.kind === "binary") return node.operator !== "AND" && node.operator !== "OR";
  return ["null-test", "between", "in-list", "like", "call", "cast"].includes(node.kind);
}

function negatedType(operand: Expression, scope: Scope, context: Context): Type {
  checkNullMemberships(operand, scope, context);
  if (operand.kind === "exists") return existing(operand, scope, context);
  const type = condition(argument(operand, scope, context), context);
  encloseNegated(operand, context);
  return type;
}

/** MariaDB joins the query of EXISTS to the one around it, that of NOT EXISTS never. */
function existing({ query }: Exists, scope: Scope, context: Context): Type {
  checkGroupsInExists(query, context);
  context.typers.query(query, scope, scope.named, context);
  return truth(false);
}

function numberType(node: Expression & { kind: "number" }, context: Context): Type {
  const number = unitsOf(node.text);
  if (isSqliteAlone(context) && number?.scale !== 0) return { kind: "double", nullable: false };
  if (number === null) {
    refuse(context, "no-rule", `${node.text} is a float: write it with digits and a point, or as a parameter`, node);
    return { kind: "double", nullable: false };
  }
  const { units, scale } = number;
  const range = { min: units, max: units };
  if (!within(range, safeRange))
    refuse(context, "range", `${node.text} is beyond 2^53, which no program reads exactly`, node);
  if (scale > mostPlaces && !isSqliteAlone(context))
    refuse(context, "range", `${node.text} has more places than the 38 that MariaDB has: write fewer`, node);
  if (scale === 0) return { kind: "whole", range, literal: units, nullable: false };
  // On its own it is a decimal of its own places; beside another value it gets that one's.
  edit(context, "sqlite", node, context.spelled.get(node) ?? String(units));
  return { kind: "decimal", scale, range, literal: units, nullable: false };
}

const clocks: ReadonlySet<string> = new Set(["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"]);

const rowids: ReadonlySet<string> = new Set(["rowid", "_rowid_", "oid"]);

function columnTypeOf(node: ColumnName, scope: Scope, context: Context): Type {
  const clock = node.table === null ? node.name.toUpperCase() : "";
  if (clocks.has(clock)) {
    if (context.mode === "both") refuse(context, "function", cureFor(clock, []) ?? clock, node);
    if (isSqliteOfPair(context)) return pairedType(clock, []);
    return (isSqliteAlone(context) ? sqliteType(clock, []) : null) ?? unknown;
  }
  const alias = node.table === null ? scope.aliases.get(node.name.toLowerCase()) : undefined;
  const bound = lookUp(node, scope);
  if (alias === undefined) {
    const isOwn = bound !== null && (node.table !== null || bound.scope.relations === scope.relations);
    if (!isOwn && context.mode === "both" && rowids.has(node.name.toLowerCase()))
      refuse(
        context,
        "function",
        `${node.name} is SQLite's number of a row: write the primary key, or the alias before a column of that name`,
        node,
      );
    if (bound === null) return unboundType(node, scope, context);
    context.bound.set(node, bound);
    const { type } = bound.column;
    const around = bound.scope.relations !== scope.relations;
    if (around && type.kind === "text" && type.collation === "folding" && context.mode === "both")
      refuse(
        context,
        "collation",
        `${quoted(node)} of the query around: MariaDB answers a subquery once for all texts that its collation takes for equal`,
        node,
      );
    if (around) checkReadAround(node, bound, context);
    if (around) checkAliasBetween(node, bound, scope, context);
    const { always, found } = bound.relation.constants;
    if (around && context.mode === "both" && found.includes(bound.column.name) && !always.includes(bound.column.name))
      refuse(
        context,
        "no-rule",
        `${quoted(node)} is a constant of an outer join of the query around, which MariaDB shows where the join found no row: join the table`,
        node,
      );
    return bound.column.type;
  }
  const own = bound !== null && bound.scope.relations === scope.relations ? bound : null;
  const same = alias.bound !== null && own !== null && alias.bound.column === own.column;
  if (own !== null && !same && (context.mode === "both" || context.paired))
    refuse(
      context,
      "alias",
      `${node.name} is an alias and a column: each engine may take another one; rename the alias, or write ${own.relation.alias}.${node.name} for the column`,
      node,
    );
  if (alias.bound !== null) context.bound.set(node, alias.bound);
  return alias.type;
}

/** A name that no FROM offers, such as an alias of the query around, has no type that anything could be compared with. */
function unboundType(node: ColumnName, scope: Scope, context: Context): Type {
  const [first, ...others] = candidates(node, scope);
  const message =
    first !== undefined && others.length > 0
      ? `${quoted(node)} is a column of several tables: write ${first.relation.alias}.${node.name}`
      : `${quoted(node)} is no column of a table in FROM, here or around: write the column`;
  if (context.mode === "both") doubt(context, "alias", message, node);
  return rowidType(node, scope, context);
}

/** SQLite's own number of a row: there is none where an outer join or a view found no row. */
function rowidType(node: ColumnName, scope: Scope, context: Context): Type {
  if (context.mode !== "sqlite" || !rowids.has(node.name.toLowerCase())) return unknown;
  const [only, ...others] = scope.relations;
  const isPlain = only !== undefined && others.length === 0 && !only.stored && !only.merged && !only.filled;
  return integerType(safeRange, !isPlain);
}

function binaryType(node: Binary, scope: Scope, context: Context): Type {
  const { operator, left, right } = node;
  switch (operator) {
    case "AND":
    case "OR": {
      const sides = [left, right].map((side) => condition(argument(side, scope, context), context));
      return truth(sides.some((side) => side.nullable));
    }
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "<=>":
    case "IS DISTINCT FROM":
      return comparisonType(node, scope, context);
    default: {
      const args = [argument(left, scope, context), argument(right, scope, context)];
      if (operator === "||") joinWindow(left, context);
      const type = apply(operator, args, node, node.sign, context);
      // Otherwise SQLite would say only that it does not know the word.
      if (operator === "DIV" && type.kind === "unknown") edit(context, "sqlite", node.sign, "/");
      return type;
    }
  }
}

function caseType(node: Case, scope: Scope, context: Context): Type {
  const { subject } = node;
  if (subject !== null) {
    const args = [subject, ...node.branches.map((branch) => branch.when)].map((side) => argument(side, scope, context));
    compare("=", args, node, context);
  } else for (const branch of node.branches) condition(argument(branch.when, scope, context), context);
  const results = [
    ...node.branches.map((branch) => branch.result),
    ...(node.otherwise === null ? [] : [node.otherwise]),
  ];
  const type = chosen(results, node, scope, context);
  return node.otherwise === null ? withNull(type, true) : type;
}

function negativeType(node: Unary, scope: Scope, context: Context): Type {
  const type = apply("NEGATE", [argument(node.operand, scope, context)], node, null, context);
  negated(node, type, context);
  return type;
}

function castType(node: Cast, scope: Scope, context: Context): Type {
  const operand = argument(node.operand, scope, context);
  if (operand.type.kind === "open") return unknown;
  return apply(`CAST ${node.type}`, [operand], node, null, context);
}

function subqueryType(node: Subquery, scope: Scope, context: Context): Type {
  const { columns, rows } = context.typers.query(node.query, scope, scope.named, context);
  const [column] = columns;
  if (column === undefined || columns.length > 1) return unknown;
  if (rows === "many")
    refuse(
      context,
      "one-row",
      byEngine(
        context,
        "this subquery may have several rows: MariaDB refuses them and SQLite takes the first; select MAX or MIN, or name a unique key in its WHERE",
        "this subquery may have several rows, which MariaDB refuses; select MAX or MIN, or name a unique key in its WHERE",
        "this subquery may have several rows, of which SQLite takes the first; select MAX or MIN, or name a unique key in its WHERE",
      ),
      node,
    );
  // MariaDB makes a plain text of an ENUM there.
  const type = unlisted(column.type);
  return rows === "one" ? type : withNull(widened(type), true);
}
