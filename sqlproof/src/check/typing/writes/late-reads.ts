// Both engines evaluate a subquery when they first need it. If rows have been written by then, it sees their new values.
// MariaDB may first skip a subquery behind OR or beside a NULL, SQLite one beside an operand that is cheaper to evaluate.
import type { Binary, Expression, Insert, Query, Select, Source } from "../../tree/nodes.ts";
import type { Table } from "../../types/catalog.ts";
import { type Context, refuse } from "../context.ts";
import { conjuncts } from "../queries/keys.ts";
import { onsIn } from "../queries/order/switched-conditions.ts";
import { columnsIn, queriesIn } from "../walk.ts";
import { tablesRead } from "./written-rows.ts";

/** Refuses `DELETE FROM t WHERE a OR b IN (SELECT .. FROM t)` and `SET a = CASE WHEN b THEN (SELECT .. FROM t) END`. */
export function checkLateReads(
  where: Expression | null,
  values: readonly Expression[],
  table: Table,
  context: Context,
): void {
  refuseReads([...lateInConditions(where), ...values.flatMap((value) => lateIn(value, "value"))], table, context);
}

/** The same of `INSERT INTO t SELECT ..`, whose later SELECTs of a UNION come after rows of the first one. */
export function checkLateInserts({ source }: Insert, table: Table, context: Context): void {
  if (source.kind !== "query") return;
  const { first, others } = source.query;
  checkLateReads(first.where, valuesOf(first), table, context);
  const later = others.map(({ select }) => [...valuesOf(select), select.where, select.having]);
  refuseReads([...lateInConditions(first.having), ...queriesIn(later)], table, context);
}

function valuesOf({ items }: Select): readonly Expression[] {
  return items.flatMap((item) => (item.kind === "value" ? [item.value] : []));
}

function refuseReads(queries: readonly Query[], table: Table, context: Context): void {
  const [late] = queries.filter((query) => tablesRead(query, context.catalog).has(table.name));
  if (late !== undefined)
    refuse(
      context,
      "write",
      `this subquery reads ${table.name}, and an engine may evaluate it only after some rows are written, and then sees their new values: let it stand alone, WHERE x IN (SELECT ..) or SET x = (SELECT ..), or read first`,
      late,
    );
}

/** What an expression is for: a row is written only where a condition holds, and whatever a value is. */
type Purpose = "condition" | "value";

function lateInConditions(where: Expression | null): readonly Query[] {
  return where === null ? [] : conjuncts(where).flatMap((one) => lateIn(one, "condition"));
}

/** The subqueries that the first row that is written may not need. */
function lateIn(node: Expression, purpose: Purpose): readonly Query[] {
  switch (node.kind) {
    case "subquery":
    case "exists":
      return lateInQuery(node.query);
    case "in-query":
      return [...lateIn(node.operand, purpose), ...lateInQuery(node.query)];
    case "unary":
    case "cast":
      return lateIn(node.operand, purpose);
    case "call": {
      const [first, ...others] = node.arguments;
      if (node.name !== "COALESCE" || first === undefined) return queriesIn(node);
      return [...lateIn(first, "value"), ...queriesIn(others)];
    }
    case "binary":
      if (node.operator === "OR" && purpose === "condition")
        return [...lateIn(node.left, "value"), ...queriesIn(node.right)];
      return isAskedFor(node, purpose)
        ? [...lateIn(node.left, purpose), ...lateIn(node.right, purpose)]
        : queriesIn(node);
    default:
      return queriesIn(node);
  }
}

/** Beside a NULL, a subquery may be skipped: the condition does not hold then, but a value is written. */
function isAskedFor({ operator, left, right }: Binary, purpose: Purpose): boolean {
  if (operator === "AND" || operator === "OR") return false;
  const skipsNull = operator !== "<=>" && operator !== "IS DISTINCT FROM";
  return (purpose === "condition" && skipsNull) || columnsOutside(left) + columnsOutside(right) === 0;
}

/** How many columns stand outside the subqueries of an expression. */
function columnsOutside(node: Expression): number {
  return columnsIn(node).length - queriesIn(node).flatMap(columnsIn).length;
}

/** What a subquery that is needed may itself need later, as it is asked anew for each row of IN. */
function lateInQuery({ tables, first, others }: Query): readonly Query[] {
  const nested = [valuesOf(first), first.where, first.having, first.group, onsIn(first.source), others];
  const isAlone = others.length === 0 && first.source?.kind !== "join";
  const within = [...tables.map(({ query }) => query), ...derivedIn(first.source)];
  return [...queriesIn(nested), ...(isAlone ? within.flatMap(lateInQuery) : within)];
}

function derivedIn(source: Source | null): readonly Query[] {
  if (source?.kind === "join") return [...derivedIn(source.left), ...derivedIn(source.right)];
  return source?.kind === "derived" ? [source.query] : [];
}
