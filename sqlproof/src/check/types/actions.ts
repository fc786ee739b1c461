import type { Catalog, Table } from "./catalog.ts";
import { withDerived } from "./derived.ts";
import { isIn } from "./triggers.ts";

/** Rows of a table that go, or columns of them that change. */
export interface Change {
  readonly table: Table;
  /** Null when the rows go. */
  readonly columns: readonly string[] | null;
}

/** What the clauses of foreign keys (CASCADE, SET NULL) change when rows change so; what begins it only when it returns. */
export function changesThrough(first: Change, catalog: Catalog): readonly Change[] {
  const found = new Map<string, Change>();
  const waiting = [first];
  for (const { table: changed, columns: named } of waiting) {
    const columns = named === null ? null : withDerived(changed, named);
    for (const table of catalog.values())
      for (const key of table.foreignKeys) {
        if (key.table !== changed.name) continue;
        if (columns !== null && !key.referenced.some((name) => isIn(columns, name))) continue;
        const action = columns === null ? key.onDelete : key.onUpdate;
        if (action === "RESTRICT") continue;
        const goes = columns === null && action === "CASCADE";
        const change: Change = { table, columns: goes ? null : key.columns };
        const name = JSON.stringify([table.name, change.columns]);
        if (found.has(name)) continue;
        found.set(name, change);
        waiting.push(change);
      }
  }
  return [...found.values()];
}
