import type { Item } from "../../tree/nodes.ts";
import { type Context, refuse } from "../context.ts";
import { typeOfItem } from "../queries/items.ts";
import type { Selected } from "../queries/typed-select.ts";
import type { Scope } from "../scope.ts";
import { queriesIn } from "../walk.ts";

/** The columns of RETURNING, in the scope of the written table. */
export function typeOfReturning(items: readonly Item[], scope: Scope, context: Context): Selected[] {
  const [subquery] = queriesIn(items);
  if (context.mode === "both" && subquery !== undefined)
    refuse(
      context,
      "write",
      "a subquery in RETURNING finds rows of before the write on one engine and of after it on the other: select after the write",
      subquery,
    );
  return items.flatMap((item) => typeOfItem(item, scope, context));
}
