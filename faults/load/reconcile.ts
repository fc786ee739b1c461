import { Client } from "./client.ts";
import { type Entry, isFinalRefusal, type Journal } from "./journal.ts";
import { Random } from "./random.ts";

export interface ReconcileOptions {
  readonly url: string;
  readonly journal: Journal;
  readonly seed: number;
  /** The `Authorization` of every request. Default: none. */
  readonly authorization?: string;
  /** How many writes of known outcome are resent, to see that they get the same answer. Default 60. */
  readonly replays?: number;
  /** How many orders are read at the end. Default 150. */
  readonly reads?: number;
  /** Which of the unknown writes are resent. Default: all. */
  readonly isResent?: (entry: Entry) => boolean;
}

/**
 * What a client does once the fault is over. It resends every write of unknown outcome, with its key, until the outcome
 * is known; it resends some known writes as well, and reads the orders a last time.
 */
export async function reconcile(options: ReconcileOptions): Promise<void> {
  const { url, journal, seed, authorization, replays = 60, reads = 150, isResent = () => true } = options;
  const random = new Random(seed).branch(9999);
  const client = new Client({
    ...{ url, journal, session: 9999, random },
    ...(authorization === undefined ? {} : { authorization }),
  });
  const writes = journal.read().filter(({ key }) => key !== null);
  for (const entry of writes)
    if (entry.outcome.kind === "unknown" && isResent(entry) && !(await isResolved(client, entry))) {
      client.close();
      // Nothing is served any more: retrying the others just as long would take hours.
      return;
    }
  const known = writes.filter(({ outcome }) => outcome.kind === "acknowledged" || isFinalRefusal(outcome));
  for (let count = Math.min(replays, known.length); count > 0; count -= 1) {
    const [entry] = known.splice(random.integer(0, known.length - 1), 1);
    if (entry !== undefined) await client.resend(entry, entry.attempts.length + 1);
  }
  for (const path of orderPaths(journal.read(), reads))
    await client.ask({ intent: "final", method: "GET", path: `${path}?include=details` });
  client.close();
}

const mostTries = 100;

async function isResolved(client: Client, entry: Entry): Promise<boolean> {
  for (let attempt = entry.attempts.length + 1; attempt < entry.attempts.length + mostTries; attempt += 1) {
    const outcome = await client.resend(entry, attempt);
    if (outcome.kind === "acknowledged" || isFinalRefusal(outcome)) return true;
    await Bun.sleep(100);
  }
  return false;
}

/** The paths of the orders that were worked on last. */
function orderPaths(entries: readonly Entry[], most: number): readonly string[] {
  const paths = new Set<string>();
  for (const { path } of entries.toReversed()) {
    const order = /^\/api\/orders\/[0-9]+/.exec(path)?.[0];
    if (order !== undefined) paths.add(order);
    if (paths.size >= most) break;
  }
  return [...paths];
}
