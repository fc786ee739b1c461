import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One numbered step of a schema. */
export interface Migration {
  readonly file: string;
  readonly sql: string;
}

const stepName = /^\d{4}_[a-z0-9_]+\.sql$/;

/** The numbered steps of a folder, in order. Other files, such as adoption checks, are not steps. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((file) => stepName.test(file))
    .sort()
    .map((file) => ({ file: join(folder, file), sql: readFileSync(join(folder, file), "utf8") }));
}

/** Changes when any step of the folder changes. */
export function migrationsHash(migrations: readonly Migration[]): string {
  const hash = createHash("sha256");
  for (const { file, sql } of migrations) hash.update(`${file.split("/").at(-1)}\0${sql}\0`);
  return hash.digest("hex");
}
