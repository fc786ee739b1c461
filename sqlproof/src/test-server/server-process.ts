import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { dirname } from "node:path";
import { type MariadbPrograms, PrivateMariadbError } from "./install-mariadb.ts";

const startTimeoutMs = 60_000;

/** A running `mariadbd` of ours. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended, however. */
  readonly exited: Promise<void>;
  /** Ends it as a power cut would, with the programs that it has started. */
  kill(): Promise<void>;
}

/**
 * Starts `mariadbd`, detached: Ctrl-C in a terminal reaches this process only. When this process ends, in whatever way,
 * the server is killed and the folder removed.
 */
export function spawnServer(program: string, args: readonly string[], folder: string, tmp = folder): ServerProcess {
  // A server that starts removes the temporary tables that it finds, those of other servers too: each has its own place.
  const env = { ...process.env, TMPDIR: tmp };
  const child = spawn(program, [...args], { detached: true, stdio: "ignore", env });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const watcher = watch(child, folder);
  void exited.then(() => watcher.kill("SIGKILL"));
  child.unref();
  return {
    child,
    exited,
    async kill() {
      // Who waits for its end must not end before.
      child.ref();
      killGroup(child);
      await exited;
    },
  };
}

/** A detached child leads a group of its own; a node of a cluster has scripts for the transfer of states in it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The whole group has ended already.
  }
}

/**
 * A shell that waits for the end of its input, which comes when this process ends in whatever way, kill -9 included.
 * Then it ends the server and removes the folder, so that nothing is ever left behind.
 */
function watch(server: ChildProcess, folder: string): ChildProcess {
  // `kill -9` with a group is refused by dash, which is /bin/sh on Debian; `kill -s KILL` every shell knows.
  const script = 'trap "" INT TERM HUP; read -r line; kill -s KILL -- "-$1" 2>/dev/null; sleep 0.1; rm -rf "$2"';
  const watcher = spawn("/bin/sh", ["-c", script, "watcher", String(server.pid), folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  return watcher;
}

/** Makes the folder of a new server's data; `extra` are more options of `mariadb-install-db`. */
export function makeDataFolder(programs: MariadbPrograms, data: string, extra: readonly string[]): void {
  const args = [
    "--no-defaults",
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    "--skip-name-resolve",
    // The folder is thrown away: nothing is gained by waiting for the disk, or by a large first log.
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-log-file-size=16M",
    ...extra,
  ];
  const env = { ...process.env, TMPDIR: dirname(data) };
  const result = spawnSync(programs.installDb, args, { encoding: "utf8", env });
  if (result.status === 0) return;
  throw new PrivateMariadbError(
    `mariadb-install-db failed: ${(result.stderr || result.stdout || String(result.error)).trim()}`,
  );
}

/** Waits until the server greets a client: it listens earlier, but greets only after its start is complete. */
export async function answering(server: ServerProcess, socketPath: string): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline) {
    if (hasEnded(server)) throw new PrivateMariadbError("mariadbd ended during its start");
    if (existsSync(socketPath) && (await greets(socketPath))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new PrivateMariadbError(`mariadbd did not answer within ${startTimeoutMs / 1000} s`);
}

/** True when the process is no more. */
export function hasEnded({ child }: ServerProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function greets(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", () => done(true));
    socket.once("error", () => done(false));
    socket.setTimeout(2_000, () => done(false));
  });
}

/** Below the ports that systems give to outgoing connections: one of those could take ours while its server is down. */
const [lowestPort, highestPort] = [20_000, 32_000];

/** So many different ports of 127.0.0.1 that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > 1000) throw new PrivateMariadbError(`no free port from ${lowestPort} to ${highestPort}`);
    const port = randomInt(lowestPort, highestPort);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** What a server has written to its log, or that there is none. */
export function readLog(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "(no log)";
}

/** The end of a log, for a message. */
export function lastLines(log: string): string {
  return log.trim().split("\n").slice(-5).join("\n");
}
