// A restart behind Caddy as docs/caddy configures it: one process ends, the next one starts on the same ports, and the
// clients in front notice nothing but that it takes a moment.
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPages } from "../../web/build.mjs";
import { Program } from "../program.ts";
import { startCaddy } from "./caddy.ts";
import { overTls } from "./over-tls.ts";

const root = join(import.meta.dir, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-restart-"));
const name = "localhost";
const [tlsPort, pagesPort, apiPort] = [freePort(), freePort(), freePort()];
const clients = 6;

let program: Program;
let caddy: Awaited<ReturnType<typeof startCaddy>>;
beforeAll(async () => {
  expect(buildPages(() => undefined)).toBeNull();
  program = start();
  [caddy] = await Promise.all([startCaddy(folder, `${name}:${tlsPort}`, pagesPort), program.until(/^Pages\s+http/m)]);
}, 120_000);
afterAll(async () => {
  caddy?.stop();
  program.signalGroup("SIGKILL");
  await Promise.all([program.ended, caddy?.ended]);
  rmSync(folder, { recursive: true, force: true });
});

function start(): Program {
  const ports = ["--port", `${apiPort}`, "--web-port", `${pagesPort}`, "--notice-ms", "1500"];
  const others = ["--pages", "web/serve.mjs", "--no-sample", "--database", `sqlite:${folder}/northwind.db`];
  return new Program(process.execPath, ["api/src/main.ts", ...ports, ...others], root, { NODE_ENV: "production" });
}

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

test("no request fails while the program is restarted under load, and every order is there once", async () => {
  const ask = overTls({ name, port: tlsPort, authority: caddy.authority });
  const origin = `https://${name}:${tlsPort}`;
  const failures: string[] = [];
  const made: string[] = [];
  let isLoading = true;
  const send = async (client: number, round: number) => {
    const ship_name = `client ${client} round ${round}`;
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    const order = await ask(`${origin}/api/orders`, { method: "POST", headers, body: JSON.stringify({ ship_name }) });
    if (order.status !== 201) failures.push(`POST ${order.status} ${await order.text()}`);
    else made.push(ship_name);
    const path = round % 10 === 0 ? "/orders" : "/api/orders?limit=1";
    const read = await ask(origin + path);
    if (read.status !== 200) failures.push(`GET ${path} ${read.status}`);
    await read.text();
  };
  const load = Array.from({ length: clients }, async (_, client) => {
    for (let round = 0; isLoading; round += 1)
      await send(client, round).catch((error: unknown) => failures.push(String(error)));
  });
  while (made.length < 30) await Bun.sleep(20);
  program.signal("SIGTERM");
  expect(await program.ended).toEqual({ code: 0, signal: null });
  const before = made.length;
  program = start();
  await program.until(/^Pages\s+http/m);
  while (made.length < before + 50) await Bun.sleep(50);
  isLoading = false;
  await Promise.all(load);
  expect(failures).toEqual([]);
  const database = new Database(join(folder, "northwind.db"), { readonly: true });
  const rows = database.query<{ ship_name: string; times: number }, []>(
    "SELECT ship_name, COUNT(*) AS times FROM orders GROUP BY ship_name",
  );
  const stored = new Map(rows.all().map(({ ship_name, times }) => [ship_name, times]));
  database.close();
  expect(made.filter((ship_name) => stored.get(ship_name) !== 1)).toEqual([]);
  console.log(`measured: ${made.length} orders through the proxy, ${before} of them before the restart`);
});
