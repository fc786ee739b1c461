import type { Insert } from "../../tree/nodes.ts";
import { changesThrough } from "../../types/actions.ts";
import type { Catalog, Table } from "../../types/catalog.ts";
import { writesThrough } from "../../types/triggers.ts";
import { queriesIn } from "../walk.ts";
import { tablesRead } from "./written-rows.ts";

/**
 * True for an INSERT whose values read what it writes: MariaDB computes a subquery that looks at nothing of the row only
 * once for all rows of a statement, so that each row needs a statement of its own.
 */
export function readsOwnRows(node: Insert, catalog: Catalog): boolean {
  const table = catalog.get(node.table);
  const queries = queriesIn([node.source, node.conflict]);
  if (table === undefined || node.source.kind !== "rows" || queries.length === 0) return false;
  const written = tablesWritten(node, table, catalog);
  return queries.some((query) => [...tablesRead(query, catalog)].some((name) => written.has(name)));
}

/** The table itself, those that its triggers write to, and those whose rows follow a key that ON CONFLICT changes. */
function tablesWritten({ conflict }: Insert, table: Table, catalog: Catalog): ReadonlySet<string> {
  const triggersOf = (name: string) => catalog.get(name)?.triggers ?? [];
  const columns = conflict?.assignments.map(({ column }) => column) ?? [];
  const following = changesThrough({ table, columns }, catalog).map((change) => change.table.name);
  const byTriggers = table.triggers.flatMap((trigger) =>
    writesThrough(trigger, triggersOf).map((write) => write.table),
  );
  return new Set([table.name, ...following, ...byTriggers]);
}
