import type { Database, DatabaseLoad } from "sqlproof";
import type { Exposition } from "./exposition.ts";
import { sizeBounds } from "./histogram.ts";
import { KnownFor } from "./known-for.ts";
import type { MetricsPart } from "./metrics.ts";
import { changesUnnumbered, rowsUnfolded } from "./queries.ts";

/** What is counted no further, because it costs time and says no more. */
const most = 10_000;
const countedForMs = 5000;
const sizeForMs = 60_000;
/** Nobody waits longer for what is asked of the database; then the last answer is given. */
const withinMs = 500;
const nodeStates = ["up", "doubted", "behind", "down"] as const;

/** The metrics of a database: what it does at the moment, and what lags behind in it. */
export function databaseMetrics(database: Pick<Database, "one" | "load" | "size">): MetricsPart {
  const unfolded = new KnownFor(countedForMs, async () => (await database.one(rowsUnfolded, { most })).waiting);
  const unnumbered = new KnownFor(countedForMs, async () => (await database.one(changesUnnumbered, { most })).waiting);
  const size = new KnownFor(sizeForMs, async () => (await database.size?.()) ?? null);
  return async (to) => {
    const load = database.load?.();
    if (load !== undefined) {
      commits(to, load);
      connections(to, load);
      nodes(to, load);
    }
    const asked = [unfolded.read(withinMs), unnumbered.read(withinMs), size.read(withinMs)] as const;
    const [texts, changes, bytes] = await Promise.all(asked);
    const folding = `Rows that searches do not find yet, because another program wrote them; at most ${most} are counted.`;
    to.gauge("northwind_search_texts_unfolded", folding, texts);
    const feed = `Changes that nobody has read from the feed yet; at most ${most} are counted.`;
    to.gauge("northwind_feed_changes_unread", feed, changes);
    if (bytes === null) return;
    to.add("gauge", "northwind_db_size_bytes", "Space that the database takes, as of the last minute.", [
      [{ part: "data" }, bytes.data],
      [{ part: "log" }, bytes.log],
    ]);
  };
}

function commits(to: Exposition, { writesWaiting, commits: count, commitSizes, writesCommitted }: DatabaseLoad): void {
  to.counter("northwind_db_commits_total", "Transactions that were committed.", count);
  if (commitSizes === null) return;
  to.gauge("northwind_db_writes_waiting", "Writes that wait for the one writer of SQLite.", writesWaiting);
  const sizes = { bounds: sizeBounds, counts: commitSizes, sum: writesCommitted };
  to.histograms("northwind_db_commit_writes", "Writes that shared one durable commit of SQLite.", [[{}, sizes]]);
}

function connections(to: Exposition, { pools }: DatabaseLoad): void {
  const states = pools.flatMap(
    ({ node, open, idle }) =>
      [
        [{ node, state: "in_use" }, open - idle],
        [{ node, state: "idle" }, idle],
      ] as const,
  );
  to.add("gauge", "northwind_db_connections", "Connections to MariaDB.", states);
  const limits = pools.map(({ node, limit }) => [{ node }, limit] as const);
  to.add("gauge", "northwind_db_connections_limit", "Most connections to MariaDB (--pool-size).", limits);
  const waiting = pools.map((pool) => [{ node: pool.node }, pool.waiting] as const);
  to.add("gauge", "northwind_db_connection_waiters", "Statements that wait for a connection.", waiting);
}

function nodes(to: Exposition, { nodes: all }: DatabaseLoad): void {
  const states = all.flatMap(({ node, state }) =>
    nodeStates.map((one) => [{ node, state: one }, state === one ? 1 : 0] as const),
  );
  to.add("gauge", "northwind_cluster_node_state", "1 for the state that a node of the cluster is in.", states);
  const writers = all.map(({ node, isWriter }) => [{ node }, isWriter ? 1 : 0] as const);
  to.add("gauge", "northwind_cluster_node_is_writer", "1 for the node that takes the writes.", writers);
}
