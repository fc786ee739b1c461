// Where an outer join fills one row that constants alone find, MariaDB reads it before it plans the rest. A condition of
// that row and the query around then seems to be one of constants: if the first row of the query around does not meet
// it, MariaDB finds no rows for the others either.
import type { Expression, Select } from "../../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../../context.ts";
import { isAround, type Relation, type Scope } from "../../scope.ts";
import { columnsIn } from "../../walk.ts";
import { closure, comparing, conjuncts, equalities, keyDependencies } from "../keys.ts";
import { onsIn } from "../order/switched-conditions.ts";

/** Refuses a condition of a subquery that compares such a row with a column of the query around. */
export function checkFirstRow(select: Select, scopes: ReadonlySet<Scope>, scope: Scope, context: Context): void {
  if (context.mode === "sqlite" || scope.parent === null) return;
  const conditions = [select.where, ...onsIn(select.source)].filter((one) => one !== null).flatMap(conjuncts);
  const single = singleRows(conditions, scopes, scope, context);
  if (single.size === 0) return;
  for (const condition of conditions) {
    const bound = columnsIn(condition).flatMap((name) => context.bound.get(name) ?? []);
    const isOfBoth =
      bound.some(({ relation }) => single.has(aliasOf(relation))) && bound.some((one) => isAround(one.scope, scope));
    if (isOfBoth && !leavesFilled(condition, single, context))
      refuse(
        context,
        "no-rule",
        `${quoted(condition)} compares the one row of a LEFT or RIGHT JOIN with the query around: MariaDB decides it once, with that query's first row; write = of a column itself, or select the row in a query of its own`,
        condition,
      );
  }
}

/** The aliases of the tables that an outer join fills, one row of which constants and parameters find. */
function singleRows(
  conditions: readonly Expression[],
  scopes: ReadonlySet<Scope>,
  { relations }: Scope,
  context: Context,
): ReadonlySet<string> {
  const filled = relations.filter(({ filled: isFilled }) => isFilled === true);
  if (filled.length === 0) return new Set();
  const known = closure([], [...equalities(conditions, context.bound, scopes), ...keyDependencies(relations)]);
  const isKnown = ({ alias, keys, nullableKeys = [] }: Relation): boolean =>
    [...keys, ...nullableKeys].some((key) => key.every((name) => known.has(`${alias}.${name}`.toLowerCase())));
  return new Set(filled.filter((one) => isKnown(one) || one.joins !== null).map(aliasOf));
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
