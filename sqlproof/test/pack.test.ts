// `npm pack` without what it needs, and what it leaves in the folder.
import { afterAll, expect, test } from "bun:test";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = join(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "sqlproof-pack-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("before npm ci, it is said, and nothing is changed", () => {
  const files = ["pack.mjs", "package.json"];
  for (const name of files) cpSync(join(source, name), join(folder, name));
  const { exitCode, stderr } = Bun.spawnSync(["node", "pack.mjs"], { cwd: folder });
  expect([exitCode, stderr.toString()]).toEqual([
    1,
    "sqlproof: run npm ci in the repository, and then npm pack again: TypeScript, which compiles the package, is not installed\n",
  ]);
  expect(readdirSync(folder).sort()).toEqual(files);
  const manifest = readFileSync(join(folder, "package.json"), "utf8");
  expect(manifest).toBe(readFileSync(join(source, "package.json"), "utf8"));
});

test("git ignores the packed file", () => {
  const { exitCode } = Bun.spawnSync(["git", "check-ignore", "-q", "sqlproof-0.1.0.tgz"], { cwd: source });
  expect(exitCode).toBe(0);
});
