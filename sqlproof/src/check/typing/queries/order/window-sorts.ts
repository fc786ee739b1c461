import type { Call, Over } from "../../../tree/nodes.ts";
import { type Context, refuse } from "../../context.ts";
import { shapeOf } from "../../walk.ts";

/*
 * MariaDB sorts once for several windows when the keys of one begin with those of the other. Of three it asks each only
 * about the one before: `OVER ()`, `OVER (ORDER BY a)` and `OVER (PARTITION BY b)` share a sort that fits two of them.
 */

/** Refuses windows that may share a sort that does not fit all of them. */
export function checkSorts(calls: readonly Call[], context: Context): void {
  const windows = calls.flatMap((call) => (call.over === null ? [] : [{ call, over: call.over }]));
  if (context.mode === "sqlite" || windows.every(({ over }) => over.partition.length === 0)) return;
  const sorts = windows.map(({ call, over }) => ({ call, over, keys: keysOf(over, context) }));
  const plain = sorts.filter(({ over }) => over.partition.length === 0);
  const short = plain.find(({ keys }) => plain.some((other) => begins(keys, other.keys)));
  if (short !== undefined)
    refuse(
      context,
      "order",
      "MariaDB sorts wrongly for windows with PARTITION BY beside two without, one of whose keys begin the other's: compute one of them in a query in FROM",
      short.call,
    );
  const fork = sorts.find(({ keys }) => {
    const longer = sorts.filter((other) => begins(keys, other.keys));
    return longer.some((one) => longer.some((other) => parts(one, other)));
  });
  if (fork !== undefined && short === undefined)
    refuse(
      context,
      "order",
      "MariaDB sorts wrongly for a window whose keys begin those of two others, of which one has more after PARTITION BY: compute one of them in a query in FROM",
      fork.call,
    );
}

interface Sort {
  readonly over: Over;
  readonly keys: readonly string[];
}

/** True for two windows of other keys that no sort fits, and of which one has more after PARTITION BY. */
function parts(one: Sort, other: Sort): boolean {
  if (one.over.partition.length === other.over.partition.length) return false;
  return one.keys.slice(0, other.keys.length).some((key, index) => key !== other.keys[index]);
}

function keysOf({ partition, order }: Over, context: Context): string[] {
  const directed = [
    ...partition.map((value) => ({ value, descending: false })),
    ...order.map(({ value, descending }) => ({ value, descending })),
  ];
  return directed.map(({ value, descending }) => `${shapeOf(value, context.bound)} ${descending}`);
}

/** True when the keys of one window are the first ones of the other, which has more. */
function begins(first: readonly string[], all: readonly string[]): boolean {
  return first.length < all.length && first.every((key, index) => key === all[index]);
}
