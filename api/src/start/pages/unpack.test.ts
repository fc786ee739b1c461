import { afterAll, expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pagesFolder, unpackInto } from "./unpack.ts";

const place = mkdtempSync(join(tmpdir(), "northwind-unpack-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const packed = Bun.zstdCompressSync(await new Bun.Archive({ "border/serve.mjs": "pages" }).bytes());

test("the pages are unpacked complete, by several processes at once, and then used as they are", async () => {
  const name = pagesFolder(packed);
  const folders = await Promise.all([1, 2, 3].map(() => unpackInto(place, name, packed)));
  expect(new Set(folders)).toEqual(new Set([join(place, name)]));
  expect(readdirSync(place)).toEqual([name]);
  expect(readFileSync(join(place, name, "border", "serve.mjs"), "utf8")).toBe("pages");
});

test("no code is run from a folder that others may write", async () => {
  const folder = join(place, "pages-of-others");
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  await expect(unpackInto(place, "pages-of-others", packed)).rejects.toThrow(/others may write there/);
});

test("an archive that is broken leaves nothing behind", async () => {
  const before = readdirSync(place);
  await expect(unpackInto(place, "pages-broken", packed.subarray(0, 20))).rejects.toThrow();
  expect([readdirSync(place), existsSync(join(place, "pages-broken"))]).toEqual([before, false]);
});
