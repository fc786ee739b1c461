// What triggers and foreign keys do to each other. The rows are tried without references, so this is read instead.
import type { Catalog, ForeignKey, ReferenceAction, Table } from "../types/catalog.ts";
import { isIn, runsFor, type Trigger, type TriggerWrite, writesThrough } from "../types/triggers.ts";

/** Triggers that run on one engine only, or too late on one of them, because of a foreign key. */
export function referenceDifferences(mariadb: Catalog, sqlite: Catalog): string[] {
  return [
    ...[...sqlite.values()].flatMap(runByActions),
    ...[...mariadb.values()].flatMap((table) => repairs(table, mariadb)),
  ];
}

/** SQLite lets triggers run for the rows that a foreign key changes, MariaDB does not. */
function runByActions(table: Table): string[] {
  const found = table.foreignKeys.flatMap((key) => {
    const runs = ({ event }: Trigger, action: ReferenceAction, deletes: boolean): boolean =>
      action !== "RESTRICT" && event === (deletes && action === "CASCADE" ? "DELETE" : "UPDATE");
    return table.triggers.flatMap((trigger) => {
      if (trigger.event === "UPDATE" && !runsFor(trigger, key.columns)) return [];
      const clauses = [
        ...(runs(trigger, key.onDelete, true) ? [`ON DELETE ${key.onDelete}`] : []),
        ...(runs(trigger, key.onUpdate, false) ? [`ON UPDATE ${key.onUpdate}`] : []),
      ];
      return clauses.map(
        (clause) =>
          `trigger ${trigger.name} of ${table.name}: ${clause} of foreign key (${described(key)}) lets it run on SQLite and not on MariaDB; remove that clause, and write these rows in a statement of their own`,
      );
    });
  });
  return [...new Set(found)];
}

/** MariaDB asks for the parent before AFTER triggers run, SQLite at the end of the statement. */
function repairs(table: Table, catalog: Catalog): string[] {
  const triggersOf = (name: string): readonly Trigger[] => catalog.get(name)?.triggers ?? [];
  return table.triggers.flatMap((trigger) => {
    if (trigger.timing !== "AFTER") return [];
    const keys = [...catalog.values()].flatMap((child) => child.foreignKeys.map((key) => ({ child, key })));
    const repaired = keys.find(({ child, key }) =>
      writesThrough(trigger, triggersOf).some((write) => isRepair(trigger, table, { child, key }, write)),
    );
    if (repaired === undefined) return [];
    const { child, key } = repaired;
    return [
      `trigger ${trigger.name} of ${table.name}: MariaDB looks at foreign key (${described(key)}) of ${child.name} before it runs, SQLite behind it; write BEFORE ${trigger.event}`,
    ];
  });
}

interface Reference {
  readonly child: Table;
  readonly key: ForeignKey;
}

/** True when the write makes a reference right that the row of the trigger has broken. */
function isRepair({ event }: Trigger, table: Table, { child, key }: Reference, write: TriggerWrite): boolean {
  const sets = (columns: readonly string[]): boolean =>
    write.event === "UPDATE" && (write.columns?.some((name) => isIn(columns, name)) ?? true);
  if (key.table === table.name && write.table === child.name) {
    if (event === "DELETE" && key.onDelete === "RESTRICT") return write.event === "DELETE" || sets(key.columns);
    if (event === "UPDATE" && key.onUpdate === "RESTRICT") return sets(key.columns);
  }
  if (child !== table || write.table !== key.table || event === "DELETE") return false;
  return write.event === "INSERT" || sets(key.referenced);
}

function described({ columns, table, referenced }: ForeignKey): string {
  return [...columns, "->", table, ...referenced].join(" ");
}
