import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathsMatching } from "../src/check/source-paths.ts";

const root = mkdtempSync(join(tmpdir(), "sqlproof-paths-"));
const files = [
  ...["a.ts", "b.tsx", "src/a.ts", "src/deep/er/b.ts", "src/deep/c.js", "src/(group)/[id]/page.tsx", "lib/a+b.ts"],
  ...["src/.hidden.ts", ".git/a.ts", "node_modules/p/a.ts", "src/node_modules/p/a.ts", "test/axts"],
];
for (const file of files) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), "");
}
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  ["*.ts", ["a.ts"]],
  ["./*.ts", ["a.ts"]],
  ["src/**/*.ts", ["src/a.ts", "src/deep/er/b.ts"]],
  ["**/*.{ts,tsx}", ["a.ts", "b.tsx", "lib/a+b.ts", "src/(group)/[id]/page.tsx", "src/a.ts", "src/deep/er/b.ts"]],
  ["{src,lib}/*.ts", ["lib/a+b.ts", "src/a.ts"]],
  ["src/deep/?.js", ["src/deep/c.js"]],
  ["src/a.ts", ["src/a.ts"]],
  ["src/**", ["src/(group)/[id]/page.tsx", "src/a.ts", "src/deep/c.js", "src/deep/er/b.ts"]],
  ["nowhere/**/*.ts", []],
])("%s", (glob, expected) => {
  expect(pathsMatching(root, glob).sort()).toEqual(expected);
  // Bun's own glob finds the same, hidden files and installed packages aside.
  const found = [...new Bun.Glob(glob.replace(/^\.\//, "")).scanSync({ cwd: root, onlyFiles: true })];
  expect(found.filter((path) => !path.includes("node_modules")).sort()).toEqual(expected);
});
