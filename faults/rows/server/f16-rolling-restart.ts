import { createServer } from "node:net";
import { join } from "node:path";
import { listOf, members, parsed } from "../../load/json.ts";
import { HttpConnection, NoAnswer } from "../../network/http-connection.ts";
import { MisbehavingClients } from "../../network/misbehaving-clients.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { ApiProcess } from "../../system/api-process.ts";
import { type System, startSystem } from "../../system/system.ts";

export const row: Row = {
  id: "F16",
  title: "SIGTERM under load, while the next process already runs",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 3, night: 20, release: 100 },
  run,
};

const clients = 12;
const exitWithinMs = 15_000;
/** A client gives up a request after this many attempts without an answer. */
const mostTries = 5;
const timeoutMs = 5000;

export interface RestartOptions extends RowContext {
  readonly overlap: boolean;
  readonly halfSent: boolean;
}

/** What the clients saw. A request fails if no attempt gets a good answer. */
interface Seen {
  good: number;
  again: number;
  readonly failed: string[];
  readonly written: Set<string>;
}

async function run(context: RowContext): Promise<Result> {
  return rollingRestart({ ...context, overlap: true, halfSent: true });
}

/**
 * With `halfSent`, the last process has clients that it must disconnect after 10 s. Without `overlap`, the next process
 * only starts once the last one has ended: then this must fail.
 */
export async function rollingRestart(context: RestartOptions): Promise<Result> {
  const { engine, trials, seed, folder, overlap, say } = context;
  const system = await startSystem({ engine, folder, seed, settings: ["--log-level", "off"] });
  const start = starter(system, folder, await freePort());
  const seen: Seen = { good: 0, again: 0, failed: [], written: new Set() };
  const broken: string[] = [];
  const exits: number[] = [];
  let current = await start();
  const over = new AbortController();
  const { url } = current;
  const crowd = Array.from({ length: clients }, (_, client) => work(url, `${seed}-${client}`, seen, over.signal));
  try {
    for (let trial = 1; trial <= trials; trial += 1) {
      const next = overlap ? await start() : null;
      const { code, tookMs } = await terminated(current, context.halfSent && trial === trials);
      exits.push(tookMs);
      if (code !== 0) broken.push(`trial ${trial}: exit code ${code}`);
      if (tookMs > exitWithinMs) broken.push(`trial ${trial}: ended after ${Math.round(tookMs)} ms`);
      say(`trial ${trial}: ended after ${Math.round(tookMs)} ms, ${seen.good} good so far, ${seen.again} resent`);
      current = next ?? (await start());
    }
    over.abort();
    await Promise.all(crowd);
    broken.push(...seen.failed, ...(await lostOrDoubled(url, seen.written)));
  } finally {
    over.abort();
    await current.kill();
    await system.stop();
  }
  const figures = {
    requests: `${seen.good}`,
    failed: `${seen.failed.length}`,
    "resent after a cut": `${seen.again}`,
    "longest exit": `${(Math.max(...exits) / 1000).toFixed(1)} s`,
  };
  return { trials, broken, figures };
}

/** Starts processes on one database and one port. */
function starter(system: System, folder: string, port: number): () => Promise<ApiProcess> {
  let count = 0;
  return async () => {
    count += 1;
    const settings = ["--log-level", "off", "--reuse-port"];
    const logPath = join(folder, `process-${count}.log`);
    const api = new ApiProcess({ databaseUrl: urlOf(system), logPath, settings, port, wrapper: [], environment: {} });
    await api.start();
    return api;
  };
}

/** Sends SIGTERM to a process with idle clients, and with some that never finish their requests if wanted. */
async function terminated(
  api: ApiProcess,
  halfSent: boolean,
): Promise<{ readonly code: number; readonly tookMs: number }> {
  const idleClients = new MisbehavingClients(api.url);
  await idleClients.idle(50);
  if (halfSent) await idleClients.slowHeads(5);
  const begin = performance.now();
  const code = await api.terminate();
  idleClients.disconnect();
  return { code, tookMs: performance.now() - begin };
}

/** A client on one keep-alive connection that alternates reads and writes, and resends with the same key. */
async function work(url: string, name: string, seen: Seen, over: AbortSignal): Promise<void> {
  const connection = new HttpConnection(url);
  for (let count = 1; !over.aborted; count += 1) {
    const company = `rolling ${name} ${count}`;
    const isWrite = count % 2 === 0;
    const sent = isWrite
      ? {
          method: "POST",
          path: "/api/customers",
          headers: { "Content-Type": "application/json", "Idempotency-Key": company },
          body: JSON.stringify({ company }),
        }
      : { method: "GET", path: "/api/orders?limit=5", headers: {}, body: null };
    const fault = await untilAnswered(connection, sent, seen);
    if (fault !== null) seen.failed.push(`${sent.method} ${sent.path} (${company}): ${fault}`);
    else if (isWrite) seen.written.add(company);
    await Bun.sleep(2);
  }
  connection.close();
}

async function untilAnswered(
  connection: HttpConnection,
  sent: Parameters<HttpConnection["request"]>[0],
  seen: Seen,
): Promise<string | null> {
  let fault = "";
  for (let tries = 1; tries <= mostTries; tries += 1) {
    try {
      const { status, body } = await connection.request(sent, timeoutMs);
      if (status === 200 || status === 201) {
        seen.good += 1;
        return null;
      }
      return `${status} ${body.slice(0, 200)}`;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      fault = error.message;
      seen.again += 1;
    }
  }
  return `no answer in ${mostTries} attempts, the last: ${fault}`;
}

async function lostOrDoubled(url: string, written: ReadonlySet<string>): Promise<string[]> {
  const found = new Map<string, number>();
  for (let path: string | null = "/api/customers?limit=1000"; path !== null; ) {
    const answer = members(parsed(await (await fetch(url + path)).text()));
    for (const customer of listOf(answer.get("data"))) {
      const company = String(members(customer).get("company"));
      found.set(company, (found.get(company) ?? 0) + 1);
    }
    const cursor = members(answer.get("page")).get("next_cursor");
    path = typeof cursor === "string" ? `/api/customers?limit=1000&cursor=${encodeURIComponent(cursor)}` : null;
  }
  const wrong = [...written].filter((company) => found.get(company) !== 1);
  return wrong
    .slice(0, 5)
    .map((company) => `"${company}" was acknowledged and is there ${found.get(company) ?? 0} times`);
}

function urlOf({ store }: System): string {
  if (store.kind === "sqlite") return `sqlite:${store.path}`;
  const [node] = store.nodes;
  if (node === undefined) throw new Error("a cluster without nodes");
  return `mysql://${node.user}:${node.password}@${node.host}:${node.port}/${node.name}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
