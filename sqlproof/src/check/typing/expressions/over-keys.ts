import type { Expression, NullTest } from "../../tree/nodes.ts";
import { hasAggregate } from "../aggregates.ts";
import { argument } from "../argument.ts";
import { type Context, quoted, refuse } from "../context.ts";
import type { Scope } from "../scope.ts";
import { columnsIn, nodesIn, variesWithin } from "../walk.ts";

/** Refuses a key of a window that has one value in all rows: MariaDB leaves it out, and sorts wrongly for other windows. */
export function checkConstantKey(key: Expression, use: string, scope: Scope, context: Context): void {
  if (!hasAggregate(key) && !variesWithin(exceptTests(key, scope, context), scope, context.bound))
    refuse(
      context,
      "order",
      `OVER (${use} ${quoted(key)}) has one value in all rows, beside which MariaDB computes other windows wrong: leave it out`,
      key,
    );
  const isFilled = ({ operand }: NullTest): boolean =>
    columnsIn(operand).some((name) => context.bound.get(name)?.relation.filled === true);
  if (nodesIn(key).filter(isNullTest).some(isFilled))
    refuse(
      context,
      "order",
      `OVER (${use} .. IS NULL) of a LEFT or RIGHT JOIN, which MariaDB leaves out where WHERE needs the row, and then computes other windows wrong: select it in a query in FROM`,
      key,
    );
}

/** Without the tests for NULL of what never is, which MariaDB answers once. */
function exceptTests(node: unknown, scope: Scope, context: Context): unknown {
  if (typeof node !== "object" || node === null || ("kind" in node && node.kind === "column")) return node;
  if (isNullTest(node) && !argument(node.operand, scope, context).type.nullable) return null;
  return Object.values(node).map((child) => exceptTests(child, scope, context));
}

function isNullTest(node: object): node is NullTest {
  return "kind" in node && node.kind === "null-test";
}
