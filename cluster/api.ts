import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PrivateCluster } from "sqlproof/private-cluster";

const root = join(import.meta.dir, "..");

const reportEveryMs = 1000;
let reportedAt = Number.NEGATIVE_INFINITY;

/** The API as a separate process. */
export interface Api {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the API on the cluster and reports what it logs about the nodes. Null if it failed to start. */
export async function startApi(
  port: string,
  cluster: PrivateCluster,
  say: (what: string, words: string) => void,
): Promise<Api | null> {
  const args = ["api/src/main.ts", "--port", port, "--database", cluster.url("northwind"), "--log-level", "warn"];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: root,
    // The API must not outlive this process, however that ends.
    env: { ...process.env, END_WITH_INPUT: "1" },
    stdio: ["pipe", "pipe", "inherit"],
    // Ctrl-C reaches only this process, which then stops the API.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  process.once("exit", () => child.kill("SIGKILL"));
  if (child.stdout === null) throw new Error("no output of the API");
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string | null>((resolve) => {
    void ended.then(() => resolve(null));
    lines.on("line", (line) => {
      const [, address] = /^API\s+(http:\S+)/.exec(line) ?? [];
      const event = line.startsWith("{") ? eventOf(line, cluster) : line.split(/\s{2,}/, 2);
      if (event[0] !== undefined && event[1] !== undefined) say(event[0], event[1]);
      if (address !== undefined) resolve(address);
    });
  });
  if (url === null) return null;
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** A line of the API's log in words, if it is about a node or a failure. */
function eventOf(line: string, { nodes }: PrivateCluster): readonly string[] {
  const parsed: unknown = JSON.parse(line);
  const fields = new Map<string, unknown>(Object.entries(parsed ?? {}));
  const text = (name: string) => String(fields.get(name) ?? "");
  const name = nodes.find(({ host, port }) => `${host}:${port}` === text("node"))?.name ?? text("node");
  switch (text("event")) {
    case "node-down":
      return ["API", `no longer uses ${name}: it ${text("reason")}`];
    case "node-up":
      return ["API", `uses ${name} again`];
    case "writer":
      return ["API", `now writes to ${name}`];
    case "failure": {
      // One line stands for many requests refused for the same reason at the same time.
      const quiet = performance.now() - reportedAt < reportEveryMs;
      if (!quiet) reportedAt = performance.now();
      return quiet ? [] : ["API", `refuses requests for now: ${text("code")}`];
    }
    default:
      return [];
  }
}
