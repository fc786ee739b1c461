import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** A MariaDB server of our own: its own data folder, socket and port, gone when this process is. */
export interface PrivateMariadb {
  readonly socketPath: string;
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly user: "root";
  readonly password: string;
  /** A URL for the named database, e.g. `mysql://root:secret@127.0.0.1:40123/northwind`. */
  url(databaseName: string): string;
  /** Kills the server and removes its folder. Harmless when called twice. */
  stop(): Promise<void>;
}

/** The private server cannot be had; the message says what to do. */
export class PrivateMariadbError extends Error {
  override readonly name = "PrivateMariadbError";
}

export interface PrivateMariadbOptions {
  /** The folder in which the data folder is made. Default: the system's folder for temporary files. */
  readonly directory?: string;
  /** More options for `mariadbd`; a later option wins over ours. */
  readonly extraArgs?: readonly string[];
}

/** Where the two programs stand that a private server needs. */
export interface MariadbPrograms {
  readonly server: string;
  readonly installDb: string;
}

const startTimeoutMs = 60_000;
const startAttempts = 3;

/**
 * Creates and starts a private server. It never reads or touches the system's MariaDB or its configuration.
 * Throws with one sentence that says how to install MariaDB when it is missing.
 */
export async function startPrivateMariadb(options: PrivateMariadbOptions = {}): Promise<PrivateMariadb> {
  const programs = findMariadb();
  if (programs === null) throw new PrivateMariadbError(missingMariadb());
  const folder = mkdtempSync(join(options.directory ?? tmpdir(), "private-mariadb-"));
  const data = join(folder, "data");
  const password = randomBytes(12).toString("hex");
  try {
    createDataFolder(programs, data);
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      const server = spawnServer(programs, folder, port, password, options.extraArgs ?? []);
      try {
        await answering(server, join(folder, "socket"));
        return describe(server, folder, port, password);
      } catch (error) {
        await server.kill();
        const log = readLog(folder);
        // Another process may have taken the port between the probe and the start.
        if (attempt < startAttempts && log.includes("Address already in use")) continue;
        const words = log.trim().split("\n").slice(-5).join("\n");
        throw new PrivateMariadbError(`The private MariaDB did not start: ${words}`, { cause: error });
      }
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function describe(server: ServerProcess, folder: string, port: number, password: string): PrivateMariadb {
  return {
    socketPath: join(folder, "socket"),
    host: "127.0.0.1",
    port,
    user: "root",
    password,
    url: (databaseName) => `mysql://root:${password}@127.0.0.1:${port}/${encodeURIComponent(databaseName)}`,
    async stop() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createDataFolder(programs: MariadbPrograms, data: string): void {
  const result = spawnSync(
    programs.installDb,
    [
      "--no-defaults",
      `--datadir=${data}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      "--skip-name-resolve",
      ...asRoot(),
      // The folder is thrown away: nothing is gained by waiting for the disk, or by a large first log.
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-log-file-size=16M",
    ],
    { encoding: "utf8", env: { ...process.env, TMPDIR: dirname(data) } },
  );
  if (result.status === 0) return;
  throw new PrivateMariadbError(
    `mariadb-install-db failed: ${(result.stderr || result.stdout || String(result.error)).trim()}`,
  );
}

function serverArgs(folder: string, port: number, extraArgs: readonly string[]): string[] {
  return [
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    `--socket=${join(folder, "socket")}`,
    // Servers that share a folder for temporary tables remove each other's when one of them starts.
    `--tmpdir=${folder}`,
    `--pid-file=${join(folder, "pid")}`,
    `--log-error=${join(folder, "log")}`,
    `--init-file=${join(folder, "init.sql")}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    ...asRoot(),
    "--skip-name-resolve",
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=1",
    "--innodb-log-file-size=16M",
    "--innodb-buffer-pool-size=64M",
    "--performance-schema=OFF",
    "--character-set-server=utf8mb4",
    // The canonical text of a long query is read from the optimizer trace, which is cut at this size.
    "--optimizer-trace-max-mem-size=16777216",
    "--max-allowed-packet=64M",
    "--max-connections=300",
    ...extraArgs,
  ];
}

interface ServerProcess {
  readonly child: ChildProcess;
  kill(): Promise<void>;
}

function spawnServer(
  programs: MariadbPrograms,
  folder: string,
  port: number,
  password: string,
  extraArgs: readonly string[],
): ServerProcess {
  const grant = (host: string) =>
    `GRANT ALL PRIVILEGES ON *.* TO 'root'@'${host}' IDENTIFIED BY '${password}' WITH GRANT OPTION;`;
  writeFileSync(join(folder, "init.sql"), `${grant("localhost")}\n${grant("127.0.0.1")}\n`, { mode: 0o600 });
  // Detached: Ctrl-C in a terminal reaches this process only, and the watcher below ends the server.
  // A server that starts removes the temporary tables that it finds, those of other servers too: each has its own place.
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(programs.server, serverArgs(folder, port, extraArgs), { detached: true, stdio: "ignore", env });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const watcher = watch(child, folder);
  child.unref();
  return {
    child,
    async kill() {
      child.kill("SIGKILL");
      await exited;
      watcher.kill("SIGKILL");
    },
  };
}

/**
 * A shell that waits for the end of its input, which comes when this process ends in whatever way, kill -9 included.
 * Then it ends the server and removes the folder, so that nothing is ever left behind.
 */
function watch(server: ChildProcess, folder: string): ChildProcess {
  const script = 'trap "" INT TERM HUP; read -r line; kill -9 "$1" 2>/dev/null; sleep 0.1; rm -rf "$2"';
  const watcher = spawn("/bin/sh", ["-c", script, "watcher", String(server.pid), folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  return watcher;
}

/** Waits until the server greets a client: it listens earlier, but greets only after its start is complete. */
async function answering(server: ServerProcess, socketPath: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (server.child.exitCode !== null || server.child.signalCode !== null || server.child.pid === undefined) {
      throw new PrivateMariadbError("mariadbd ended during its start");
    }
    if (existsSync(socketPath) && (await greets(socketPath))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new PrivateMariadbError(`mariadbd did not answer within ${startTimeoutMs / 1000} s`);
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("No free port on 127.0.0.1"));
      });
    });
  });
}

function readLog(folder: string): string {
  const path = join(folder, "log");
  return existsSync(path) ? readFileSync(path, "utf8") : "(no log)";
}

/** MariaDB refuses to run as root unless it is told to. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ["--user=root"] : [];
}

/** The server's programs on this machine, or null. */
export function findMariadb(): MariadbPrograms | null {
  const server = findProgram("mariadbd");
  const installDb = findProgram("mariadb-install-db");
  return server === null || installDb === null ? null : { server, installDb };
}

function findProgram(name: string): string | null {
  // The sbin folders are missing from an ordinary user's PATH on Debian.
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    "/usr/sbin",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
  ];
  for (const folder of folders) {
    const path = join(folder || ".", name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

function missingMariadb(): string {
  return "MariaDB is not installed: install it with `apt-get install mariadb-server` (Debian, Ubuntu) or `brew install mariadb` (macOS).";
}

/**
 * Makes sure that MariaDB's programs are there. On Debian as root they are installed with apt, without starting
 * the system's service; otherwise it throws with one sentence that says how to install them.
 */
export function installMariadb(progress: (line: string) => void = console.log): MariadbPrograms {
  const found = findMariadb();
  if (found !== null) return found;
  if (process.getuid?.() !== 0 || findProgram("apt-get") === null) throw new PrivateMariadbError(missingMariadb());
  progress("MariaDB is missing: installing Debian's mariadb-server with apt-get, about a minute ...");
  withoutServiceStart(() => {
    apt(["update", "-q"]);
    apt(["install", "-y", "-q", "--no-install-recommends", "mariadb-server"]);
  });
  // What counts is that the programs are there: apt also fails when some other package could not be configured.
  const installed = findMariadb();
  if (installed === null) throw new PrivateMariadbError(`apt-get could not install it. ${missingMariadb()}`);
  progress("MariaDB is installed.");
  return installed;
}

function apt(args: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env: environment });
}

/** Debian starts a service as soon as it is installed unless this policy forbids it. */
function withoutServiceStart(work: () => void): void {
  const policy = "/usr/sbin/policy-rc.d";
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) unlinkSync(policy);
  }
}
