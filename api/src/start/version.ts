import { readMigrations } from "sqlproof/migrations/files";
import { version } from "../../../package.json" with { type: "json" };
import { schemaFolder } from "./paths.ts";

/** The version of the program, which package.json states. */
export { version };

/** The version and the last step of its schema, in words. */
export function versionText(): string {
  const last = readMigrations(schemaFolder("sqlite")).at(-1);
  return `Northwind Orders ${version}, schema step ${last?.version ?? 0} (${last?.name ?? "none"})`;
}
