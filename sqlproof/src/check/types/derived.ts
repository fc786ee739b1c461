import type { Table } from "./catalog.ts";
import { isIn, type TriggerEvent } from "./triggers.ts";

/** These columns, and those that are generated from them. */
export function withDerived(table: Table, columns: readonly string[]): readonly string[] {
  const found = [...columns];
  for (const name of found)
    for (const column of table.columns.values())
      if (isIn(column.from ?? [], name) && !isIn(found, column.name)) found.push(column.name);
  return found;
}

/** True for a column whose values follow from more than one other, so that equal values of one leave it open. */
export function isOfSeveral(table: Table, column: string): boolean {
  const from = table.columns.get(column)?.from ?? [];
  return from.length > 1 || from.some((name) => isOfSeveral(table, name));
}

/** The columns that MariaDB's BEFORE triggers set in a row that is written, and what is generated from them. */
export function setByTriggers(table: Table, event: TriggerEvent): readonly string[] {
  const sets = table.triggers.filter((trigger) => trigger.event === event).flatMap((trigger) => trigger.sets);
  return withDerived(table, sets);
}
