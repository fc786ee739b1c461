// What `npm pack` packs: JavaScript with declarations. In the repository the package's own sources are imported, so
// that nothing has to be built; `prepack` compiles them into dist/ and lets package.json name those files, and `postpack`
// puts package.json back.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = import.meta.dirname;
const manifest = join(folder, "package.json");
/** The repository's own package.json while the packed one is in its place. */
const aside = join(folder, "package.source.json");
const dist = join(folder, "dist");

restore();
if (process.argv[2] !== "--restore") pack();

/** Puts everything back, also what a pack that was killed has left. */
function restore() {
  if (existsSync(aside)) renameSync(aside, manifest);
  rmSync(dist, { recursive: true, force: true });
}

function pack() {
  compile();
  for (const path of declarations()) writeFileSync(path, withCompiledImports(readFileSync(path, "utf8")));
  const source = readFileSync(manifest, "utf8");
  writeFileSync(aside, source);
  writeFileSync(manifest, `${JSON.stringify(packed(JSON.parse(source)), null, 2)}\n`);
}

function compile() {
  const program = [join(typescript(), "bin", "tsc"), "--project", join(folder, "tsconfig.build.json")];
  const { status } = spawnSync(process.execPath, program, { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

function typescript() {
  try {
    return dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  } catch {
    console.error(
      "sqlproof: run npm ci in the repository, and then npm pack again: TypeScript, which compiles the package, is not installed",
    );
    process.exit(1);
  }
}

function declarations() {
  const paths = readdirSync(dist, { recursive: true }).map((path) => join(dist, String(path)));
  return paths.filter((path) => path.endsWith(".d.ts"));
}

/** The compiler leaves `./a.ts` in declarations, which not every version of it finds. */
function withCompiledImports(text) {
  return text.replace(/(from |import\()"(\.{1,2}\/[^"]+)\.ts"/g, '$1"$2.js"');
}

function packed({ scripts: _scripts, ...source }) {
  const compiled = (path) => path.replace(/^(\.\/)?src\//, "$1dist/").replace(/\.ts$/, "");
  const entries = Object.entries(source.exports).map(([name, path]) => [
    name,
    { types: `${compiled(path)}.d.ts`, default: `${compiled(path)}.js` },
  ]);
  const imports = Object.entries(source.imports).map(([name, { bun, default: other }]) => [
    name,
    { bun: `${compiled(bun)}.js`, default: `${compiled(other)}.js` },
  ]);
  return {
    ...source,
    exports: Object.fromEntries(entries),
    imports: Object.fromEntries(imports),
    // Not in the repository, whose own programs run on an older Node: they start Bun.
    engines: { ...source.engines, node: ">=22.18" },
    bin: { sqlproof: `${compiled(source.bin.sqlproof)}.js` },
  };
}
