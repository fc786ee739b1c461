import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { dirname } from "node:path";
import { completePath, type MariadbPrograms, PrivateMariadbError } from "./install-mariadb.ts";

const startTimeoutMs = 60_000;

/** A running `mariadbd`. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended for any reason. */
  readonly exited: Promise<void>;
  /** Kills it as a power cut would, including the programs that it has started. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** What is removed when this process ends. */
  readonly folder: string;
  /** The server's temporary folder. Default: `folder`. */
  readonly tmp?: string;
  /** Is called with the signal or the exit code if the server ends although nobody has killed it here. */
  readonly onCrash?: (ending: string) => void;
}

/**
 * Starts `mariadbd` detached, so that Ctrl-C in a terminal reaches only this process. When this process ends for any
 * reason, the server is killed and the folder removed.
 */
export function spawnServer(
  program: string,
  args: readonly string[],
  { folder, tmp = folder, onCrash = () => undefined }: ServerOptions,
): ServerProcess {
  // A starting server removes all temporary tables that it finds, so each server needs its own temporary folder.
  const env = { ...process.env, TMPDIR: tmp };
  const child = spawn(program, [...args], { detached: true, stdio: "ignore", env });
  let isWanted = true;
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      if (isWanted) onCrash(signal ?? `exit code ${code}`);
      resolve();
    });
    child.once("error", () => resolve());
  });
  const watcher = watch(child, folder);
  void exited.then(() => watcher.kill("SIGKILL"));
  child.unref();
  return {
    child,
    exited,
    async kill() {
      isWanted = false;
      // A process that awaits the end of the server must not end before it.
      child.ref();
      killGroup(child);
      await exited;
    },
  };
}

/** A detached child leads its own process group, which also holds a node's state transfer scripts. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const isOver = child.exitCode !== null || child.signalCode !== null;
  // An ended server's number may be another process's by now. While its group has members, nobody else gets it.
  if (isOver && existsSync(`/proc/${child.pid}`)) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group has ended already.
  }
}

/**
 * A shell that waits for the end of its input, which comes when this process ends in any way, even by kill -9. It then
 * kills the server and removes the folder, so that nothing is left behind.
 */
function watch(server: ChildProcess, folder: string): ChildProcess {
  // dash, which is /bin/sh on Debian, rejects `kill -9` with a group; `kill -s KILL` works in every shell.
  const script = 'trap "" INT TERM HUP; read -r line; kill -s KILL -- "-$1" 2>/dev/null; sleep 0.1; rm -rf "$2"';
  const watcher = spawn("/bin/sh", ["-c", script, "watcher", String(server.pid), folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { ...process.env, PATH: completePath() },
  });
  watcher.unref();
  return watcher;
}

/** Creates a new server's data folder; `extra` holds additional options of `mariadb-install-db`. */
export function makeDataFolder(programs: MariadbPrograms, data: string, extra: readonly string[]): void {
  const args = [
    "--no-defaults",
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    "--skip-name-resolve",
    // The data is temporary, so waiting for the disk or a large initial log would gain nothing.
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-log-file-size=16M",
    ...extra,
  ];
  const env = { ...process.env, PATH: completePath(), TMPDIR: dirname(data) };
  const result = spawnSync(programs.installDb, args, { encoding: "utf8", env });
  if (result.status === 0) return;
  throw new PrivateMariadbError(
    `mariadb-install-db failed: ${(result.stderr || result.stdout || String(result.error)).trim()}`,
  );
}

/** Waits until the server greets a client: it listens earlier, but greets only when its start is complete. */
export async function answering(server: ServerProcess, socketPath: string): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline) {
    if (hasEnded(server)) throw new PrivateMariadbError("mariadbd ended during its start");
    if (existsSync(socketPath) && (await greets(socketPath))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new PrivateMariadbError(`mariadbd did not answer within ${startTimeoutMs / 1000} s`);
}

/** True when the process has ended. */
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

/** Below the ephemeral ports: an outgoing connection could take one of those while its server is down. */
const [lowestPort, highestPort] = [20_000, 32_000];

/** Returns `count` different ports of 127.0.0.1 on which nobody listens. */
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

/** The content of a server's log, or a note that there is none. */
export function readLog(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "(no log)";
}

/** The end of a log, for a message. */
export function lastLines(log: string): string {
  return log.trim().split("\n").slice(-5).join("\n");
}
