/** `npm run build`: the API as one file that needs neither Node nor Bun nor this folder. Why so: decision 0062. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { documentFiles } from "./src/http/api-docs.ts";
import { schemaFolder } from "./src/start/paths.ts";

const outfile = join(import.meta.dir, "..", "dist", "northwind");
const begin = performance.now();
mkdirSync(dirname(outfile), { recursive: true });
// Made aside and put in its place when it is whole: it may be running, or be built twice at once.
const aside = mkdtempSync(join(dirname(outfile), "making-"));
const sources = join(import.meta.dir, "src");
const { success, logs } = await Bun.build({
  // What is started as a thread is not found by following imports.
  entrypoints: [join(sources, "main.ts"), join(sources, "report-worker.ts")],
  // Side by side, as the files below: the thread is looked for beside the program.
  naming: { entry: "[name].[ext]" },
  target: "bun",
  format: "esm",
  // What a start does not use is not loaded, and nothing of the rest is parsed again.
  splitting: true,
  bytecode: true,
  sourcemap: "linked",
  compile: {
    outfile: join(aside, "northwind"),
    assets: [schemaFolder("sqlite"), schemaFolder("mariadb"), ...documentFiles()],
    // What lies in the folder where it is started has no say in what it runs.
    autoloadDotenv: false,
    autoloadBunfig: false,
  },
});
for (const log of logs) console.error(log);
if (success) renameSync(join(aside, "northwind"), outfile);
rmSync(aside, { recursive: true, force: true });
if (!success) process.exit(1);
const megabytes = Math.round(Bun.file(outfile).size / 1e6);
console.log(`${relative(process.cwd(), outfile)}   ${megabytes} MB, in ${Math.round(performance.now() - begin)} ms`);
