import type { Call, Over } from "../../../tree/nodes.ts";
import { type Context, refuse } from "../../context.ts";
import { shapeOf } from "../../walk.ts";

/*
 * MariaDB sorts once for several windows when the keys of one begin with those of the other. Of three it asks each only
 * about the one before: `OVER ()`, `OVER (ORDER BY a)` and `OVER (PARTITION BY b)` share a sort that fits two of them.
 */

/** Refuses two windows without PARTITION BY that may share a sort, beside one with PARTITION BY. */
export function checkSorts(calls: readonly Call[], context: Context): void {
  const windows = calls.flatMap((call) => (call.over === null ? [] : [{ call, over: call.over }]));
  if (context.mode === "sqlite" || windows.every(({ over }) => over.partition.length === 0)) return;
  const plain = windows.filter(({ over }) => over.partition.length === 0);
  const short = plain.find(({ over }) => plain.some((other) => begins(over, other.over, context)));
  if (short === undefined) return;
  refuse(
    context,
    "order",
    "MariaDB sorts wrongly for windows with PARTITION BY beside two without, one of whose keys begin the other's: compute one of them in a query in FROM",
    short.call,
  );
}

/** True when the keys of one window are the first ones of the other, which has more. */
function begins(one: Over, other: Over, context: Context): boolean {
  const keys = ({ order }: Over): string[] =>
    order.map(({ value, descending }) => `${shapeOf(value, context.bound)} ${descending}`);
  const [first, all] = [keys(one), keys(other)];
  return first.length < all.length && first.every((key, index) => key === all[index]);
}
