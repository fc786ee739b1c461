// Temporary MariaDB servers and clusters for the check, for tests and for benchmarks.
// They have their own folders and ports, and end with the process that started them.
import { randomBytes } from "node:crypto";
import { constants, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMariadb, type MariadbPrograms, missingMariadb, PrivateMariadbError } from "./install-mariadb.ts";
import {
  answering,
  freePorts,
  lastLines,
  makeDataFolder,
  readLog,
  type ServerProcess,
  spawnServer,
} from "./server-process.ts";

export {
  findGalera,
  findMariadb,
  findProgram,
  installGalera,
  installMariadb,
  installPackages,
  type MariadbPrograms,
  PrivateMariadbError,
} from "./install-mariadb.ts";

/** A temporary MariaDB server with its own data folder, socket and port that ends with this process. */
export interface PrivateMariadb {
  readonly socketPath: string;
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly user: "root";
  readonly password: string;
  /** A URL for the named database, e.g. `mysql://root:secret@127.0.0.1:40123/northwind`. */
  url(databaseName: string): string;
  /** The server's process ID, for tests that freeze it. */
  readonly pid: number;
  /** Kills the server as a power cut would, and can start it again on the same data and port. */
  crash(): Promise<{ restart(): Promise<void> }>;
  /** Kills the server and removes its folder. May be called twice. */
  stop(): Promise<void>;
}

export interface PrivateMariadbOptions {
  /** The parent of the data folder. Default: the system's temporary folder. */
  readonly directory?: string;
  /** Additional options for `mariadbd`, which override the defaults. */
  readonly extraArgs?: readonly string[];
}

const startAttempts = 3;
const copyOnWrite = constants.COPYFILE_FICLONE;

/**
 * Creates and starts a private server without touching the system's MariaDB or its configuration. If MariaDB is
 * missing, it throws with one sentence that says how to install it.
 */
export async function startPrivateMariadb(options: PrivateMariadbOptions = {}): Promise<PrivateMariadb> {
  const programs = findMariadb();
  if (programs === null) throw new PrivateMariadbError(missingMariadb());
  const folder = mkdtempSync(join(options.directory ?? tmpdir(), "private-mariadb-"));
  const data = join(folder, "data");
  const password = randomBytes(12).toString("hex");
  try {
    makeData(programs, data);
    for (let attempt = 1; ; attempt++) {
      const [port = 0] = await freePorts(1);
      const spawnHere = () => spawnOne(programs, folder, port, password, options.extraArgs ?? []);
      const server = spawnHere();
      try {
        await answering(server, join(folder, "socket"));
        return describe(server, spawnHere, folder, port, password);
      } catch (error) {
        await server.kill();
        const log = readLog(join(folder, "log.err"));
        // Another process may have taken the port between the probe and the start.
        if (attempt < startAttempts && log.includes("Address already in use")) continue;
        throw new PrivateMariadbError(`The private MariaDB did not start: ${lastLines(log)}`, { cause: error });
      }
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function describe(
  first: ServerProcess,
  spawnAgain: () => ServerProcess,
  folder: string,
  port: number,
  password: string,
): PrivateMariadb {
  let server = first;
  return {
    get pid() {
      return server.child.pid ?? 0;
    },
    async crash() {
      await server.kill();
      return {
        async restart() {
          server = spawnAgain();
          await answering(server, join(folder, "socket"));
        },
      };
    },
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

/**
 * Creates a data folder that no server has used. A program that starts many servers names it in
 * PRIVATE_MARIADB_TEMPLATE: each of its servers then copies the folder, which saves about a second of a core, and does
 * not wait for the disk. Such a server loses nothing when it is killed, only when the machine loses power.
 */
export function makeTemplate(folder: string): void {
  const programs = findMariadb();
  if (programs === null) throw new PrivateMariadbError(missingMariadb());
  makeData(programs, folder);
}

function templateFolder(): string {
  return process.env.PRIVATE_MARIADB_TEMPLATE ?? "";
}

/** Retries, because MariaDB 10.11 crashes in rare cases while it creates its tables. */
function makeData(programs: MariadbPrograms, data: string): void {
  const template = templateFolder();
  if (template !== "" && template !== data) {
    cpSync(template, data, { recursive: true, mode: copyOnWrite });
    return;
  }
  for (let attempt = 1; ; attempt++) {
    try {
      makeDataFolder(programs, data, asRoot());
      return;
    } catch (error) {
      if (attempt === startAttempts) throw error;
      rmSync(data, { recursive: true, force: true });
    }
  }
}

function serverArgs(folder: string, port: number, extraArgs: readonly string[]): string[] {
  return [
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    `--socket=${join(folder, "socket")}`,
    // A starting server removes the temporary tables of others that share its temporary folder.
    `--tmpdir=${folder}`,
    `--pid-file=${join(folder, "pid")}`,
    `--log-error=${join(folder, "log.err")}`,
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
    // The canonical text of a query is read from the optimizer trace, which is truncated at this size.
    "--optimizer-trace-max-mem-size=16777216",
    "--max-allowed-packet=64M",
    "--max-connections=300",
    ...(templateFolder() === "" ? [] : ["--innodb-flush-method=nosync", "--debug-no-sync"]),
    ...extraArgs,
  ];
}

function spawnOne(
  programs: MariadbPrograms,
  folder: string,
  port: number,
  password: string,
  extraArgs: readonly string[],
): ServerProcess {
  writeFileSync(join(folder, "init.sql"), grants(password), { mode: 0o600 });
  // A test that fails for this reason must say so: nothing else on the machine shows it.
  const onCrash = (ending: string) =>
    console.error(`The private MariaDB ended by itself (${ending}): ${lastLines(readLog(join(folder, "log.err")))}`);
  return spawnServer(programs.server, serverArgs(folder, port, extraArgs), { folder, onCrash });
}

/** The account of a private server. */
export function grants(password: string): string {
  const grant = (host: string) =>
    `GRANT ALL PRIVILEGES ON *.* TO 'root'@'${host}' IDENTIFIED BY '${password}' WITH GRANT OPTION;\n`;
  return grant("localhost") + grant("127.0.0.1");
}

/** MariaDB refuses to run as root without this option. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ["--user=root"] : [];
}
