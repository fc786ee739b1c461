// The feed of changes: the audit entries of all resources in one order. An entry gets its number only when it is
// committed and somebody reads the feed, so a reader can never pass an entry that appears later (decision 0085).
import type { Database, RowOf } from "sqlproof";
import { ApiError } from "../contract/answer.ts";
import type { AuditedResource } from "../writes/audit/record.ts";
import { requireVersions } from "../writes/preconditions.ts";
import { runWithRetry } from "../writes/retry.ts";
import {
  feedEnd,
  feedPage,
  feedPageWithStates,
  lockFeedEnd,
  moveFeedEnd,
  numberEntry,
  unnumberedEntries,
} from "./queries.ts";

export type FeedRow = RowOf<typeof feedPage>;
export type FeedRowWithStates = RowOf<typeof feedPageWithStates>;

/** The part of the feed that a request asks for. */
export interface FeedRequest {
  /** The number of the last entry that the reader has seen, or `latest` to learn the end of the feed. */
  readonly after: number | "latest";
  readonly resources: readonly AuditedResource[];
  readonly limit: number;
  readonly withStates: boolean;
}

interface FeedPage {
  readonly rows: readonly (FeedRow | FeedRowWithStates)[];
  /** Where the next request continues. All entries up to this number have been looked at. */
  readonly last: number;
  readonly isMore: boolean;
}

/** How many entries a request may number, so that it ends in time after years without a reader. */
const maxNumbered = 1000;
/** How many entries a request may look through for those of the wanted resources. */
const maxExamined = 10_000;

/** Reads a page of the feed. It contains every entry that was committed before the request. */
export async function readFeed(database: Database, request: FeedRequest): Promise<FeedPage> {
  const { after, resources, limit, withStates } = request;
  if (after === "latest") return { rows: [], last: await numberedEnd(database), isMore: false };
  const { end, isMoreUnnumbered } = await endFor(database, after + limit);
  if (after > end) throw refuseAfter(end);
  const until = Math.min(end, after + maxExamined);
  const page = { after, until, resources, rows: limit + 1 };
  const found = await (withStates ? database.all(feedPageWithStates, page) : database.all(feedPage, page));
  const rows = found.slice(0, limit);
  const last = found.length > limit ? (rows.at(-1)?.feed_sequence ?? until) : until;
  return { rows, last, isMore: last < end || isMoreUnnumbered };
}

/** The error for a number that this feed has not given: it comes from another database, or from before a restore. */
function refuseAfter(end: number): ApiError {
  const message = `Is beyond the end of the feed, which is ${end}; read all resources again, then go on from there.`;
  return new ApiError("bad-query", `after: ${message}`, {
    issues: [{ parameter: "after", code: "bad-query", message }],
  });
}

/** The end of the feed after everything that is committed has been numbered. */
async function numberedEnd(database: Database): Promise<number> {
  for (;;) {
    const { end, isMoreUnnumbered } = await endFor(database, Number.MAX_SAFE_INTEGER);
    if (!isMoreUnnumbered) return end;
  }
}

/** The end of the feed. If it does not exceed `wanted`, the next committed entries are numbered first. */
async function endFor(database: Database, wanted: number): Promise<{ end: number; isMoreUnnumbered: boolean }> {
  // In this order, so that entries which somebody else numbers in between are before the end.
  const isMoreUnnumbered = (await database.maybe(unnumberedEntries, { rows: 1 })) !== null;
  const { last_sequence: end } = await database.one(feedEnd);
  return isMoreUnnumbered && end <= wanted ? numberEntries(database) : { end, isMoreUnnumbered };
}

function numberEntries(database: Database): Promise<{ end: number; isMoreUnnumbered: boolean }> {
  return runWithRetry(database, performance.now(), async (tx) => {
    const { last_sequence } = await tx.one(lockFeedEnd);
    const entries = await tx.all(unnumberedEntries, { rows: maxNumbered });
    const end = last_sequence + entries.length;
    if (entries.length > 0) {
      const numbers = entries.map(({ entry_id }, place) => ({ entry_id, feed_sequence: last_sequence + place + 1 }));
      requireVersions(await tx.runMany(numberEntry, numbers), numbers.length);
      await tx.run(moveFeedEnd, { last_sequence: end });
    }
    return { end, isMoreUnnumbered: entries.length === maxNumbered };
  });
}
