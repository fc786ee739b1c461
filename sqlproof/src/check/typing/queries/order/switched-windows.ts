import type { Call } from "../../../tree/nodes.ts";
import { type Context, refuse } from "../../context.ts";
import { shapeOf } from "../../walk.ts";
import { closure, isOneRow } from "../keys.ts";
import type { TypedSelect } from "../typed-select.ts";
import { switchedIn } from "./switched-keys.ts";

/** The windows of a query: in its list, and in its ORDER BY. */
interface Windows {
  readonly listed: readonly Call[];
  readonly sorting: readonly Call[];
}

/** Leaves of a call what stands in OVER. */
const noCall = { name: "", arguments: [], star: false, distinct: false };

/**
 * Refuses several windows over a table of which an execution may read a single row. MariaDB then sorts for none of them,
 * and orders them in another way: a later execution of the prepared statement shares sorts that do not fit.
 */
export function checkSwitchedWindows(typed: TypedSelect, { listed, sorting }: Windows, context: Context): void {
  if (context.mode === "sqlite") return;
  const all = [...listed, ...sorting];
  const sorts = new Set(all.map((call) => shapeOf({ ...call, ...noCall }, context.bound)));
  const [first] = all;
  if (first === undefined || sorts.size < 2 || (all.length < 3 && sorting.length === 0)) return;
  const switched = switchedIn(typed, context).flatMap(({ dependencies }) => dependencies);
  const [fixed, known] = [closure([], typed.dependencies), closure([], [...typed.dependencies, ...switched])];
  const single = typed.scope.relations.find((one) => isOneRow([one], known) && !isOneRow([one], fixed));
  if (single === undefined) return;
  refuse(
    context,
    "order",
    `OVER (..) with several orders, where one execution may read a single row of ${single.alias} and another may read more: MariaDB then sorts wrongly; write a query for each case`,
    first,
  );
}
