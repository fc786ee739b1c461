// Builds the pages when they are not fresh. Node builtin modules only, as everything that runs before a start.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = dirname(fileURLToPath(import.meta.url));
const built = join(web, ".next", "standalone", "web");
const stamp = join(web, ".next", "built-from");
/** What pages are made of beside the folder `web`: amounts and types come from the API's own source. */
const sources = [
  "../package-lock.json",
  "../api/src/company/business-time.ts",
  "../api/src/company/currency.ts",
  "../api/src/contract/decimal.ts",
  "../api/src/rights/rights.ts",
  "../api/src/orders/changeable.ts",
  "../api/src/orders/rules.ts",
  "../api/src/orders/stock/quantities.ts",
  "../api/src/orders/taxes.ts",
  "../api/src/resources/email-address.ts",
];
const notSources = new Set([".next", "node_modules", "border", "test", "proof", "next-env.d.ts"]);

/** The program that serves the pages; it needs no node_modules. */
export const serverFile = join(built, "server.js");

/** Builds what is stale, unless `refuse` says why it may not. Returns what stands against it, else null. */
export function buildPages(tell, refuse = () => null) {
  const wanted = fingerprint();
  if (existsSync(serverFile) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return null;
  const refusal = refuse();
  if (refusal !== null) return refusal;
  tell("Building the pages (first start, or they were changed) ...");
  const next = join(dirname(web), "node_modules", "next", "dist", "bin", "next");
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, "build"], {
    cwd: web,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    encoding: "utf8",
  });
  if (status !== 0) return `The pages could not be built:\n${stdout}${stderr}`;
  // The folder that can stand alone has everything but the files that a browser loads.
  cpSync(join(web, ".next", "static"), join(built, ".next", "static"), { recursive: true });
  if (existsSync(join(web, "public"))) cpSync(join(web, "public"), join(built, "public"), { recursive: true });
  writeFileSync(stamp, wanted);
  return null;
}

/** One hash over everything the pages are made of. */
function fingerprint() {
  const hash = createHash("sha256");
  const add = (path) => hash.update(path).update(readFileSync(join(web, path)));
  const walk = (folder) => {
    for (const entry of readdirSync(join(web, folder), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (notSources.has(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  walk("");
  for (const path of sources) add(path);
  return hash.digest("hex");
}
