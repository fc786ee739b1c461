import type { Assignment, Delete, Place, Update } from "../../tree/nodes.ts";
import { changesThrough, overlappingKeys } from "../../types/actions.ts";
import type { ForeignKey, Table } from "../../types/catalog.ts";
import { setByTriggers } from "../../types/derived.ts";
import { isIn } from "../../types/triggers.ts";
import { type Context, quoted, refuse } from "../context.ts";
import type { Scope } from "../scope.ts";
import { columnsIn, queriesIn } from "../walk.ts";
import { isOnlyRow, tablesRead } from "./written-rows.ts";

/** A row that is deleted empties columns of rows that MariaDB has yet to look at, and that SQLite has chosen before. */
export function checkEmptied(node: Delete, table: Table, scope: Scope, context: Context): void {
  if (isOnlyRow(node.where, scope, context)) return;
  const emptied = changesThrough({ table, columns: null }, context.catalog).flatMap((change) =>
    change.table === table ? (change.columns ?? []) : [],
  );
  if (emptied.length === 0) return;
  const say = (column: string, place: Place | null): void =>
    refuse(
      context,
      "write",
      `${column} becomes NULL in other rows of ${table.name} while rows of it are deleted, and MariaDB may see that before it looks at them: select the keys first, and name them in WHERE ${table.primaryKey[0] ?? "id"} IN (:ids...)`,
      place,
    );
  for (const name of columnsIn([node.where, node.returning])) {
    const bound = context.bound.get(name);
    if (isIn(emptied, name.name) && (bound === undefined || bound.scope.relations === scope.relations))
      say(quoted(name), name);
  }
  const star = node.returning.find((item) => item.kind === "star");
  if (star !== undefined) say(emptied[0] ?? "", star);
}

/** MariaDB asks a subquery again for each row, when the rows that refer to the last key have followed it. */
export function checkFollowing(node: Update, table: Table, scope: Scope, context: Context): void {
  if (isOnlyRow(node.where, scope, context)) return;
  const columns = [...node.assignments.map(({ column }) => column), ...setByTriggers(table, "UPDATE")];
  const following = changesThrough({ table, columns }, context.catalog).filter((change) => change.table !== table);
  for (const query of queriesIn([node.where, node.assignments])) {
    const read = tablesRead(query, context.catalog);
    const followed = following.find((change) => read.has(change.table.name));
    if (followed !== undefined)
      refuse(
        context,
        "write",
        `this subquery reads ${followed.table.name}, whose rows follow the keys of ${table.name}, and MariaDB reads them changed: read first, then update`,
        query,
      );
  }
}

/**
 * MariaDB refuses a change of a key that would come back to the table it began in, and looks up each foreign key of a
 * row when the row changes, where another change has yet to reach its parent. SQLite looks at the end.
 */
export function checkOwnKeys(assignments: readonly Assignment[], table: Table, context: Context): void {
  for (const place of assignments) {
    const { column } = place;
    const returns = changesThrough({ table, columns: [column] }, context.catalog).some(
      (change) => change.table === table,
    );
    if (returns)
      refuse(
        context,
        "write",
        `rows of ${table.name} refer to its ${column} and change with it by ON UPDATE, which MariaDB refuses within one table and SQLite does: insert a row with the new ${column}, let the others refer to it, and delete the old one`,
        place,
      );
    else checkOverlappingKeys(place, table, context);
  }
}

const shown = ({ columns, table, referenced }: ForeignKey): string =>
  `(${columns.join(", ")} -> ${table} ${referenced.join(", ")})`;

function checkOverlappingKeys(place: Assignment, table: Table, context: Context): void {
  const { column } = place;
  const found = overlappingKeys({ table, columns: [column] }, context.catalog);
  if (found === null) return;
  refuse(
    context,
    "write",
    `a change of ${table.name}.${column} reaches rows of ${found.table.name} by foreign keys ${shown(found.changing)} and ${shown(found.other)}: MariaDB looks up one of them before its parent has changed and refuses, SQLite looks at the end; insert a row with the new ${column}, let the others refer to it, and delete the old one`,
    place,
  );
}
