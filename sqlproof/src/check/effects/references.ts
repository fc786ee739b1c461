// What triggers and foreign keys do to each other. The rows are tried without references, so this is read instead.
import type { Catalog, ForeignKey, ReferenceAction, Table } from "../types/catalog.ts";
import { isIn, runsFor, type Trigger, type TriggerWrite, writesThrough } from "../types/triggers.ts";

/** Triggers that run on one engine only, or too late on one of them, because of a foreign key. */
export function referenceDifferences(mariadb: Catalog, sqlite: Catalog): string[] {
  return [
    ...[...sqlite.values()].flatMap(runByActions),
    ...[...mariadb.values()].flatMap((table) => repairs(table, mariadb)),
    ...[...mariadb.values()].flatMap((table) => returns(table, mariadb)),
  ];
}

/** MariaDB (error 1442) lets no trigger write to the table that the statement changes, also not through other triggers. */
function returns(table: Table, catalog: Catalog): string[] {
  return table.triggers.flatMap((trigger) => {
    const path = wayBack(table, trigger, catalog);
    if (path === null) return [];
    const then = path.map((write) => `${write.event} of ${write.table}`).join(", then ");
    return [
      `trigger ${trigger.name} of ${table.name}: it leads to ${then}, and MariaDB refuses that while a statement changes ${table.name}; write that in a statement of its own`,
    ];
  });
}

/** The writes by which a trigger comes back to its own table. A routine's are not known. */
function wayBack({ name }: Table, trigger: Trigger, catalog: Catalog): readonly TriggerWrite[] | null {
  const isKnown = ({ writes }: Trigger): boolean =>
    writes.every(({ event, columns }) => event !== "UPDATE" || columns !== null);
  const seen = new Set<Trigger>();
  const ways: { readonly of: Trigger; readonly path: readonly TriggerWrite[] }[] = [{ of: trigger, path: [] }];
  for (const { of, path } of ways) {
    if (seen.has(of) || !isKnown(of)) continue;
    seen.add(of);
    for (const write of of.writes) {
      const longer = [...path, write];
      if (write.table === name) return longer;
      for (const next of catalog.get(write.table)?.triggers ?? [])
        if (next.event === write.event && runsFor(next, write.columns)) ways.push({ of: next, path: longer });
    }
  }
  return null;
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
