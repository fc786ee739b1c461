// A safeguard, not a measurement: sqlproof and bare bun:sqlite alternate at the same point read in this process. Only a
// ratio far beyond the measured one (`npm run bench:sqlproof`) fails, so that a busy machine does not.
import { Database as SqliteDatabase } from "bun:sqlite";
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSql, openSqlite } from "../src/index.ts";
import type { Proof } from "../src/runtime/proof.ts";

const columns = ["id", "a", "b", "c", "d", "e", "f", "g", "h", "i"];
const text = `SELECT ${columns.join(", ")} FROM wide WHERE id = :id`;
const engineText = text.replace(":id", "?");
const integer = { type: "integer", scale: 0, nullable: false } as const;
const proof: Proof = {
  kind: "select",
  parameters: [{ ...integer, name: "id", list: false }],
  columns: columns.map((name) => ({ ...integer, name, type: name === "id" ? "integer" : "text" })),
  statements: {
    mariadb: { parts: [engineText], binds: ["id"] },
    sqlite: { parts: [engineText], binds: ["id"] },
  },
};

const generous = 2;
const turns = 10_000;
const rounds = 9;

test(`a point read costs less than ${generous} times the bare driver's CPU`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "sqlproof-cost-"));
  const assertions = process.env.SQLPROOF_ASSERT;
  // Production runs without the assertions of test mode.
  process.env.SQLPROOF_ASSERT = "0";
  try {
    const path = join(folder, "wide.db");
    const bare = filled(path);
    const database = openSqlite({ path });
    const sql = createSql<{ [key: string]: { params: { id: number }; row: unknown } }, Record<never, never>>({
      [text]: proof,
    });
    const query = sql(text);
    const statement = bare.prepare(engineText);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const bareUsed = await cpuOf(() => statement.get(1 + (round % 10)));
      const ours = await cpuOf(() => database.one(query, { id: 1 + (round % 10) }));
      ratios.push(ours / bareUsed);
    }
    const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
    console.log(`measured: CPU of a point read of ten columns, ${ratio.toFixed(2)} times bun:sqlite's`);
    expect(ratio).toBeLessThan(generous);
    await database.close();
    bare.close();
  } finally {
    if (assertions === undefined) delete process.env.SQLPROOF_ASSERT;
    else process.env.SQLPROOF_ASSERT = assertions;
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

function filled(path: string): SqliteDatabase {
  const database = new SqliteDatabase(path, { create: true });
  database.run(`CREATE TABLE wide (id INTEGER PRIMARY KEY, ${columns.slice(1).join(" TEXT, ")} TEXT)`);
  const values = columns.slice(1).map((name) => `'text of column ${name}'`);
  for (let row = 0; row < 10; row += 1)
    database.run(`INSERT INTO wide (${columns.slice(1).join(", ")}) VALUES (${values.join(", ")})`);
  return database;
}

async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let turn = 0; turn < turns; turn += 1) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
