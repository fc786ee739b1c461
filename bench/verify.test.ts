import { expect, test } from "bun:test";
import { build } from "./race/build.ts";
import { bare, contestants, ours, oursOnSqlite } from "./race/contestant.ts";
import { openRaceDatabases } from "./race/databases.ts";
import { verify } from "./verify.ts";

test("reports a contestant whose answers differ, and none whose answers equal ours", async () => {
  const databases = await openRaceDatabases(0, () => {});
  try {
    const named = async (name: string) => {
      const found = contestants().find((one) => one.name === name);
      if (found === undefined) throw new Error(`no contestant is named ${name}`);
      expect(await build(found)).toBe(null);
      return found;
    };
    expect(await verify(databases, await named(ours), await named(oursOnSqlite))).toEqual([]);
    const differences = await verify(databases, await named(ours), await named(bare));
    expect(differences[0]).toBe(
      'GET /api/health: data: "OK" expected, found {"id":42,"employee_id":3,"customer_id":21,"order_date":"2024-11-25T09:16:00","sh',
    );
    expect(differences.length).toBeGreaterThan(1);
  } finally {
    await databases.close();
  }
}, 120_000);
