// Backups that the server takes by itself, and backups in a real S3-compatible store.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { migrateSqlite } from "sqlproof/migrations";
import { schemaFolder } from "../start/paths.ts";
import { run as backup } from "./commands/backup.ts";
import { run as restore } from "./commands/restore.ts";
import { run as verify } from "./commands/verify.ts";
import { backupName, backupsIn, takenAtOf } from "./places/names.ts";
import { placeAt } from "./places/open.ts";
import { backUpRegularly } from "./schedule.ts";

const folder = mkdtempSync(join(tmpdir(), "northwind-schedule-"));
const path = join(folder, "northwind.db");
const program = join(import.meta.dir, "..", "main.ts");
beforeAll(async () => {
  await migrateSqlite({ database: path, folder: schemaFolder("sqlite") });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waits until `found` is true; an absolute time is no part of the test. */
async function until(found: () => boolean): Promise<void> {
  while (!found()) await Bun.sleep(20);
}

function schedule(to: string, everyMs: number) {
  const taken: string[] = [];
  const failures: string[] = [];
  const backups = backUpRegularly({
    ...{ to, everyMs, keep: "last=2", databaseUrl: `sqlite:${path}`, program },
    onTaken: ({ name }) => taken.push(name),
    onFailed: (reason) => failures.push(reason),
  });
  return { backups, taken, failures };
}

describe("--backup-every", () => {
  test("takes one at once where there is none, then one each time, and keeps as many as it is told", async () => {
    const to = join(folder, "regular");
    const { backups, taken, failures } = schedule(to, 300);
    await until(() => taken.length >= 3);
    backups.stop();
    expect(failures).toEqual([]);
    const found = readdirSync(to).filter((name) => takenAtOf(name) !== null);
    expect(found).toHaveLength(2);
    expect(backups.lastAt()).toBe((takenAtOf(backupsIn(found).at(-1) ?? "")?.getTime() ?? 0) / 1000);
  }, 60_000);

  test("a restart takes none while the newest is young enough", async () => {
    const to = join(folder, "young");
    mkdirSync(to);
    const name = backupName(new Date());
    writeFileSync(join(to, name), "");
    const { backups, taken } = schedule(to, 3_600_000);
    await until(() => backups.lastAt() !== null);
    await Bun.sleep(200);
    backups.stop();
    expect([taken, readdirSync(to)]).toEqual([[], [name]]);
  }, 30_000);

  test("settings of the server that are not in the environment do not matter", async () => {
    process.env.BACKUP_EVERY = "1h";
    process.env.ANONYMOUS = "viewer";
    const { backups, taken, failures } = schedule(join(folder, "other settings"), 3_600_000);
    await until(() => taken.length + failures.length > 0);
    backups.stop();
    delete process.env.BACKUP_EVERY;
    delete process.env.ANONYMOUS;
    expect(failures).toEqual([]);
  }, 30_000);

  test("a backup that fails is reported in words", async () => {
    writeFileSync(join(folder, "a file"), "");
    const { backups, failures } = schedule(join(folder, "a file", "backups"), 3_600_000);
    await until(() => failures.length > 0);
    backups.stop();
    expect(failures.join()).toContain("ENOTDIR");
  }, 30_000);
});

describe("a bucket", () => {
  let store: S3rver;
  const environment = process.env;
  beforeAll(async () => {
    store = new S3rver({
      ...{ port: 0, address: "127.0.0.1", silent: true, directory: join(folder, "store") },
      configureBuckets: [{ name: "orders", configs: [] }],
    });
    const { port } = await store.run();
    process.env.S3_ENDPOINT = `http://127.0.0.1:${port}`;
    process.env.S3_ACCESS_KEY_ID = process.env.S3_SECRET_ACCESS_KEY = "S3RVER";
  });
  afterAll(async () => {
    process.env = environment;
    await store?.close();
  });

  async function* chunks(...list: readonly Uint8Array[]) {
    yield* list;
  }

  test("stores what it is given byte by byte, lists it, and deletes it", async () => {
    const place = await placeAt("s3://orders/shop/daily", folder);
    // Three parts, of random bytes.
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const many = Array.from({ length: 300 }, () => bytes);
    const name = backupName(new Date("2026-01-05T09:30:00Z"));
    expect(await place.write(name, chunks(...many))).toBe(18_000_000);
    const small = backupName(new Date("2026-01-05T10:30:00Z"));
    await place.write(small, chunks(bytes));
    expect(await place.list()).toEqual([
      { name, size: 18_000_000 },
      { name: small, size: 60_000 },
    ]);
    const read: Uint8Array[] = [];
    for await (const chunk of place.read(name)) read.push(Uint8Array.from(chunk));
    expect(Bun.SHA256.hash(Buffer.concat(read), "hex")).toBe(Bun.SHA256.hash(Buffer.concat(many), "hex"));
    expect(place.write(small, chunks(bytes))).rejects.toMatchObject({ name: "NameTakenError" });
    await place.remove(name);
    expect(await place.list()).toEqual([{ name: small, size: 60_000 }]);
  }, 30_000);

  test("a backup that breaks off leaves nothing that looks like one", async () => {
    const place = await placeAt("s3://orders/broken", folder);
    async function* broken() {
      for (let part = 0; part < 20; part += 1) yield new Uint8Array(1_000_000);
      throw new Error("the database is gone");
    }
    const written = place.write(backupName(new Date()), broken());
    expect(written).rejects.toThrow("the database is gone");
    await written.catch(() => undefined);
    expect(await place.list()).toEqual([]);
  }, 30_000);

  test("npm run backup, verify and restore with s3://", async () => {
    const database = `sqlite:${path}`;
    expect(await backup(["--to", "s3://orders/own", "--database", database, "--keep", "last=3"])).toBe(0);
    expect(await verify(["--backup", "s3://orders/own"])).toBe(0);
    const copy = `sqlite:${join(folder, "from the bucket.db")}`;
    expect(await restore(["--from", "s3://orders/own", "--database", copy])).toBe(0);
    expect(await verify(["--database", copy])).toBe(0);
  }, 60_000);

  test("what the store refuses is said in words", async () => {
    const place = await placeAt("s3://no-such-bucket", folder);
    expect(place.list()).rejects.toThrow(/s3:\/\/no-such-bucket\/ refused \(NoSuchBucket\)/);
  }, 30_000);
});
