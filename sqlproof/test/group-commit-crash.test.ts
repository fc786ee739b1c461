// A process that uses group commit is killed, runs out of disk space, or shares its file with a second process. Every
// acknowledged write must exist with both of its rows, and no write that was reported as failed.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEntries } from "./entries.ts";

const folder = mkdtempSync(join(tmpdir(), "sqlproof-crash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function newFile(): string {
  files += 1;
  const path = join(folder, `entries-${files}.db`);
  createEntries(path);
  return path;
}

const program = join(import.meta.dir, "entries-writer.ts");

function start(path: string, mode: string, count: number, shellLimit = "") {
  const command = `${shellLimit} exec "$0" "$@"`;
  return Bun.spawn(["sh", "-c", command, process.execPath, program, path, mode, String(count)], {
    stdout: "pipe",
    stderr: "inherit",
  });
}

/** Complete lines only: the last may have been cut off. */
async function linesOf(child: ReturnType<typeof start>): Promise<string[]> {
  const text = await new Response(child.stdout).text();
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean);
}

interface Stored {
  readonly names: ReadonlySet<string>;
  /** Names of which only one row of the pair exists. */
  readonly halves: readonly string[];
}

function read(path: string): Stored {
  const raw = new SqliteDatabase(path);
  const rows = raw.query<{ name: string }, []>("SELECT name FROM entries").all();
  const integrity = raw.query("PRAGMA integrity_check").all();
  raw.close();
  expect(integrity).toEqual([{ integrity_check: "ok" }]);
  const all = new Set(rows.map(({ name }) => name));
  const names = new Set([...all].filter((name) => !name.startsWith("below ")));
  const halves = [...names].filter((name) => !all.has(`below ${name}`));
  return { names, halves: all.size === 2 * names.size ? halves : [...halves, `${all.size} rows`] };
}

function missing(acknowledged: readonly string[], { names }: Stored): string[] {
  return acknowledged.filter((line) => !line.startsWith("refused ") && !names.has(line));
}

describe("kill -9", () => {
  test("between some writes and their shared commit: none was acknowledged, none exists", async () => {
    const path = newFile();
    const child = start(path, "dies", 3);
    expect(await linesOf(child)).toEqual([]);
    expect(await child.exited).not.toBe(0);
    expect(read(path)).toEqual({ names: new Set(), halves: [] });
  });

  test("at any time: everything acknowledged exists completely", async () => {
    let acknowledged = 0;
    for (let trial = 0; trial < 6; trial += 1) {
      const path = newFile();
      const child = start(path, "lanes", 16);
      const lines = linesOf(child);
      await Bun.sleep(150 + Math.random() * 250);
      child.kill("SIGKILL");
      const said = await lines;
      const stored = read(path);
      expect({ lost: missing(said, stored), halves: stored.halves }).toEqual({ lost: [], halves: [] });
      acknowledged += said.length;
    }
    expect(acknowledged).toBeGreaterThan(0);
    console.log(`measured: kill -9 of a process that writes in groups, 6 times: ${acknowledged} acknowledged, 0 lost`);
  });
});

test("a full disk: acknowledged writes exist, failed writes do not", async () => {
  const path = newFile();
  // The log may grow to a few hundred pages; the unit is 512 bytes or 1 KB, depending on the shell.
  const said = await linesOf(start(path, "lanes", 16, "ulimit -f 2000;"));
  const stored = read(path);
  const refused = said.filter((line) => line.startsWith("refused ")).map((line) => line.replace(/^refused \S+ /, ""));
  expect(refused.length).toBeGreaterThan(0);
  expect(said.length - refused.length).toBeGreaterThan(0);
  expect({ lost: missing(said, stored), halves: stored.halves }).toEqual({ lost: [], halves: [] });
  expect(refused.filter((name) => stored.names.has(name))).toEqual([]);
});

test("two processes on one file: both make progress, nothing is lost", async () => {
  const path = newFile();
  const children = [start(path, "lanes", 8), start(path, "lanes", 8)];
  const lines = children.map(linesOf);
  await Bun.sleep(1000);
  for (const child of children) child.kill("SIGKILL");
  const said = await Promise.all(lines);
  const stored = read(path);
  for (const each of said) expect(each.length).toBeGreaterThan(0);
  expect({ lost: missing(said.flat(), stored), halves: stored.halves }).toEqual({ lost: [], halves: [] });
});
