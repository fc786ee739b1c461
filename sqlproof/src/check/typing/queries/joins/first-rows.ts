// Where an outer join fills one row that constants alone find, MariaDB reads it before it plans the rest. A condition of
// that row and the query around then seems to be one of constants: if the first row of the query around does not meet
// it, MariaDB finds no rows for the others either. Once an aggregate has found no rows, it misses that row, too.
import type { Expression, Source } from "../../../tree/nodes.ts";
import { hasAggregate } from "../../aggregates.ts";
import { type Context, quoted, refuse } from "../../context.ts";
import { isAround, type Relation, type Scope } from "../../scope.ts";
import { columnsIn } from "../../walk.ts";
import { closure, comparing, conjuncts, equalities, isKeyKnown, keyDependencies } from "../keys.ts";
import { onsIn } from "../order/switched-conditions.ts";
import type { TypedSelect } from "../typed-select.ts";

/** Refuses such a condition, and an aggregate over such a row, in a subquery that names the query around. */
export function checkFirstRow({ select, scopes, scope }: TypedSelect, context: Context): void {
  if (context.mode === "sqlite" || scope.parent === null) return;
  const conditions = [select.where, ...onsIn(select.source)].filter((one) => one !== null).flatMap(conjuncts);
  const single = singleRows(conditions, scopes, scope, context);
  if (single.size === 0 || !namesAround(select, scope, context)) return;
  const aggregated = select.group.length === 0 && [...select.items, select.having].some(hasAggregate);
  if (aggregated && !isAlwaysFound(select.source, single, context))
    refuse(
      context,
      "no-rule",
      "an aggregate over the one row of a LEFT or RIGHT JOIN, in a subquery that names the query around: where that finds no rows, MariaDB misses the row from then on; select the row in a query of its own",
      select,
    );
  for (const condition of conditions) {
    const isOfBoth = namesAround(condition, scope, context) && names(condition, single, context);
    if (isOfBoth && !leavesFilled(condition, single, context))
      refuse(
        context,
        "no-rule",
        `${quoted(condition)} compares the one row of a LEFT or RIGHT JOIN with the query around: MariaDB decides it once, with that query's first row; write = of a column itself, or select the row in a query of its own`,
        condition,
      );
  }
}

function namesAround(node: unknown, scope: Scope, context: Context): boolean {
  return columnsIn(node).some((name) => {
    const bound = context.bound.get(name);
    return bound !== undefined && isAround(bound.scope, scope);
  });
}

function names(node: unknown, aliases: ReadonlySet<string>, context: Context): boolean {
  return columnsIn(node).some((name) => {
    const bound = context.bound.get(name);
    return bound !== undefined && aliases.has(aliasOf(bound.relation));
  });
}

/** True where ON asks nothing of the tables beside such a row. */
function isAlwaysFound(source: Source | null, single: ReadonlySet<string>, context: Context): boolean {
  if (source === null || source.kind !== "join") return true;
  const asks = source.how !== "inner" && columnsIn(source.on).some((name) => !names(name, single, context));
  return !asks && [source.left, source.right].every((side) => isAlwaysFound(side, single, context));
}

/** The aliases of the tables that an outer join fills, one row of which constants and parameters find. */
function singleRows(
  conditions: readonly Expression[],
  scopes: ReadonlySet<Scope>,
  scope: Scope,
  context: Context,
): ReadonlySet<string> {
  const { relations } = scope;
  const filled = relations.filter(({ filled: isFilled }) => isFilled === true);
  if (filled.length === 0) return new Set();
  const same = conditions.filter((one) => !namesAround(one, scope, context)).map(asEquality);
  const known = closure([], [...equalities(same, context.bound, scopes), ...keyDependencies(relations)]);
  const isKnown = (one: Relation): boolean =>
    [...one.keys, ...(one.nullableKeys ?? [])].some((key) => isKeyKnown(one, key, known));
  return new Set(filled.filter((one) => isKnown(one) || one.joins !== null).map(aliasOf));
}

/** `x IN (:x)` and `x BETWEEN :x AND :x`, which MariaDB reads as `x = :x`. */
function asEquality(node: Expression): Expression {
  if (node.kind !== "in-list" && node.kind !== "between") return node;
  const [right, ...others] = node.kind === "in-list" ? node.items : [node.low];
  if (right === undefined || others.length > 0) return node;
  return { kind: "binary", operator: "=", left: node.operand, right, from: node.from, to: node.to, sign: node };
}

function aliasOf({ alias }: Relation): string {
  return alias.toLowerCase();
}

/** A comparison of the table's own column is true of no row that the join fills: MariaDB makes it an inner join. */
function leavesFilled(condition: Expression, single: ReadonlySet<string>, context: Context): boolean {
  if (condition.kind !== "binary" || !comparing.has(condition.operator)) return false;
  return [condition.left, condition.right].some((side) => {
    const bound = side.kind === "column" ? context.bound.get(side) : undefined;
    return bound !== undefined && bound.column.computed === undefined && single.has(aliasOf(bound.relation));
  });
}
