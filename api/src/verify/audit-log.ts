import { type CellRow, type CopiedTable, pagesOf, type Snapshot } from "sqlproof/copy";
import { hashOf, noHash } from "../writes/audit/record.ts";

/** What the check of the audit log found. */
export interface CheckedLog {
  readonly entries: number;
  /** Resources with a history; each has a chain of hashes. */
  readonly chains: number;
  readonly problems: readonly string[];
  /** The entry with the largest number; null if there is none. */
  readonly last: { readonly entry: number; readonly hash: string } | null;
  /** The number of the last entry of every order that has not been deleted. */
  readonly lastOfOrders: ReadonlyMap<number, number>;
}

interface Link {
  readonly sequence: number;
  readonly hash: string;
}

/** More of one kind say nothing new. */
const mostProblems = 20;

/**
 * Computes every hash of the audit log again, in the order in which the entries were written: an entry that was changed,
 * taken out or put in breaks its chain. Entries at the end of a chain that were taken out leave a gap in the numbers of
 * the feed of changes, once these were given: when the feed was read.
 */
export async function checkAuditLog(snapshot: Snapshot): Promise<CheckedLog> {
  const table = snapshot.tables.find(({ name }) => name === "audit_log");
  const log = new Log();
  if (table === undefined) return log.checked();
  const read = reader(table);
  for await (const page of pagesOf(snapshot, table)) for (const row of page) log.add(read(row));
  log.compareFeed(await lastNumber(snapshot));
  return log.checked();
}

/** The last number of the feed that was given; null before there was a feed. */
async function lastNumber(snapshot: Snapshot): Promise<number | null> {
  const table = snapshot.tables.find(({ name }) => name === "change_feed");
  if (table === undefined) return null;
  const [row] = await snapshot.page(table, null, 1);
  const place = table.columns.findIndex(({ name }) => name === "last_sequence");
  return row === undefined ? null : Number(row[place]);
}

type Entry = ReturnType<ReturnType<typeof reader>>;

function reader(table: CopiedTable) {
  const place = (name: string) => table.columns.findIndex((column) => column.name === name);
  const names = ["entry_id", "resource", "resource_id", "sequence", "happened_at", "principal", "request_id"];
  const others = ["write_id", "action", "before_state", "after_state", "previous_hash", "hash", "client_request_id"];
  const places = new Map([...names, ...others, "feed_sequence"].map((name) => [name, place(name)]));
  return (row: CellRow) => {
    const cell = (name: string) => row[places.get(name) ?? -1] ?? null;
    const text = (name: string) => String(cell(name));
    const textOrNull = (name: string) => (cell(name) === null ? null : text(name));
    return {
      ...{ entry_id: Number(cell("entry_id")), hash: text("hash"), numbered: cell("feed_sequence") },
      ...{ resource: text("resource"), resource_id: Number(cell("resource_id")), sequence: Number(cell("sequence")) },
      // As the program reads it: with a T between day and time.
      ...{ happened_at: text("happened_at").replace(" ", "T"), principal: text("principal") },
      ...{ request_id: text("request_id"), client_request_id: textOrNull("client_request_id") },
      ...{ write_id: text("write_id"), action: text("action"), previous_hash: text("previous_hash") },
      ...{ before_state: textOrNull("before_state"), after_state: textOrNull("after_state") },
    };
  };
}

class Log {
  #entries = 0;
  readonly #problems: string[] = [];
  readonly #ends = new Map<string, Link>();
  readonly #lastOfOrders = new Map<number, number>();
  readonly #numbers = new Set<number>();
  #last: CheckedLog["last"] = null;

  add(entry: Entry): void {
    this.#entries += 1;
    const { resource, resource_id, sequence } = entry;
    const chain = `${resource} ${resource_id}`;
    const last = this.#ends.get(chain) ?? { sequence: 0, hash: noHash };
    if (sequence !== last.sequence + 1) this.#found(`${chain}: entry ${last.sequence + 1} of its history is missing.`);
    else if (entry.previous_hash !== last.hash)
      this.#found(`${chain}: entry ${sequence} does not follow the one before.`);
    if (hashOf(entry) !== entry.hash) this.#found(`${chain}: entry ${sequence} is not what was written.`);
    this.#ends.set(chain, { sequence, hash: entry.hash });
    if (resource === "order" && entry.action === "delete") this.#lastOfOrders.delete(resource_id);
    else if (resource === "order") this.#lastOfOrders.set(resource_id, entry.entry_id);
    this.#last = { entry: entry.entry_id, hash: entry.hash };
    if (entry.numbered === null) return;
    const number = Number(entry.numbered);
    if (this.#numbers.has(number)) this.#found(`Number ${number} of the feed of changes stands twice.`);
    this.#numbers.add(number);
  }

  /** Every number up to the last one that was given belongs to an entry. */
  compareFeed(last: number | null): void {
    if (last === null || this.#numbers.size === last) return;
    const missing = Array.from({ length: last }, (_, index) => index + 1).filter((one) => !this.#numbers.has(one));
    const shown = missing.slice(0, 3).join(", ");
    if (missing.length > 0)
      this.#found(`Entries that had the numbers ${shown}${missing.length > 3 ? ", ..." : ""} of the feed are gone.`);
  }

  checked(): CheckedLog {
    const more = this.#problems.length - mostProblems;
    return {
      ...{ entries: this.#entries, chains: this.#ends.size, lastOfOrders: this.#lastOfOrders, last: this.#last },
      problems: [...this.#problems.slice(0, mostProblems), ...(more > 0 ? [`${more} more in the audit log.`] : [])],
    };
  }

  #found(problem: string): void {
    this.#problems.push(problem);
  }
}
