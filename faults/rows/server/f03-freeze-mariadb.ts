import { createConnection } from "mariadb";
import type { Attempt } from "../../load/journal.ts";
import { formatCount, formatDuration } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { type LoadedSystem, type Observed, runUnderLoad } from "../../run-under-load.ts";
import type { System } from "../../system/system.ts";

const frozenMs = 20_000;
const answeredWithinMs = 5000;
const fullRateAfterMs = 2000;
const windowMs = 2000;
/** A rate below this part of the rate before is not full: the machine's own noise is smaller. */
const fullRate = 0.6;
/** The most connections that the API opens by default. */
const poolSize = 10;

export const row: Row = {
  id: "F3",
  title: "MariaDB frozen for 20 s",
  engines: ["mariadb"],
  trials: { pr: 2, night: 20, release: 50 },
  run(context) {
    // No retries: the waiting of the clients would hide what the API does.
    return runUnderLoad(context, { load: { retryForMs: 0, clients: 16 } }, async (running) => {
      const broken: string[] = [];
      let figures = {};
      for (let trial = 1; trial <= context.trials; trial += 1) {
        const observed = await freeze(running);
        broken.push(...observed.broken.map((words) => `Freeze ${trial}: ${words}`));
        ({ figures } = observed);
        context.say(`freeze ${trial}: ${JSON.stringify(figures)}`);
      }
      return { broken, figures };
    });
  },
};

async function freeze({ system, journal }: LoadedSystem): Promise<Observed> {
  const { server } = system;
  if (server === null) throw new Error("There is no server to freeze.");
  await Bun.sleep(windowMs);
  const frozenAt = performance.now();
  process.kill(server.pid, "SIGSTOP");
  await Bun.sleep(frozenMs);
  process.kill(server.pid, "SIGCONT");
  const thawedAt = performance.now();
  await Bun.sleep(fullRateAfterMs + windowMs);
  const connections = await connectionsOf(system);
  const attempts = journal.read().flatMap((entry) => entry.attempts);
  const before = rate(attempts, frozenAt - windowMs);
  const after = rate(attempts, thawedAt + fullRateAfterMs);
  const during = attempts.filter(({ startedAt }) => startedAt > frozenAt - 100 && startedAt < thawedAt);
  const slowest = Math.max(
    0,
    ...during.map(({ startedAt, endedAt }) => (endedAt ?? Number.POSITIVE_INFINITY) - startedAt),
  );
  const silent = during.filter(({ outcome }) => outcome.kind === "unknown");
  const broken = verdict({ asked: during.length, silent: silent.length, slowest, connections, before, after });
  const figures = {
    "asked while frozen": formatCount(during.length),
    "slowest answer": formatDuration(slowest),
    "connections afterwards": formatCount(connections),
    "rate before and 2 s after": `${formatCount(before)}/s and ${formatCount(after)}/s`,
  };
  return { broken, figures };
}

interface Seen {
  readonly asked: number;
  readonly silent: number;
  readonly slowest: number;
  readonly connections: number;
  readonly before: number;
  readonly after: number;
}

export function verdict({ asked, silent, slowest, connections, before, after }: Seen): readonly string[] {
  const broken: string[] = [];
  if (silent > 0) broken.push(`${silent} of ${asked} requests got no answer.`);
  if (slowest > answeredWithinMs) broken.push(`One answer took ${formatDuration(slowest)}.`);
  if (connections > poolSize) broken.push(`The API holds ${connections} connections, its pool has ${poolSize}.`);
  if (after < before * fullRate)
    broken.push(`${formatCount(after)} answers per second afterwards, ${formatCount(before)} before.`);
  if (asked === 0 || before === 0) broken.push("Nothing was asked: the freeze has shown nothing.");
  return broken;
}

/** Good answers per second in the window that begins at this time. */
function rate(attempts: readonly Attempt[], from: number): number {
  const good = attempts.filter(
    ({ endedAt, outcome }) =>
      endedAt !== null &&
      endedAt >= from &&
      endedAt < from + windowMs &&
      (outcome.kind === "acknowledged" || isDecided(outcome)),
  );
  return Math.round((good.length * 1000) / windowMs);
}

/** A refusal that follows from the data: the API had to read them. */
function isDecided(outcome: Attempt["outcome"]): boolean {
  return outcome.kind === "refused" && outcome.status < 500;
}

/** The server's connections, without the one that counts them. */
async function connectionsOf({ store }: System): Promise<number> {
  const node = store.kind === "mariadb" ? store.nodes[0] : undefined;
  if (node === undefined) throw new Error("There is no server to ask.");
  const { host, port, user, password } = node;
  const connection = await createConnection({ host, port, user, password });
  const rows: object[] = await connection.query(
    "SELECT id FROM information_schema.processlist WHERE user = 'root' AND id <> CONNECTION_ID()",
  );
  await connection.end();
  return rows.length;
}
