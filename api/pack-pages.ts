// Packs the built pages for the single file: the folder of Next.js that can stand alone, and the program that serves it
// as one script.
import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { serverFile } from "../web/build.mjs";
import { pagesProgram } from "./src/start/pages/unpack.ts";

const web = join(import.meta.dir, "..", "web");
const standalone = dirname(dirname(serverFile));
/** The converter of pictures, of which the pages make no use, is traced although it is excluded: 20 of 44 MB. */
const unused = /^node_modules\/(?:@img|sharp)\//;

/** A compressed archive of all files, laid out as in the folder `web`, where the program looks for them. */
export async function packPages(): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = { [pagesProgram]: await bundle() };
  const below = readdirSync(standalone, { recursive: true, withFileTypes: true });
  const paths = below.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) {
    const name = relative(standalone, path);
    if (!unused.test(name)) files[join(relative(web, standalone), name)] = await Bun.file(path).bytes();
  }
  return Bun.zstdCompress(await new Bun.Archive(files).bytes(), { level: 12 });
}

/** The server of the pages without Next.js, which it loads from the folder. */
async function bundle(): Promise<Uint8Array> {
  const { outputs } = await Bun.build({ entrypoints: [join(web, "serve.mjs")], target: "bun" });
  const [output] = outputs;
  if (output === undefined || outputs.length > 1) throw new Error("The server of the pages must be one script.");
  return new Uint8Array(await output.arrayBuffer());
}
