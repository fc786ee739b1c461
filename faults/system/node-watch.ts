import { readFileSync } from "node:fs";
import type { PrivateCluster, PrivateNode } from "sqlproof/private-cluster";
import type { Entry, Journal } from "../load/journal.ts";
import type { System } from "./system.ts";

/*
 * What the rows about a cluster observe: the node that the API writes to, how long nobody could write, and when the
 * API noticed.
 */

/** The cluster of a system, which must have one. */
export function clusterOf({ cluster }: System): PrivateCluster {
  if (cluster === null) throw new Error("There is no cluster.");
  return cluster;
}

/** The node that the API writes to, found without asking the API: it replicates the most changes. */
export async function writtenNode({ nodes }: PrivateCluster): Promise<PrivateNode> {
  const before = await Promise.all(nodes.map(replicated));
  await Bun.sleep(500);
  const after = await Promise.all(nodes.map(replicated));
  const grown = nodes.map((node, index) => ({ node, changes: (after[index] ?? 0) - (before[index] ?? 0) }));
  const [most] = grown.toSorted((a, b) => b.changes - a.changes);
  if (most === undefined || most.changes <= 0) throw new Error("Nobody writes.");
  return most.node;
}

async function replicated(node: PrivateNode): Promise<number> {
  const rows = await node.ask("SHOW GLOBAL STATUS LIKE 'wsrep_replicated'");
  return Number(rows[0]?.[1] ?? 0);
}

/** The longest time between two acknowledged writes of any clients, within a period. */
export function writeGapMs(journal: Journal, from: number, to: number): number {
  const times = attemptsOf(journal.read(), from, to)
    .filter(({ outcome }) => outcome.kind === "acknowledged")
    .flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]))
    .sort((a, b) => a - b);
  return [...times, to].reduce((longest, time, index) => Math.max(longest, time - (times[index - 1] ?? from)), 0);
}

function attemptsOf(entries: readonly Entry[], from: number, to: number) {
  return entries
    .filter(({ method }) => method !== "GET")
    .flatMap(({ attempts }) => attempts)
    .filter(({ endedAt }) => endedAt !== null && endedAt >= from && endedAt <= to);
}

/** Every 5xx answer that any client got, including those hidden by a retry. */
export function failures(journal: Journal): readonly string[] {
  return journal
    .read()
    .flatMap(({ method, path, attempts }) =>
      attempts.flatMap(({ outcome }) =>
        outcome.kind === "refused" && outcome.status >= 500
          ? [`${outcome.status} ${outcome.code} to ${method} ${path}`]
          : [],
      ),
    );
}

/** Waits until the API logs an event about a node. Returns the time it took, or Infinity. */
export async function untilLogged(system: System, event: string, node: PrivateNode, from: number): Promise<number> {
  const begin = performance.now();
  const wanted = `"event":"${event}","node":"${node.host}:${node.port}"`;
  for (; performance.now() - begin < 20_000; await Bun.sleep(20))
    if (readFileSync(system.logPath, "utf8").slice(from).includes(wanted)) return performance.now() - begin;
  return Number.POSITIVE_INFINITY;
}

/** The length of the API's log so far. */
export function logLength({ logPath }: System): number {
  return readFileSync(logPath, "utf8").length;
}
