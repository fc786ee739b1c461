import type { Column, Table } from "../types/catalog.ts";
import { type Stored, sidesOf } from "../types/limit-values.ts";
import type { Verdicts } from "./sqlite.ts";
import { shown } from "./values.ts";

/**
 * Where a CHECK of SQLite has a bound that is wider than MariaDB's type. A column without a bound on that side is no
 * difference: `limitsEnforced` leaves it out, and so nothing computed may be assigned to it.
 */
export function boundDifferences(table: Table, columns: readonly Column[], verdicts: Verdicts): string[] {
  const sides = columns.map((column) => [column, sidesOf(column)] as const);
  return sides.flatMap(([column, all]) => {
    const verdict = verdicts.get(column);
    const side = all.find(
      ({ near, far }) =>
        near.some((value) => verdict?.get(value) === "taken") && verdict?.get(far) === "refused by a CHECK",
    );
    const wrong = side?.near.find((value) => verdict?.get(value) === "taken");
    if (side === undefined || wrong === undefined) return [];
    return [
      `column ${table.name}.${column.name}: SQLite takes ${shown(column, wrong)} and refuses ${shown(column, side.far)}, MariaDB's ${column.declared} refuses both; give it the bounds of that type or none`,
    ];
  });
}

/** The values that show the column's bounds. */
export function boundValues(column: Column): readonly Stored[] {
  return sidesOf(column).flatMap(({ near, far }) => [...near, far]);
}
