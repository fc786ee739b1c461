import type { Catalog, ForeignKey, Table } from "./catalog.ts";
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

/** Two foreign keys of a table that share columns, which one of them changes while the parents of both change. */
export interface OverlappingKeys {
  readonly table: Table;
  readonly changing: ForeignKey;
  readonly other: ForeignKey;
}

/** The first table whose rows an UPDATE of a key reaches on two ways. */
export function overlappingKeys(first: Change, catalog: Catalog): OverlappingKeys | null {
  const changes = [first, ...changesThrough(first, catalog)];
  const isReached = (key: ForeignKey): boolean =>
    changes.some(
      ({ table, columns }) =>
        table.name === key.table &&
        columns !== null &&
        key.referenced.some((name) => isIn(withDerived(table, columns), name)),
    );
  for (const table of catalog.values()) {
    const reached = table.foreignKeys.filter(isReached);
    for (const changing of reached) {
      if (changing.onUpdate === "RESTRICT") continue;
      const other = reached.find((key) => key !== changing && key.columns.some((name) => isIn(changing.columns, name)));
      if (other !== undefined) return { table, changing, other };
    }
  }
  return null;
}
