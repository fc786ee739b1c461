// What MariaDB finds out of the values of an execution before it reads rows: that a range is empty, as of
// `d >= :from AND d < :to`, that a number is beyond its column, or that a condition compares with NULL.
import type { Between, Binary, Expression, InList } from "../../../tree/nodes.ts";
import type { Context } from "../../context.ts";
import type { Scope } from "../../scope.ts";
import { isNarrow } from "../../type.ts";
import { attributesIn, columnsIn, hasParameter, isParameter, nodesIn } from "../../walk.ts";

/** The comparisons by which MariaDB looks for a range of values. */
export const compares: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">=", "<=>", "IS DISTINCT FROM"]);

/** True where parameters may leave no value that meets one of the conditions and all others. */
export function mayMeetNothing(
  conditions: readonly Expression[],
  all: readonly Expression[],
  scopes: ReadonlySet<Scope>,
  context: Context,
): boolean {
  const bounds = conditions.flatMap((one) => boundBy(one, scopes, context));
  const others = all.filter((one) => !conditions.includes(one)).flatMap((one) => boundBy(one, scopes, context));
  const isTwice = bounds.some((one, at) => {
    const beside = [...bounds.filter((_, place) => place !== at), ...others];
    return beside.some((other) => other.attribute === one.attribute && (one.byParameter || other.byParameter));
  });
  const isBeyond = bounds.some(({ byParameter, isNarrow: narrow }) => byParameter && narrow);
  return isTwice || isBeyond || conditions.some((one) => hasParameter(one) && isNull(one, context));
}

/** True of `n IN (:ids)`, and of a parameter that may be NULL. */
function isNull(node: Expression, { parameters }: Context): boolean {
  if (node.kind === "in-list") return true;
  return nodesIn(node)
    .filter(isParameter)
    .some(({ token }) => parameters.typeOf(token.name).nullable);
}

/** The comparisons somewhere in a condition. */
export function comparisonsIn(node: Expression): readonly (Binary | Between | InList)[] {
  return nodesIn(node).filter(isComparison);
}

function isComparison(node: object): node is Binary | Between | InList {
  if (!("kind" in node)) return false;
  if (node.kind === "between" || node.kind === "in-list") return true;
  return node.kind === "binary" && "operator" in node && compares.has(String(node.operator));
}

interface Bounded {
  readonly attribute: string;
  readonly byParameter: boolean;
  readonly isNarrow: boolean;
}

/** The column that a comparison with constants and parameters bounds; BETWEEN bounds it twice. */
function boundBy(node: Expression, scopes: ReadonlySet<Scope>, context: Context): Bounded[] {
  if (!isComparison(node) || node.kind === "in-list") return [];
  const [attribute, ...others] = new Set(attributesIn(node, context.bound, scopes));
  if (attribute === undefined || others.length > 0) return [];
  const types = columnsIn(node).flatMap((name) => context.bound.get(name)?.column.type ?? []);
  const bounded = { attribute, byParameter: hasParameter(node), isNarrow: types.some(isNarrow) };
  return node.kind === "between" ? [bounded, bounded] : [bounded];
}
