import type { Conflict, Delete, Insert, Item, Place, Update } from "../../tree/nodes.ts";
import type { Table } from "../../types/catalog.ts";
import { isIn, runsFor, type Trigger, type TriggerEvent, writesThrough } from "../../types/triggers.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { columnsIn, queriesIn } from "../walk.ts";
import { tablesRead } from "./written-rows.ts";

type Write = Insert | Update | Delete;

/** What one engine's triggers do, or do at another moment, so that the statement ends otherwise. */
export function checkTriggers(node: Write, table: Table, context: Context): void {
  if (table.view) {
    const does = node.kind === "insert" ? "INSERT INTO" : node.kind === "update" ? "UPDATE" : "DELETE FROM";
    refuse(
      context,
      "write",
      `${does} ${table.name}: it is a view, whose rows MariaDB writes into its table, and SQLite only by triggers of its own: write to the table`,
      null,
    );
    return;
  }
  checkRead(node, table, context);
  if (node.kind === "insert" && node.conflict !== null) {
    checkKept(node.conflict, table, context);
    checkTried(node.conflict, table, context);
    checkGuards(node.conflict, table, context);
  }
  if (node.kind !== "delete") checkReturned(node, node.returning, table, context);
}

/** The events of a statement, with the columns that an UPDATE sets. */
function eventsOf(
  node: Write,
): readonly { readonly event: TriggerEvent; readonly columns: readonly string[] | null }[] {
  if (node.kind === "delete") return [{ event: "DELETE", columns: null }];
  const assignments = node.kind === "update" ? node.assignments : (node.conflict?.assignments ?? []);
  const update = { event: "UPDATE", columns: assignments.map(({ column }) => column) } as const;
  if (node.kind === "update") return [update];
  return [{ event: "INSERT", columns: null }, ...(assignments.length === 0 ? [] : [update])];
}

function running(triggers: readonly Trigger[], node: Write): readonly Trigger[] {
  const events = eventsOf(node);
  return triggers.filter((trigger) =>
    events.some(({ event, columns }) => trigger.event === event && (event !== "UPDATE" || runsFor(trigger, columns))),
  );
}

/** MariaDB refuses that a trigger writes to a table which the statement that lets it run reads. */
function checkRead(node: Write, table: Table, context: Context): void {
  const triggersOf = (name: string): readonly Trigger[] => context.catalog.get(name)?.triggers ?? [];
  for (const trigger of running(table.triggers, node)) {
    const written = new Set(writesThrough(trigger, triggersOf).map((write) => write.table));
    for (const query of queriesIn(node)) {
      const read = [...tablesRead(query, context.catalog)].find((name) => written.has(name));
      if (read !== undefined)
        refuse(
          context,
          "write",
          `this SELECT reads ${read}, to which trigger ${trigger.name} of ${table.name} writes, and MariaDB refuses that in one statement: read first, then write`,
          query,
        );
    }
  }
}

/** A row that is kept as it is: MariaDB updates it with its own values, which lets triggers run. */
function checkKept(conflict: Conflict, table: Table, context: Context): void {
  const trigger = table.triggers.find(({ event }) => event === "UPDATE");
  const keeps = conflict.assignments.length === 0;
  if (trigger === undefined || (!keeps && conflict.where === null)) return;
  const key = conflict.columns.map((column) => `${column} = ..`).join(" AND ");
  refuse(
    context,
    "write",
    keeps
      ? `DO NOTHING lets trigger ${trigger.name} of ${table.name} run on MariaDB, and not on SQLite: write INSERT .. SELECT .. WHERE NOT EXISTS (SELECT 1 FROM ${table.name} WHERE ${key})`
      : `WHERE after DO UPDATE lets trigger ${trigger.name} of ${table.name} run on MariaDB for rows that it leaves as they are, and not on SQLite: leave WHERE out, or write an UPDATE .. WHERE and an INSERT .. SELECT .. WHERE NOT EXISTS (..)`,
    conflict,
  );
}

/** For a row that meets its like, BEFORE INSERT triggers have run, and AFTER INSERT triggers do not. */
function checkTried(conflict: Conflict, table: Table, context: Context): void {
  const before = (triggers: readonly Trigger[]): readonly Trigger[] =>
    triggers.filter(({ event, timing }) => event === "INSERT" && timing === "BEFORE");
  const [here, there] = [before(table.triggers), before(context.sqliteTriggers(table.name))];
  for (const name of columnsIn([conflict.assignments, conflict.where])) {
    if (context.bound.get(name)?.relation.alias !== "excluded") continue;
    const trigger = here.find(({ sets }) => isIn(sets, name.name));
    if (trigger !== undefined)
      refuse(
        context,
        "write",
        `${quoted(name)} is what trigger ${trigger.name} of ${table.name} makes of it on MariaDB, and what the INSERT gives on SQLite: set ${name.name} to a parameter or an expression`,
        name,
      );
  }
  const writes = (triggers: readonly Trigger[]): ReadonlySet<string> =>
    new Set(triggers.flatMap((trigger) => trigger.writes.map((write) => write.table)));
  const only = (ours: readonly Trigger[], theirs: ReadonlySet<string>): Trigger | undefined =>
    ours.find((trigger) => trigger.writes.some((write) => !theirs.has(write.table)));
  const trigger = only(here, writes(there)) ?? only(there, writes(here));
  if (trigger !== undefined)
    refuse(
      context,
      "write",
      `trigger ${trigger.name} of ${table.name} runs BEFORE INSERT on one engine only, where it also runs for a row that ON CONFLICT does not insert: write the same time on both`,
      conflict,
    );
}

/**
 * A row that meets its like is refused by what looks at it before, a CHECK or a BEFORE INSERT trigger, and not by an
 * AFTER INSERT trigger, which never sees it.
 */
function checkGuards(conflict: Conflict, table: Table, context: Context): void {
  const guards = (triggers: readonly Trigger[]): readonly Trigger[] =>
    triggers.filter(({ event, guards: refuses }) => event === "INSERT" && refuses);
  const [here, there] = [guards(table.triggers), guards(context.sqliteTriggers(table.name))];
  const at = (triggers: readonly Trigger[], when: Trigger["timing"]): Trigger | undefined =>
    triggers.find(({ timing }) => timing === when);
  const late = [at(here, "AFTER"), at(there, "AFTER")];
  const early = [at(here, "BEFORE"), at(there, "BEFORE")];
  const guard = late.find((trigger) => trigger !== undefined);
  const isOnBoth = ([ours, theirs]: readonly (Trigger | undefined)[]): boolean =>
    (ours === undefined) === (theirs === undefined);
  if (guard === undefined || (isOnBoth(late) && isOnBoth(early))) return;
  refuse(
    context,
    "write",
    `trigger ${guard.name} of ${table.name} refuses rows AFTER INSERT on one engine only, and never sees a row that ON CONFLICT does not insert: refuse them on both engines with the same CHECK, or in triggers of the same time`,
    conflict,
  );
}

/** SQLite returns the row as it is before AFTER triggers change it; MariaDB's have changed it before it is stored. */
function checkReturned(node: Write, returning: readonly Item[], table: Table, context: Context): void {
  for (const trigger of running(context.sqliteTriggers(table.name), node)) {
    if (trigger.timing !== "AFTER") continue;
    const columns = writesThrough(trigger, context.sqliteTriggers).flatMap((write) =>
      write.table === table.name && write.event === "UPDATE" ? [write.columns ?? [...table.columns.keys()]] : [],
    );
    const set = columns.flat().filter((name) => isIn([...table.columns.keys()], name));
    const say = (name: string, place: Place | null): void =>
      refuse(
        context,
        "write",
        `${name} is set by trigger ${trigger.name} of ${table.name}, on SQLite only after the row is returned: select it after the write`,
        place,
      );
    for (const name of columnsIn(returning)) if (isIn(set, name.name)) say(quoted(name), name);
    const star = returning.find((item) => item.kind === "star");
    if (star !== undefined && set.length > 0) say(set[0] ?? "", star);
  }
}
