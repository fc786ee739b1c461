// Two processes on one MariaDB behind Caddy, with the configuration of docs/caddy: a rolling restart fails no request,
// and both know the same users and changes. Goal: an operator replaces one machine after the other while all work.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadMariadb, tokenOf } from "northwind-schema/released-versions";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { Program } from "../program.ts";
import { runCaddy } from "./caddy.ts";

const root = join(import.meta.dir, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-several-"));
const [port, front] = [freePort(), freePort()];
const machines = ["127.0.0.1", "127.0.0.2"] as const;
const headers = { authorization: `Bearer ${tokenOf("0.2.0", "mariadb")}`, "content-type": "application/json" };
const running = new Map<string, Program>();
let server: PrivateMariadb;
let caddy: Awaited<ReturnType<typeof runCaddy>>;

function freePort(): number {
  const listener = Bun.listen({ hostname: "0.0.0.0", port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}

async function start(host: string): Promise<void> {
  const options = ["--host", host, "--port", String(port), "--database", server.url("northwind")];
  const known = ["--public-url", `http://localhost:${front}`, "--trusted-proxies", "127.0.0.1"];
  const program = new Program(process.execPath, ["api/src/main.ts", ...options, ...known], root);
  running.set(host, program);
  await program.until(/^API /m);
}

beforeAll(async () => {
  server = await startPrivateMariadb({ directory: folder });
  await loadMariadb("0.2.0", server, "northwind");
  await Promise.all(machines.map(start));
  caddy = await runCaddy(folder, "Caddyfile.several", {
    ORDERS_SITE: `http://localhost:${front}`,
    ORDERS_MACHINES: machines.map((host) => `${host}:${port}`).join(" "),
    ORDERS_API_PORT: String(port),
  });
}, 60_000);
afterAll(async () => {
  caddy?.program.signalGroup("SIGKILL");
  for (const program of running.values()) program.signalGroup("SIGKILL");
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Reads and writes through the balancer until it is ended, and counts the answers by their status. */
class Clients {
  readonly statuses: Record<string, number> = {};
  readonly acknowledged: number[] = [];
  #isOver = false;
  readonly #work = Promise.all([this.#loop("GET", "/api/orders?limit=5"), this.#loop("POST", "/api/orders")]);

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#work;
  }

  async #loop(method: string, path: string): Promise<void> {
    while (!this.#isOver) {
      const init = method === "POST" ? { method, headers, body: JSON.stringify({ customer_id: 1 }) } : { headers };
      const reply = await fetch(`http://localhost:${front}${path}`, init);
      const text = await reply.text();
      const name = `${method} ${reply.status}`;
      this.statuses[name] = (this.statuses[name] ?? 0) + 1;
      if (reply.status === 201) this.acknowledged.push(Object(JSON.parse(text)).data.id);
      await Bun.sleep(10);
    }
  }
}

async function read(host: string, path: string) {
  const reply = await fetch(`http://${host}:${port}${path}`, { headers: { ...headers, host: "localhost" } });
  return { status: reply.status, data: Object(JSON.parse(await reply.text())).data };
}

test("each is stopped and started again under load: no request fails, no order is missing, the feeds are equal", async () => {
  const clients = new Clients();
  for (const host of machines) {
    const program = running.get(host);
    program?.signal("SIGTERM");
    expect(await program?.ended).toMatchObject({ code: 0 });
    await start(host);
    // The balancer asks twice a second.
    await Bun.sleep(1500);
  }
  await clients.end();
  expect(Object.keys(clients.statuses).sort()).toEqual(["GET 200", "POST 201"]);
  for (const host of machines) {
    const found = await Promise.all(clients.acknowledged.map((id) => read(host, `/api/orders/${id}`)));
    expect(found.filter(({ status }) => status !== 200)).toEqual([]);
  }
  const [one, other] = await Promise.all(machines.map((host) => read(host, "/api/changes?limit=1000")));
  expect(one?.data.length).toBeGreaterThan(clients.acknowledged.length);
  expect(one).toEqual(other);
}, 60_000);
