import type { Column, Table } from "../types/catalog.ts";
import { outsideValues, type Stored, sidesOf } from "../types/limit-values.ts";
import type { Verdicts } from "./sqlite.ts";
import { type Literals, shown } from "./values.ts";

/**
 * Where a CHECK of SQLite has a bound that is wider than MariaDB's type, or takes what is no value of an ENUM or SET. A
 * column without a bound on that side is no difference: `limitsEnforced` leaves it out, and so nothing computed may be
 * assigned to it.
 */
export function boundDifferences(table: Table, columns: readonly Column[], verdicts: Verdicts): string[] {
  const more = columns.flatMap((column) => moreThanMembers(table, column, verdicts));
  const sides = columns.map((column) => [column, sidesOf(column)] as const);
  const bounds = sides.flatMap(([column, all]) => {
    const verdict = verdicts.get(column);
    const side = all.find(
      ({ near, far, beside }) =>
        near.some((value) => verdict?.get(value) === "taken") &&
        verdict?.get(far) === "refused by its CHECK" &&
        beside.every((value) => verdict.get(value) === "taken"),
    );
    const wrong = side?.near.find((value) => verdict?.get(value) === "taken");
    if (side === undefined || wrong === undefined) return [];
    return [
      `column ${table.name}.${column.name}: SQLite takes ${shown(column, wrong)} and refuses ${shown(column, side.far)}, MariaDB's ${column.declared} refuses both; give it the bounds of that type or none`,
    ];
  });
  return [...more, ...bounds];
}

/** A program reads a union of literals, so SQLite has to keep every other text out. */
function moreThanMembers({ name }: Table, column: Column, verdicts: Verdicts): string[] {
  if (column.members === null) return [];
  const inside: readonly Stored[] = [...column.members, null];
  const wrong = [...(verdicts.get(column) ?? [])].find(
    ([value, verdict]) => verdict === "taken" && !inside.includes(value),
  );
  if (wrong === undefined) return [];
  return [
    `column ${name}.${column.name}: SQLite takes ${shown(column, wrong[0])}, which MariaDB's ${column.declared} refuses; give it a CHECK with IN that names just its values`,
  ];
}

/** The values that show where the column's bounds are, among them those that a CHECK names. */
export function boundValues(column: Column, { texts }: Literals): readonly Stored[] {
  const beyond =
    column.members === null
      ? []
      : [...(outsideValues(column) ?? []), ...texts.filter((text) => !column.members?.includes(text))];
  return [...beyond, ...sidesOf(column).flatMap(({ near, far, beside }) => [...near, far, ...beside])];
}
