import type { Binary, ColumnName, Expression, InQuery, SqlStatement, Subquery } from "../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { isSeparate } from "../queries/joins/semijoins.ts";
import type { Bound } from "../scope.ts";
import { columnsIn, nodesIn } from "../walk.ts";

/**
 * Where a column equals a subquery, MariaDB puts that in its place, also before IN (SELECT ..). There it takes the value
 * for NULL, because the column never was, which shows wherever such an answer is more than a condition.
 */
export function checkEqualMemberships(statement: SqlStatement, context: Context): void {
  if (context.mode === "sqlite") return;
  const nodes = nodesIn(statement);
  const equal = nodes
    .filter(isEquality)
    .flatMap(({ left, right }) => [...equalTo(left, right, context), ...equalTo(right, left, context)]);
  if (equal.length === 0) return;
  for (const node of nodes.flatMap((one) => ("where" in one ? soughtIn(one.where, true, context) : []))) {
    const side = node.operand.kind === "column" ? context.bound.get(node.operand) : undefined;
    if (side === undefined || !equal.some((one) => maybeSame(one, side))) continue;
    refuse(
      context,
      "no-rule",
      `${quoted(node.operand)} equals a subquery, for which MariaDB takes it for NULL before IN (SELECT ..): write NOT EXISTS, or = COALESCE((SELECT ..), 0)`,
      node,
    );
  }
}

function isEquality(node: object): node is Binary {
  return "kind" in node && node.kind === "binary" && "operator" in node && ["=", "<>"].includes(String(node.operator));
}

/** A column that equals a subquery that is the same for each of its rows. */
function equalTo(side: Expression, other: Expression, context: Context): Bound[] {
  if (side.kind !== "column" || other.kind !== "subquery" || counts(other)) return [];
  const bound = context.bound.get(side);
  if (bound === undefined) return [];
  const isOwn = (name: ColumnName): boolean => context.bound.get(name)?.scope.relations === bound.scope.relations;
  return columnsIn(other).some(isOwn) ? [] : [bound];
}

/** A number of rows is never NULL. */
function counts({ query: { first, others, limit } }: Subquery): boolean {
  const [item] = first.items;
  const isPlain = others.length === 0 && limit === null && first.group.length === 0 && first.having === null;
  return isPlain && item?.kind === "value" && item.value.kind === "call" && item.value.name === "COUNT";
}

/** A column of a merged view may be any column. */
function maybeSame(one: Bound, other: Bound): boolean {
  if (one.relation.merged !== other.relation.merged) return true;
  return one.relation.alias === other.relation.alias
    ? one.column.name === other.column.name
    : one.relation.merged && other.relation.merged;
}

/** The IN (SELECT ..) of a condition, besides those that AND and OR join. */
function soughtIn(node: unknown, plain: boolean, context: Context): InQuery[] {
  if (typeof node !== "object" || node === null) return [];
  if (!("kind" in node)) return Object.values(node).flatMap((child) => soughtIn(child, false, context));
  if (node.kind === "subquery" || node.kind === "exists") return [];
  if (isMembership(node)) return plain && !isSeparate(node.query, context) ? [] : [node];
  const joins = node.kind === "binary" && "operator" in node && (node.operator === "AND" || node.operator === "OR");
  return Object.values(node).flatMap((child) => soughtIn(child, plain && joins, context));
}

function isMembership(node: object): node is InQuery {
  return "kind" in node && node.kind === "in-query";
}
