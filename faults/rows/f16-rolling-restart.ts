import { createServer } from "node:net";
import { join } from "node:path";
import { ApiProcess } from "../api-process.ts";
import { BadCompany } from "../bad-company.ts";
import { HttpConnection, NoAnswer } from "../http.ts";
import { listOf, members, parsed } from "../json.ts";
import type { Result, Row, RowContext } from "../row.ts";
import { type System, startSystem } from "../system.ts";

export const row: Row = {
  id: "F16",
  title: "SIGTERM under load: one process goes, another has come",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 3, night: 20, release: 100 },
  run,
};

const clients = 12;
const exitWithinMs = 15_000;
/** A client gives a request up after so many tries without an answer. */
const mostTries = 5;
const patienceMs = 5000;

/** What the clients saw. A request has failed when it has no good answer after all its tries. */
interface Seen {
  good: number;
  again: number;
  readonly failed: string[];
  readonly written: Set<string>;
}

async function run({ engine, trials, seed, folder, say }: RowContext): Promise<Result> {
  const system = await startSystem({ engine, folder, seed, settings: ["--log-level", "off"] });
  const port = await freePort();
  const broken: string[] = [];
  const exits: number[] = [];
  const seen: Seen = { good: 0, again: 0, failed: [], written: new Set() };
  const start = async (name: string): Promise<ApiProcess> => {
    const settings = ["--log-level", "off", "--reuse-port"];
    const logPath = join(folder, `${name}.log`);
    const api = new ApiProcess({ databaseUrl: urlOf(system), logPath, settings, port, wrapper: [], environment: {} });
    await api.start();
    return api;
  };
  let current = await start("first");
  const over = new AbortController();
  const crowd = Array.from({ length: clients }, (_, client) =>
    work(current.url, `${seed}-${client}`, seen, over.signal),
  );
  try {
    for (let trial = 1; trial <= trials; trial += 1) {
      const next = await start(`trial-${trial}`);
      const idle = new BadCompany(current.url);
      await idle.idle(50);
      // The last one has to be cut: its clients never finish what they began to send.
      if (trial === trials) await idle.slowHeads(5);
      const begin = performance.now();
      const code = await current.terminate();
      const tookMs = performance.now() - begin;
      idle.leave();
      exits.push(tookMs);
      if (code !== 0) broken.push(`trial ${trial}: exit code ${code}`);
      if (tookMs > exitWithinMs) broken.push(`trial ${trial}: ended after ${Math.round(tookMs)} ms`);
      say(`trial ${trial}: ended after ${Math.round(tookMs)} ms, ${seen.good} good so far, ${seen.again} sent again`);
      current = next;
    }
    over.abort();
    await Promise.all(crowd);
    broken.push(...seen.failed, ...(await lostOrDoubled(current.url, seen.written)));
  } finally {
    over.abort();
    await current.kill();
    await system.stop();
  }
  const figures = {
    requests: `${seen.good}`,
    failed: `${seen.failed.length}`,
    "sent again after a cut": `${seen.again}`,
    "longest exit": `${(Math.max(...exits) / 1000).toFixed(1)} s`,
  };
  return { trials, broken, figures };
}

/** One client with one kept connection: it reads and writes in turn, and sends again, with the same key, what got no answer. */
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
      const { status, body } = await connection.request(sent, patienceMs);
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
  return `no answer in ${mostTries} tries, the last: ${fault}`;
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
