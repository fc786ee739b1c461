// `npm run cluster`: three nodes of a Galera cluster on this machine and the API on them, so that anyone can kill a
// node and watch what happens. Everything is deleted at the end.
import { parseArgs } from "node:util";
import { type PrivateCluster, type PrivateNode, startPrivateCluster } from "sqlproof/private-cluster";
import { installGalera, PrivateMariadbError } from "sqlproof/private-mariadb";
import { startApi } from "./api.ts";
import { startOrders } from "./orders.ts";

const help = `Three nodes of a MariaDB Galera cluster on this machine, and the orders API on them.

  npm run cluster                    start them; Ctrl-C stops everything and leaves nothing
  npm run cluster -- --port 9000     the API's port; default 8000
  npm run cluster -- --orders        also write 20 orders a second, and report how long nobody could
`;
/** A node that has ended is restarted after this time, as by a service manager. */
const restartAfterMs = 5000;

let starting: Promise<unknown> = Promise.resolve();

const options = { port: { type: "string" }, orders: { type: "boolean" }, help: { type: "boolean" } } as const;

try {
  const { values } = parseArgs({ options, allowPositionals: false });
  if (values.help === true) console.log(help);
  else await run(values.port ?? "8000", values.orders === true);
} catch (error) {
  const known = error instanceof PrivateMariadbError || (error instanceof Error && "code" in error);
  console.error(known && error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(port: string, withOrders: boolean): Promise<void> {
  const begin = performance.now();
  installGalera((line) => say("Install", line));
  const cluster = await startPrivateCluster();
  let over = false;
  const stop = async (code: number) => {
    if (over) return;
    over = true;
    await orders?.stop();
    await api?.stop();
    await cluster.stop();
    say("Stopped", "nothing is left");
    process.exit(code);
  };
  let api: Awaited<ReturnType<typeof startApi>> | null = null;
  let orders: ReturnType<typeof startOrders> | null = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  say("Cluster", `three nodes, started in ${seconds(performance.now() - begin)}`);
  api = await startApi(port, cluster, say);
  if (api === null) return stop(1);
  describe(cluster);
  if (withOrders) orders = startOrders(api.url, say);
  await Promise.all(cluster.nodes.map((node) => keepAlive(cluster, node, () => over)));
}

function describe(cluster: PrivateCluster): void {
  const [first, second] = cluster.nodes;
  for (const { name, host, port, pid } of cluster.nodes) say(name, `${host}:${port}, process ${pid}`);
  say("Kill", `kill -9 ${first?.pid}      a node is gone; it is restarted after ${restartAfterMs / 1000} s`);
  say("Freeze", `kill -STOP ${second?.pid}   a node hangs;  kill -CONT ${second?.pid}   resumes it`);
  say(
    "Ask",
    `mariadb ${cluster.nodes.map(({ port }) => `-P${port}`).join(" or ")} -h127.0.0.1 -uroot -p${cluster.password}`,
  );
}

/** Reports when a node ends, and restarts it. */
async function keepAlive(cluster: PrivateCluster, node: PrivateNode, isOver: () => boolean): Promise<void> {
  for (let pid = node.pid; !isOver(); await Bun.sleep(100)) {
    if (node.running) {
      pid = node.pid;
      continue;
    }
    say(node.name, `its process ${pid} has ended`);
    await Bun.sleep(restartAfterMs);
    // One after the other: when all nodes have ended, the first restart bootstraps the cluster.
    starting = starting.then(() => (isOver() || node.running ? undefined : startAgain(cluster, node)));
    await starting;
  }
}

async function startAgain(cluster: PrivateCluster, node: PrivateNode): Promise<void> {
  const begin = performance.now();
  try {
    if (cluster.nodes.every(({ running }) => !running)) {
      const { name } = await cluster.bootstrap();
      say("Cluster", `was restarted from ${name}, the most advanced node, after ${seconds(performance.now() - begin)}`);
      describe(cluster);
      return;
    }
    const way = await node.start();
    say(node.name, `is back by ${way} after ${seconds(performance.now() - begin)}, process ${node.pid}`);
  } catch (error) {
    say(node.name, `could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function say(what: string, words: string): void {
  console.log(`${new Date().toTimeString().slice(0, 8)}  ${what.padEnd(9)} ${words}`);
}
