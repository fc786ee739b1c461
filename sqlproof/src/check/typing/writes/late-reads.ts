import type { Expression, Insert, Query, Select } from "../../tree/nodes.ts";
import type { Table } from "../../types/catalog.ts";
import { type Context, refuse } from "../context.ts";
import { conjuncts } from "../queries/keys.ts";
import { queriesIn } from "../walk.ts";
import { tablesRead } from "./written-rows.ts";

/**
 * Refuses `DELETE FROM t WHERE a OR b IN (SELECT .. FROM t)`: MariaDB asks for the subquery when it first needs it, and
 * by then rows may be gone that it reads.
 */
export function checkLateReads(parts: readonly (Expression | null)[], table: Table, context: Context): void {
  const skipped = parts.flatMap((part) => (part === null ? [] : conjuncts(part).flatMap(skippedIn)));
  refuseReads(skipped, table, context);
}

/** The same of `INSERT INTO t SELECT ..`, whose later SELECTs of a UNION come after rows of the first one. */
export function checkLateInserts({ source }: Insert, table: Table, context: Context): void {
  if (source.kind !== "query") return;
  const { first, others } = source.query;
  checkLateReads(partsOf(first), table, context);
  refuseReads(queriesIn(others.map(({ select }) => partsOf(select))), table, context);
}

function partsOf({ items, where, having }: Select): (Expression | null)[] {
  return [...items.flatMap((item) => (item.kind === "value" ? [item.value] : [])), where, having];
}

function refuseReads(queries: readonly Query[], table: Table, context: Context): void {
  for (const query of queries)
    if (tablesRead(query, context.catalog).has(table.name))
      refuse(
        context,
        "write",
        `this subquery reads ${table.name}, and rows may be written before it is needed, which MariaDB then reads as they are by then: write it before OR, in the first WHEN, or read first`,
        query,
      );
}

/** The subqueries that the first row that is written may not need. */
function skippedIn(node: Expression): readonly Query[] {
  switch (node.kind) {
    case "binary":
      return node.operator === "AND" || node.operator === "OR"
        ? [...skippedIn(node.left), ...queriesIn(node.right)]
        : [...skippedIn(node.left), ...skippedIn(node.right)];
    case "unary":
    case "null-test":
      return skippedIn(node.operand);
    case "between":
      return [...skippedIn(node.operand), ...skippedIn(node.low), ...queriesIn(node.high)];
    case "in-list":
      return [
        ...skippedIn(node.operand),
        ...node.items.slice(0, 1).flatMap(skippedIn),
        ...queriesIn(node.items.slice(1)),
      ];
    case "case": {
      const [first, ...others] = node.branches;
      const asked = [node.subject, first?.when ?? null].flatMap((one) => (one === null ? [] : skippedIn(one)));
      return [...asked, ...queriesIn([first?.result, others, node.otherwise])];
    }
    case "call":
      return [...node.arguments.slice(0, 1).flatMap(skippedIn), ...queriesIn(node.arguments.slice(1))];
    default:
      return [];
  }
}
