import { bodyOf, conclusion, dataOf, type Entry, type Outcome } from "../load/journal.ts";
import { listOf, members, numberOr, parsed, textOr } from "../load/json.ts";
import { resourceOf, type Table } from "./table.ts";

/** A write in the journal. */
export interface Write {
  readonly entry: Entry;
  readonly key: string;
  readonly table: Table;
  readonly action: "create" | "update" | "delete";
  /** Null for a create that was never answered. */
  readonly id: number | null;
  readonly outcome: Outcome;
  readonly body: ReadonlyMap<string, unknown>;
  /** The version after the write, according to its answer. */
  readonly version: number | null;
}

const actions = new Map([
  ["POST", "create"],
  ["PUT", "update"],
  ["DELETE", "delete"],
] as const);

/** Every write but the dry runs. Requests of several clients with the same key count as one write. */
export function writesOf(journal: readonly Entry[]): readonly Write[] {
  const sameWrite = ({ key, method, path, number }: Entry) => (key === null ? number : `${method} ${path} ${key}`);
  const entries = [...Map.groupBy(journal, sameWrite).values()].flatMap(joined);
  return entries.flatMap((entry): readonly Write[] => {
    const action = [...actions].find(([method]) => method === entry.method)?.[1];
    const resource = resourceOf(entry.path);
    if (action === undefined || resource === null || entry.path.includes("dry_run=1")) return [];
    const { outcome } = entry;
    const acknowledged = outcome.kind === "acknowledged" ? outcome : null;
    const id = resource.id ?? (acknowledged === null ? null : numberOr(dataOf(acknowledged).get("id"), 0));
    const version = versionOf(acknowledged?.etag ?? null);
    const body = bodyOf(entry);
    return [{ entry, key: entry.key ?? "", table: resource.table, action, id, outcome, body, version }];
  });
}

function joined(entries: readonly Entry[]): readonly Entry[] {
  const [first, ...others] = entries;
  if (first === undefined || others.length === 0) return entries;
  const attempts = entries.flatMap((entry) => entry.attempts);
  return [{ ...first, attempts, outcome: conclusion(attempts) }];
}

/** The number in an entity tag like `"7"`. */
export function versionOf(etag: string | null): number | null {
  const match = /^"([0-9]+)"$/.exec(etag ?? "");
  return match === null ? null : Number(match[1]);
}

/** One answer that shows a version of a resource. */
export interface Observation {
  readonly entry: Entry;
  readonly table: Table;
  readonly id: number;
  readonly version: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly data: ReadonlyMap<string, unknown>;
  readonly body: string;
  readonly isReplay: boolean;
}

/** Every answer that shows a version of a resource, in the order of the answers. */
export function answersOf(journal: readonly Entry[]): readonly Observation[] {
  const seen = journal.flatMap((entry) => {
    const resource = resourceOf(entry.path);
    if (resource === null) return [];
    return entry.attempts.flatMap(({ outcome, startedAt, endedAt, replayed }): readonly Observation[] => {
      const version = outcome.kind === "acknowledged" ? versionOf(outcome.etag) : null;
      if (outcome.kind !== "acknowledged" || version === null || endedAt === null) return [];
      const data = dataOf(outcome);
      const id = resource.id ?? numberOr(data.get("id"), 0);
      const { body } = outcome;
      return [{ entry, table: resource.table, id, version, startedAt, endedAt, data, body, isReplay: replayed }];
    });
  });
  return seen.sort((a, b) => a.endedAt - b.endedAt);
}

/** The orders with their details in an answer. */
export function ordersShownIn(outcome: Outcome): readonly ReadonlyMap<string, unknown>[] {
  if (outcome.kind !== "acknowledged" || !outcome.body.includes('"order_details"')) return [];
  const data = members(parsed(outcome.body)).get("data");
  return (Array.isArray(data) ? listOf(data) : [data]).map(members);
}

/** Like `orders/7`. */
export function nameOf({ table, id }: { readonly table: Table; readonly id: number | null }): string {
  return `${table.name}/${id ?? "?"}`;
}

/** The beginning of a sentence about a write; its key leads to its entry in the journal. */
export function described({ entry, key }: Write): string {
  return `${entry.method} ${entry.path} with key ${key} (entry ${entry.number})`;
}

/** The key in a column that the load wrote: `key`, or `key|number of details`. */
export function keyOf(mark: string): string {
  return mark.split("|")[0] ?? "";
}

export function carriesKey(write: Write): boolean {
  const { table, body, key } = write;
  return key !== "" && textOr(body.get(table.createKey), "") === key;
}
