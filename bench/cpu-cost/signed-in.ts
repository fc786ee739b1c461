// `npm run bench:access`: what it costs the server to know who asks. Two servers of the same build, one without a user
// and one with a user, answer the same orders by id in turns: with nothing, with a token, and with a session.
// It compares CPU time per request, from /proc, within a round; docs/performance.md has the figures.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMariadbDatabase } from "sqlproof/migrations";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { build } from "../race/build.ts";
import { type Contestant, contestants, ours, oursOnSqlite } from "../race/contestant.ts";
import { type Running, serve } from "../race/serve.ts";
import { cpuOf } from "./cpu-time.ts";

/** The sample company has more orders. */
const asking = { connections: 32, lastOrder: 700 };
const poolSize = 8;

interface Pair {
  /** Without a user: whoever reaches it may do everything. */
  readonly open: Running;
  readonly closed: Running;
  /** The headers with which the second one answers. */
  readonly headers: Readonly<Record<Way, string>>;
}

export const ways = ["token", "session"] as const;
export type Way = (typeof ways)[number];

export interface Measured {
  /** CPU time per request without signing in, in microseconds. */
  readonly openUs: number;
  /**
   * How many times that is with a token and with a session: the median of the rounds of all starts. `again` is a
   * measurement without at the end of a round beside the one at its beginning: it says how much the machine errs.
   */
  readonly times: Readonly<Record<"again" | Way, number>>;
}

export interface Effort {
  readonly starts: number;
  readonly rounds: number;
  readonly count: number;
  readonly role: string;
}

/** Measures on one engine. Processes differ a little from start to start, so it starts them several times. */
export async function measure(engine: "sqlite" | "mariadb", anew: boolean, effort: Effort): Promise<Measured> {
  const { count } = effort;
  const ratios: Record<"again" | Way, number[]> = { again: [], token: [], session: [] };
  const openUs: number[] = [];
  for (let start = 0; start < effort.starts; start += 1)
    await withPair(engine, effort.role, async ({ open, closed, headers }) => {
      const without = () => cpuOf(open, { ...asking, anew, count });
      const as = (way: Way) => cpuOf(closed, { ...asking, anew, count, header: headers[way] });
      for (let warmUp = 0; warmUp < 4; warmUp += 1) for (const way of ways) await Promise.all([without(), as(way)]);
      for (let round = 0; round < effort.rounds; round += 1) {
        // Forth and back, so that a machine that becomes slower or faster meanwhile favours nobody.
        const first = await without();
        const forth = { token: await as("token"), session: await as("session") };
        const back = { session: await as("session"), token: await as("token") };
        const last = await without();
        openUs.push((first + last) / 2 / count / 1000);
        ratios.again.push(last / first);
        for (const way of ways) ratios[way].push((forth[way] + back[way]) / (first + last));
      }
    });
  const { again, token, session } = ratios;
  return {
    openUs: median(openUs),
    times: { again: median(again), token: median(token), session: median(session) },
  };
}

async function withPair(engine: "sqlite" | "mariadb", role: string, work: (pair: Pair) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), "northwind-signed-in-"));
  const server = engine === "mariadb" ? await startPrivateMariadb({}) : null;
  const running: Running[] = [];
  try {
    const start = async (name: string): Promise<Running> => {
      if (server !== null) await createMariadbDatabase({ ...server, database: name });
      const databaseUrl = server === null ? `sqlite:${join(folder, `${name}.db`)}` : server.url(name);
      const one = await serve(await built(engine === "sqlite" ? oursOnSqlite : ours), {
        databaseUrl,
        poolSize,
        cpus: 1,
      });
      running.push(one);
      return one;
    };
    const open = await start("open");
    const closed = await start("closed");
    await work({ open, closed, headers: await signIn(closed.url, role) });
  } finally {
    for (const one of running) await one.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function built(name: string): Promise<Contestant> {
  const contestant = contestants().find((one) => one.name === name);
  if (contestant === undefined) throw new Error(`no contestant is named ${name}`);
  const fault = await build(contestant);
  if (fault !== null) throw new Error(fault);
  return contestant;
}

const password = "correct horse battery";

/** Creates the first user, an admin, and one with the role; signs that one in, and makes it a token. */
async function signIn(url: string, role: string): Promise<Readonly<Record<Way, string>>> {
  const send = async (path: string, body: object, cookie = "") => {
    const headers = { "content-type": "application/json", ...(cookie === "" ? {} : { cookie }) };
    const reply = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${await reply.text()}`);
    const answer: { readonly data: { readonly token?: string } } = JSON.parse(await reply.text());
    return { token: answer.data.token ?? "", cookie: reply.headers.getSetCookie()[0]?.split(";")[0] ?? "" };
  };
  const enter = async (email_address: string) => (await send("/api/session", { email_address, password })).cookie;
  await send("/api/users", { email_address: "admin@example.com", name: "Admin", roles: ["admin"], password });
  const user = { email_address: "user@example.com", name: "User", roles: [role], password };
  await send("/api/users", user, await enter("admin@example.com"));
  const cookie = await enter(user.email_address);
  const { token } = await send("/api/tokens", { name: "bench" }, cookie);
  return { token: `Authorization: Bearer ${token}`, session: `Cookie: ${cookie}` };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

if (import.meta.main) {
  const effort = { starts: 3, rounds: 25, count: 1500 };
  console.log("| order by id | as | CPU without signing in | again | with a token | with a session |");
  console.log("|---|---|---:|---:|---:|---:|");
  for (const engine of ["sqlite", "mariadb"] as const)
    for (const anew of engine === "sqlite" ? [false, true] : [true])
      for (const role of ["admin", "order-clerk"]) {
        const { openUs, times } = await measure(engine, anew, { ...effort, role });
        const name =
          engine === "mariadb" ? "MariaDB" : anew ? "SQLite, read from the database" : "SQLite, from the cache";
        const ratios = [times.again, times.token, times.session].map((value) => value.toFixed(3)).join(" | ");
        console.log(`| ${name} | ${role} | ${openUs.toFixed(1)} us | ${ratios} |`);
      }
}
