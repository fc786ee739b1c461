// Opening a new file while another process writes to it: SQLite itself does not wait for the lock that WAL needs.
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "sqlproof-at-once-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that holds the write lock of a new file for so long. */
async function heldFor(path: string, heldMs: number) {
  const program = `
    import { Database } from "bun:sqlite";
    const database = new Database(${JSON.stringify(path)});
    database.run("BEGIN IMMEDIATE");
    console.log("held");
    await Bun.sleep(${heldMs});
    database.run("COMMIT");
  `;
  const child = Bun.spawn([process.execPath, "-e", program], { stdout: "pipe" });
  const { value } = await child.stdout.getReader().read();
  expect(new TextDecoder().decode(value)).toContain("held");
  return child;
}

test("a file that another process has just made is waited for", async () => {
  const path = join(folder, "new.db");
  const child = await heldFor(path, 300);
  await openSqlite({ path }).close();
  expect(await child.exited).toBe(0);
});

test("but no longer than for any other lock", async () => {
  const path = join(folder, "long.db");
  const child = await heldFor(path, 60_000);
  expect(() => openSqlite({ path, busyTimeoutMs: 100 })).toThrow("locked");
  child.kill();
  await child.exited;
});
