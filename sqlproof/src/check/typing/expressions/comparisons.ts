import { enclosed } from "../../parse/statement.ts";
import type { Between, Binary, Expression, InList, InQuery, Row } from "../../tree/nodes.ts";
import { hasAggregate, hasWindow } from "../aggregates.ts";
import { type Argument, argument } from "../argument.ts";
import { type Context, edit, editAround, enclose, quoted, refuse } from "../context.ts";
import { exactly, leastFloat } from "../floats.ts";
import { comparableAsIs, compare } from "../operators.ts";
import { storedRows, widenTexts } from "../queries/stored-rows.ts";
import { holdsSubquery } from "../queries/subqueries.ts";
import { checkForgotten } from "../reruns.ts";
import type { RelationColumn, Scope } from "../scope.ts";
import { type Type, truth, unknown, widened } from "../type.ts";
import { columnsIn, joinsOuter, namesInner, nodesIn } from "../walk.ts";

export function comparisonType(node: Binary, scope: Scope, context: Context): Type {
  const { operator, left, right } = node;
  if (left.kind === "row" || right.kind === "row") return rowComparison(node, left, right, scope, context);
  const args = [argument(left, scope, context), argument(right, scope, context)];
  if (context.mode !== "sqlite" && holdsLike(left) && holdsLike(right))
    refuse(
      context,
      "no-rule",
      "LIKE is compared with LIKE: MariaDB takes LIKE and NOT LIKE, and one with another ESCAPE, for the same; write AND and OR",
      node,
    );
  if (operator === "<=>" || operator === "IS DISTINCT FROM")
    for (const side of [left, right]) {
      if (side.kind === "parameter") context.parameters.mayBeNull(side.token.name);
      // SQLite reads IS TRUE as a test of truth, which 5 passes.
      if (side.kind === "truth" && context.mode === "both") edit(context, "sqlite", side, side.holds ? "1" : "0");
      const bound = side.kind === "column" ? context.bound.get(side) : undefined;
      if (context.mode === "both" && bound?.relation.loose.has(bound.column.name) === true)
        refuse(
          context,
          "no-rule",
          `${quoted(side)} may be NULL and is in a unique key: MariaDB finds one row at most by it; write = OR IS NULL`,
          node,
        );
    }
  if (operator === "IS DISTINCT FROM" && context.mode !== "sqlite") negatedEquality(node, context);
  return compare(operator, args, node, context);
}

function holdsLike(node: Expression): boolean {
  return nodesIn(node).some((one) => "kind" in one && one.kind === "like");
}

/** MariaDB has only the other one, and of `NOT (NOT (a <=> b))` it makes the equality again, by which it joins. */
function negatedEquality(node: Binary, context: Context): void {
  edit(context, "mariadb", node.sign, "<=>");
  editAround(context, "mariadb", node, `((${enclosed(node)}) = 0)`);
}

/** `(a, b) > (:a, :b)`: place by place, and none may be NULL. */
function rowComparison(node: Binary, left: Expression, right: Expression, scope: Scope, context: Context): Type {
  if (left.kind !== "row" || right.kind !== "row" || left.items.length !== right.items.length) {
    refuse(context, "no-rule", "a row is compared with a row of as many values", node);
    return truth(true);
  }
  const types = left.items.map((item, index) => {
    const args = [argument(item, scope, context), argument(right.items[index] ?? item, scope, context)];
    return compare(node.operator, args, node, context);
  });
  if (context.mode !== "sqlite" && (computesBeside(left, right) || computesBeside(right, left)))
    refuse(
      context,
      "grouping",
      `a row with an aggregate or a window is compared with columns, which MariaDB takes from another row: write (${oneByOne(node.operator, left.items, right.items)})`,
      node,
    );
  const nullable = types.some((type) => type.nullable);
  if (nullable && context.mode === "both")
    refuse(
      context,
      "no-rule",
      `rows of a column that is not NOT NULL are compared differently, also beside IS NOT NULL: write (${oneByOne(node.operator, left.items, right.items)})`,
      node,
    );
  return truth(nullable);
}

/** True for a row with an aggregate or a window, beside another one of columns. */
function computesBeside(row: Row, other: Row): boolean {
  return (hasAggregate(row) || hasWindow(row)) && columnsIn(other).length > 0;
}

/** The comparison of two rows, value by value. */
function oneByOne(operator: string, left: readonly Expression[], right: readonly Expression[]): string {
  const pairs = left.map((one, index) => [quoted(one), quoted(right[index] ?? one)] as const);
  if (!/^[<>]=?$/.test(operator))
    return pairs.map(([a, b]) => `${a} ${operator} ${b}`).join(operator === "<>" ? " OR " : " AND ");
  return pairs
    .map(([a, b], index) => {
      const equal = pairs.slice(0, index).map(([x, y]) => `${x} = ${y}`);
      const sign = index === pairs.length - 1 ? operator : operator.slice(0, 1);
      return equal.length === 0 ? `${a} ${sign} ${b}` : `(${[...equal, `${a} ${sign} ${b}`].join(" AND ")})`;
    })
    .join(" OR ");
}

export function betweenType(node: Between, scope: Scope, context: Context): Type {
  const args = [node.operand, node.low, node.high].map((side) => argument(side, scope, context));
  return compare("<=", args, node, context);
}

export function listType(node: InList, scope: Scope, context: Context): Type {
  if (node.operand.kind === "row") return rowList(node, node.operand, scope, context);
  const args = [node.operand, ...node.items].map((side) => argument(side, scope, context));
  if (args.slice(1).some(({ type }) => type.kind === "null")) {
    refuse(
      context,
      "null",
      "NULL in an IN list matches nothing and makes NOT IN never true: write IS NULL beside it",
      node,
    );
    return truth(true);
  }
  return compare("=", args, node, context);
}

function rowList(node: InList, operand: Row, scope: Scope, context: Context): Type {
  const types = node.items.map((item) =>
    rowComparison(
      { ...node, kind: "binary", operator: "=", left: operand, right: item, sign: node },
      operand,
      item,
      scope,
      context,
    ),
  );
  return truth(types.some((type) => type.nullable));
}

export function membership(node: InQuery, scope: Scope, context: Context): Type {
  const { forgotten = null, ...result } = context.typers.query(node.query, scope, scope.named, context);
  // MariaDB carries the comparison into each SELECT of a UNION.
  const { columns } = node.query.others.length > 0 ? storedRows(result, context) : result;
  checkForgotten(forgotten, context);
  const operands = node.operand.kind === "row" ? node.operand.items : [node.operand];
  if (columns.length !== operands.length) return truth(true);
  const types = operands.map((operand, index) => {
    const inner: Argument = { node: operand, type: soughtIn(node, columns[index], index, context) };
    return compare("=", [argument(operand, scope, context), inner], node, context);
  });
  if (context.mode !== "sqlite") checkMembership(node, scope, context);
  widenTexts(node.query.first, context);
  const nullable = types.some((type) => type.nullable);
  if (nullable && context.mode !== "sqlite" && joinsOuter(node.query))
    refuse(
      context,
      "no-rule",
      "MariaDB answers IN (SELECT ..) of a LEFT or RIGHT JOIN otherwise where a value is NULL: write EXISTS",
      node,
    );
  return truth(nullable);
}

/** The type of a column that IN looks through, without floats. */
function soughtIn({ query }: InQuery, column: RelationColumn | undefined, index: number, context: Context): Type {
  if (column === undefined) return unknown;
  const type = widened(column.type);
  const item = query.others.length === 0 ? query.first.items[index] : undefined;
  if (item?.kind === "value" && query.first.items.every(({ kind }) => kind === "value"))
    return leastFloat(type) === null ? type : exactly(item.value, type, context);
  const { from, to } = query.first;
  return comparableAsIs(type, { kind: "column", table: null, name: column.name, from, to }, "comparing", context);
}

/** Forms that MariaDB answers wrongly. */
function checkMembership({ query, operand, to, from }: InQuery, scope: Scope, context: Context): void {
  const place = { from, to };
  const selects = [query.first, ...query.others.map((other) => other.select)];
  const values = selects.flatMap(({ items }) => items.flatMap((item) => (item.kind === "value" ? [item.value] : [])));
  const nested = [...(operand.kind === "row" ? operand.items : [operand]), ...values].find((one) =>
    holdsSubquery(one, context),
  );
  if (nested !== undefined)
    refuse(
      context,
      "no-rule",
      `${quoted(nested)} is a subquery that IN (SELECT ..) compares, which MariaDB answers otherwise: write EXISTS`,
      nested,
    );
  for (const { items } of selects)
    for (const item of items)
      if (item.kind === "value" && !hasAggregate(item.value) && !namesInner(item.value, scope, context.bound))
        refuse(
          context,
          "no-rule",
          `${quoted(item.value)} names no column of the query that IN looks through, which MariaDB answers otherwise: write EXISTS`,
          item,
        );
  for (const value of values) encloseListed(value, context);
  if (selects.some(({ items }) => hasWindow(items)))
    refuse(
      context,
      "no-rule",
      "MariaDB finds nothing IN a query of OVER (..): put that query into WITH or FROM",
      place,
    );
  if (hasAggregate(operand))
    refuse(context, "no-rule", "MariaDB finds no aggregate IN a query: select the aggregate in FROM first", place);
}

/** MariaDB forgets a NULL of an ENUM or SET column that IN looks through, for a text that is no member. */
function encloseListed(value: Expression, context: Context): void {
  if (value.kind !== "column" && !(value.kind === "call" && (value.name === "MIN" || value.name === "MAX"))) return;
  const isListed = columnsIn(value).some((name) => {
    const type = context.bound.get(name)?.column.type;
    return type?.kind === "text" && type.listed !== undefined;
  });
  if (isListed) enclose(context, value);
}
