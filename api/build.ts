// `npm run build` makes a single file with the API and the pages that needs neither Node nor Bun nor this folder:
// decisions 0062 and 0106.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { packPages } from "./pack-pages.ts";
import { documentFiles } from "./src/http/api-docs.ts";
import { pagesArchive } from "./src/start/pages/unpack.ts";
import { schemaFolder } from "./src/start/paths.ts";

const outfile = join(import.meta.dir, "..", "dist", "northwind");
const begin = performance.now();
mkdirSync(dirname(outfile), { recursive: true });
// Build in a temporary folder and move the finished file, because the old one may be running or two builds may overlap.
const temporary = mkdtempSync(join(dirname(outfile), "building-"));
// It stays beside the file: packages unpack it (deploy/).
const packedPages = join(dirname(outfile), pagesArchive);
await Bun.write(packedPages, await packPages());
const sources = join(import.meta.dir, "src");
const { success, logs } = await Bun.build({
  // Bun does not find the thread's program by following imports.
  entrypoints: [join(sources, "main.ts"), join(sources, "report-worker.ts")],
  // Put the thread's program beside the main program, where it is looked for at run time.
  naming: { entry: "[name].[ext]" },
  target: "bun",
  format: "esm",
  // Load only the code that is used, and store it compiled, so that a start parses nothing.
  splitting: true,
  bytecode: true,
  sourcemap: "linked",
  compile: {
    outfile: join(temporary, "northwind"),
    assets: [schemaFolder("sqlite"), schemaFolder("mariadb"), ...documentFiles(), packedPages],
    // Files in the current folder must not change what the program runs.
    autoloadDotenv: false,
    autoloadBunfig: false,
  },
});
for (const log of logs) console.error(log);
if (success) renameSync(join(temporary, "northwind"), outfile);
rmSync(temporary, { recursive: true, force: true });
if (!success) process.exit(1);
const megabytes = Math.round(Bun.file(outfile).size / 1e6);
console.log(`${relative(process.cwd(), outfile)}   ${megabytes} MB, in ${Math.round(performance.now() - begin)} ms`);
