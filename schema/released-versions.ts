/** For tests and for the next release: small databases as released versions left them, in `released/VERSION`. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Engine } from "sqlproof";
import { createMariadbDatabase } from "sqlproof/migrations";
import type { PrivateMariadb } from "sqlproof/private-mariadb";

const released = join(import.meta.dir, "released");

/** The folder of a version. */
export function folderOf(version: string): string {
  return join(released, version);
}

/** Every released version, the oldest first. */
export function releasedVersions(): readonly string[] {
  return readdirSync(released).sort((a, b) => Bun.semver.order(a, b));
}

/** The token of the version's database; null where nobody has to sign in. It opens nothing but this test data. */
export function tokenOf(version: string, engine: Engine): string | null {
  const file = join(folderOf(version), "tokens.json");
  if (!existsSync(file)) return null;
  const tokens: Readonly<Record<Engine, string>> = JSON.parse(readFileSync(file, "utf8"));
  return tokens[engine];
}

/** Writes the version's SQLite database to a new file. */
export function unpackSqlite(version: string, file: string): void {
  writeFileSync(file, gunzipSync(readFileSync(join(folderOf(version), "sqlite.db.gz"))));
}

/** Loads the version's MariaDB database into a new one of this name. */
export async function loadMariadb(version: string, server: PrivateMariadb, database: string): Promise<void> {
  const { host, port, user, password, socketPath } = server;
  await createMariadbDatabase({ host, port, user, password, database });
  const client = ["mariadb", `--socket=${socketPath}`, "-uroot", `-p${password}`, database];
  const dump = gunzipSync(readFileSync(join(folderOf(version), "mariadb.sql.gz")));
  const loaded = Bun.spawnSync(client, { stdin: dump });
  if (!loaded.success) throw new Error(`the dump cannot be loaded: ${loaded.stderr}`);
}
