// `npm run try:prometheus`: a real Prometheus reads the program. promtool checks what it reads, the alerts, their tests
// and the configuration. It is no part of `npm test`, because Prometheus is large: on Debian,
// `apt-get install --no-install-recommends prometheus`.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../sqlproof/src/test-server/install-mariadb.ts";
import { freePorts } from "../sqlproof/src/test-server/server-process.ts";
import { Program } from "./program.ts";

const root = join(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-prometheus-"));
const [promtool, prometheus] = ["promtool", "prometheus"].map((name) => {
  const found = findProgram(name);
  if (found === null) throw new Error(`${name} is missing: apt-get install --no-install-recommends prometheus`);
  return found;
});
const [apiPort = 0, ownPort = 0] = await freePorts(2);
const database = `sqlite:${join(folder, "northwind.db")}`;
const program = new Program(
  process.execPath,
  ["api/src/main.ts", "--port", `${apiPort}`, "--notice-ms", "0", "--database", database],
  root,
);
let server: Program | null = null;
try {
  cpSync(join(root, "deploy/prometheus"), folder, { recursive: true });
  const config = join(folder, "prometheus.yml");
  const example = readFileSync(config, "utf8");
  checked("the configuration", ["check", "config", config]);
  checked("the alerts", ["test", "rules", join(folder, "alerts.test.yml")]);
  const url = await program.until(/^API\s+(http:\/\/\S+)/m);
  for (let id = 1; id <= 20; id += 1) await (await fetch(`${url}/api/orders/${id}`)).arrayBuffer();
  const text = await (await fetch(`${url}/metrics`)).text();
  checked("the metrics", ["check", "metrics"], text);
  writeFileSync(config, example.replace("localhost:8000", `localhost:${apiPort}`).replace("15s", "1s"));
  const options = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${ownPort}`];
  server = new Program(prometheus ?? "", [...options, `--storage.tsdb.path=${join(folder, "tsdb")}`], folder);
  await server.until(/Server is ready to receive web requests/);
  for (const [query, least] of [
    ['up{job="northwind"}', 1],
    ["northwind_ready", 1],
    ['northwind_http_request_duration_seconds_count{route="/api/orders/{id}"}', 20],
  ] as const)
    console.log(`Prometheus: ${query} = ${await answer(query, least)}`);
} finally {
  server?.signalGroup("SIGKILL");
  program.signalGroup("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

function checked(what: string, args: readonly string[], input = ""): void {
  const { exitCode, stdout, stderr } = Bun.spawnSync([promtool ?? "", ...args], { stdin: Buffer.from(input) });
  const said = `${stdout}${stderr}`.trim();
  if (exitCode !== 0 || /error|FAILED/i.test(said)) throw new Error(`promtool: ${what}: ${said}`);
  console.log(`promtool: ${what} are as they should be`);
}

/** Waits until Prometheus knows a value that is at least this. */
async function answer(query: string, least: number): Promise<number> {
  for (let second = 0; second < 60; second += 1) {
    const reply = await fetch(`http://127.0.0.1:${ownPort}/api/v1/query?query=${encodeURIComponent(query)}`);
    const value = Number(/"value":\[[\d.]+,"([\d.]+)"\]/.exec(await reply.text())?.[1]);
    if (value >= least) return value;
    await Bun.sleep(1000);
  }
  throw new Error(`Prometheus does not know ${query}`);
}
