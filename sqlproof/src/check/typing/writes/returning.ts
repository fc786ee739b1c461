import type { Insert, Item } from "../../tree/nodes.ts";
import type { Table } from "../../types/catalog.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { typeOfItem } from "../queries/items.ts";
import { asText } from "../queries/numbered.ts";
import type { Selected } from "../queries/typed-select.ts";
import { type Scope, sameName } from "../scope.ts";
import { columnsIn, queriesIn } from "../walk.ts";

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
  return items.flatMap((item) => {
    const columns = typeOfItem(item, scope, context);
    asText(item, columns, context);
    return columns;
  });
}

/** No engine promises which of several rows gets which number, so nothing that is computed with it is the same. */
export function checkNumbers({ source, conflict, returning }: Insert, table: Table, context: Context): void {
  if (source.kind === "rows" && (source.rows.length === 1 || conflict === null)) return;
  const numbered = [...table.columns.values()].find((column) => column.numbered);
  if (numbered === undefined) return;
  for (const item of returning) {
    if (item.kind === "star" || item.value.kind === "column") continue;
    const name = columnsIn(item.value).find((column) => sameName(column.name, numbered.name));
    if (name !== undefined)
      refuse(
        context,
        "write",
        `${quoted(name)} is the new number of one of several rows, which each engine numbers in its own order: return it alone and compute in code`,
        name,
      );
  }
}
