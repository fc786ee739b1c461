import { existsSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";

const databaseName = "northwind";
const memory = "--innodb-buffer-pool-size=1G";

/** A private MariaDB whose data outlives it. */
export interface CachedMariadb {
  readonly database: string;
  stop(): Promise<void>;
}

/** Starts a server on the data in `folder`; the first time `fill` makes them. */
export async function startCachedMariadb(
  folder: string,
  fill: (database: string) => Promise<void>,
): Promise<CachedMariadb> {
  if (!existsSync(folder)) await make(folder, fill);
  // A later option wins: the data folder that the server has made for itself stays unused.
  const server = await startPrivateMariadb({ extraArgs: [memory, `--datadir=${folder}`] });
  return { database: server.url(databaseName), stop: () => server.stop() };
}

async function make(folder: string, fill: (database: string) => Promise<void>): Promise<void> {
  // Beside the folder, so that its data need only be renamed.
  const server = await startPrivateMariadb({ directory: dirname(folder), extraArgs: [memory] });
  try {
    await fill(server.url(databaseName));
    await shutDown(server);
    renameSync(join(dirname(server.socketPath), "data"), folder);
  } finally {
    await server.stop();
  }
}

/** Ends the server in order: everything is in its files then. */
async function shutDown({ pid }: PrivateMariadb): Promise<void> {
  process.kill(pid, "SIGTERM");
  while (isRunning(pid)) await Bun.sleep(100);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
