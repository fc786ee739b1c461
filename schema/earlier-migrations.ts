/** For tests: the schema as an earlier version of the program left it. */
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "sqlproof";

/** Copies the migrations before a number into a folder, and gives that folder. */
export function migrationsBefore(engine: Engine, number: number, folder: string): string {
  const all = join(import.meta.dir, engine);
  for (const name of readdirSync(all))
    if (Number(name.slice(0, 4)) < number) copyFileSync(join(all, name), join(folder, name));
  return folder;
}
