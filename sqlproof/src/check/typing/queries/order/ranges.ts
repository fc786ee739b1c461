// What MariaDB finds out of the values of an execution before it reads rows: that a range is empty, as of
// `d >= :from AND d < :to`, that a number is beyond its column, or that a condition compares with NULL.
import type { Between, Binary, Expression, InList } from "../../../tree/nodes.ts";
import type { Context } from "../../context.ts";
import type { Scope } from "../../scope.ts";
import { isNarrow } from "../../type.ts";
import { attributesIn, columnsIn, isGiven, isParameter, nodesIn, queriesIn } from "../../walk.ts";

/** The comparisons by which MariaDB looks for a range of values. */
export const compares: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">=", "<=>", "IS DISTINCT FROM"]);

/** Where conditions stand, and what is known of their columns. */
export interface Asked {
  readonly scopes: ReadonlySet<Scope>;
  readonly context: Context;
  /** The columns that constants and keys find. */
  readonly found: ReadonlySet<string>;
  /** The name of a column and of all that are equal to it. */
  readonly classOf: (attribute: string) => string;
  /** What queries in FROM bound of their columns themselves. */
  readonly inner: readonly Pick<Bounded, "attribute" | "isGiven">[];
}

/** True where parameters may leave no value that meets one of the conditions and all others. */
export function mayMeetNothing(conditions: readonly Expression[], all: readonly Expression[], asked: Asked): boolean {
  const { scopes, context } = asked;
  const bounds = boundsOf(conditions, asked);
  const inner = asked.inner.map((one) => ({ ...one, attribute: asked.classOf(one.attribute) }));
  const others = [
    ...inner,
    ...boundsOf(
      all.filter((one) => !conditions.includes(one)),
      asked,
    ),
  ];
  const isTwice = bounds.some((one, at) => {
    const beside = [...bounds.filter((_, place) => place !== at), ...others];
    return beside.some((other) => other.attribute === one.attribute && (one.isGiven || other.isGiven));
  });
  const isBeyond = bounds.some((one) => one.isGiven && one.isNarrow);
  return isTwice || isBeyond || conditions.some((one) => mayBeNull(one, scopes, context));
}

/** The columns that conditions bound. */
export function boundsOf(conditions: readonly Expression[], asked: Asked): readonly Bounded[] {
  return conditions.flatMap(comparisonsIn).flatMap((one) => boundBy(one, asked));
}

/** True of `n IN (:ids)`, and beside a parameter or a column of the query around that may be NULL. */
function mayBeNull(node: Expression, scopes: ReadonlySet<Scope>, { parameters, bound }: Context): boolean {
  if (!isGiven(node, bound, scopes)) return false;
  if (node.kind === "in-list" || queriesIn(node).length > 0) return true;
  const isNull = columnsIn(node).some((name) => {
    const meant = bound.get(name);
    if (meant === undefined || scopes.has(meant.scope)) return false;
    return meant.column.type.nullable || meant.relation.filled === true;
  });
  return (
    isNull ||
    nodesIn(node)
      .filter(isParameter)
      .some(({ token }) => parameters.typeOf(token.name).nullable)
  );
}

/** The comparisons somewhere in a condition, but not those within its subqueries. */
export function comparisonsIn(node: Expression): readonly (Binary | Between | InList)[] {
  const inner = new Set(queriesIn(node).flatMap(nodesIn));
  return nodesIn(node)
    .filter(isComparison)
    .filter((one) => !inner.has(one));
}

function isComparison(node: object): node is Binary | Between | InList {
  if (!("kind" in node)) return false;
  if (node.kind === "between" || node.kind === "in-list") return true;
  return node.kind === "binary" && "operator" in node && compares.has(String(node.operator));
}

interface Bounded {
  readonly attribute: string;
  readonly isGiven: boolean;
  readonly isNarrow: boolean;
}

/** The column that a comparison with constants and parameters bounds; BETWEEN bounds it twice. */
function boundBy(node: Expression, { scopes, context, found, classOf }: Asked): Bounded[] {
  if (!isComparison(node)) return [];
  const used = [...new Set(attributesIn(node, context.bound, scopes))];
  const open = used.filter((one) => !found.has(one));
  // Of one row that is found, each column is a constant, which may be another one in the next execution.
  const [attribute, ...others] = open.length === 1 ? open : used;
  if (attribute === undefined || others.length > 0) return [];
  const types = columnsIn(node).flatMap((name) => context.bound.get(name)?.column.type ?? []);
  const bounded = {
    attribute: classOf(attribute),
    isGiven: isGiven(node, context.bound, scopes) || used.length > 1,
    isNarrow: types.some(isNarrow) && node.kind !== "in-list",
  };
  return node.kind === "between" ? [bounded, bounded] : [bounded];
}
