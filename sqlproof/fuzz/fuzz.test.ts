import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { effectDifferences } from "../src/check/effects/differences.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { catalogDifferences } from "../src/check/types/parity.ts";
import { Random } from "../src/differential/random.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { readCommandLine } from "./command-line.ts";
import { isBounded, mayTakeLong } from "./find/bounds.ts";
import { described } from "./find/described.ts";
import { isTimeout, kindOf } from "./find/kind.ts";
import { smallerTexts } from "./find/smaller-texts.ts";
import { statement } from "./grammar/statement.ts";
import { realTexts } from "./mutants/real-texts.ts";
import { runInProcesses } from "./processes/parallel-run.ts";
import { arenaOf } from "./run/arena.ts";
import { noCounts, sumOf } from "./run/counts.ts";
import { allBlocks, type Find, type FuzzOptions, runFuzz } from "./run/run.ts";
import { planters } from "./schema/planted-schema.ts";
import { randomSchema } from "./schema/random-schema.ts";

let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(() => server.stop());

/** Runs until the first find. */
async function firstFind(options: Pick<FuzzOptions, "seed" | "from" | "statements">): Promise<Find | undefined> {
  const finds: Find[] = [];
  const { host, port, user, password } = server;
  await runFuzz(
    { host, port, user, password },
    {
      ...{
        ...options,
        rounds: 2,
        lanes: 1,
        portion: allBlocks,
        shrinkMs: 2000,
        texts: [],
        skip: null,
        planted: "schema",
      },
      onFind: (find) => finds.push(find),
      enough: () => finds.length > 0,
    },
  );
  return finds[0];
}

test("mutants are made of texts that promise nothing: a changed one would break the promise", () => {
  const texts = realTexts(join(import.meta.dir, "../..")).flatMap((real) => real.texts);
  expect(texts.some((text) => text.includes('"priced: boolean"'))).toBe(true);
  expect(texts.filter((text) => /!(: ?\w+)?"/.test(text))).toEqual([]);
});

describe("statements", () => {
  const made = (seed: number): readonly string[] => {
    const random = new Random(seed);
    const model = randomSchema(random.fork("schema"));
    return Array.from({ length: 200 }, (_, number) => statement(random.fork(`statement ${number}`), model));
  };

  test("are the same for the same seed, and others for another", () => {
    expect(made(1)).toEqual(made(1));
    expect(made(2)).not.toEqual(made(1));
    expect(new Set(made(1)).size).toBeGreaterThan(190);
  });

  test("are of every kind", () => {
    const all = made(3).join("\n");
    const kinds = ["WITH q", "WITH RECURSIVE", "UNION ALL", "GROUP BY", "HAVING", " OVER (", "LEFT JOIN", "EXISTS ("];
    const writes = ["INSERT INTO", "VALUES (", "UPDATE ", "DELETE FROM", "RETURNING", "ON CONFLICT"];
    expect([...kinds, ...writes].filter((part) => !all.includes(part))).toEqual([]);
  });
});

describe("a planted difference", () => {
  test("is found, shrunk, and found again by its number", async () => {
    const find = await firstFind({ seed: 4, from: 0, statements: 10_000 });
    if (find === undefined) throw new Error("nothing found");
    expect(find.text.length).toBeLessThanOrEqual(find.original.length);
    const lines = described(find, { seed: 4, planted: "schema" });
    expect(lines).toContain(`again   npm run fuzz:sql -- --seed 4 --from ${find.number} --statements 1 --plant schema`);
    const again = await firstFind({ seed: 4, from: find.number, statements: 1 });
    expect(again).toMatchObject({ number: find.number, original: find.original, kind: find.kind });
  }, 120_000);
});

describe("two processes", () => {
  test("do together what one does", async () => {
    const { host, port, user, password } = server;
    const counted = async (...more: readonly string[]) => {
      const asked = readCommandLine(["--seed", "11", "--statements", "600", ...more]);
      if (asked === null) throw new Error("only the usage");
      const watch = { onFind: () => undefined, enough: () => false };
      const { generated, accepted, executed, rowsCompared } = await runInProcesses(
        { host, port, user, password },
        asked,
        watch,
      );
      return { generated, accepted, executed, rowsCompared };
    };
    const one = await counted();
    expect(one.generated).toBe(600);
    expect(await counted("--processes", "2")).toEqual(one);
    const finds = (signature: string, times: number) => ({ ...noCounts(), signatures: new Map([[signature, times]]) });
    expect(sumOf([finds("a", 1), finds("b", 1), finds("a", 2)]).signatures).toEqual(
      new Map([
        ["a", 3],
        ["b", 1],
      ]),
    );
  }, 120_000);
});

describe("the comparison of schemas", () => {
  /** Null where the family plants nothing in this schema. */
  const differences = async (seed: number, planted: string | null): Promise<readonly string[] | null> => {
    const random = new Random(seed);
    const { migrations, models } = arenaOf(1, random, [], planters.get(planted ?? "") ?? null);
    if (planted !== null && models?.mariadb === models?.sqlite) return null;
    const mariadb = await MariadbProver.open(server, migrations.mariadb);
    const sqlite = new SqliteProver(migrations.sqlite);
    try {
      const effects = await effectDifferences(mariadb.schema, sqlite.schema);
      return [...catalogDifferences(mariadb.catalog, sqlite.catalog), ...effects];
    } finally {
      await mariadb.close();
      sqlite.close();
    }
  };

  test("finds nothing in two schemas of one model, and something in every planted one", async () => {
    const tried = new Map<string, number>();
    for (let seed = 1; seed <= 12; seed += 1) {
      expect({ seed, found: await differences(seed, null) }).toEqual({ seed, found: [] });
      for (const family of planters.keys()) {
        const found = await differences(seed, family);
        if (found === null) continue;
        tried.set(family, (tried.get(family) ?? 0) + 1);
        expect({ seed, family, found: found.length > 0 }).toEqual({ seed, family, found: true });
      }
    }
    expect(Object.fromEntries(tried)).toMatchObject({ schema: 12, check: 12, trigger: 12 });
    expect(tried.get("generated")).toBeGreaterThan(2);
  }, 120_000);
});

describe("shrinking", () => {
  test("leaves out clauses, arguments and rows of a list", () => {
    const smaller = [...smallerTexts("SELECT COALESCE(n, 1) AS v, m FROM a WHERE b = TRUE")];
    for (const text of ["SELECT COALESCE(n, 1) AS v, m FROM a", "SELECT n AS v, m FROM a WHERE b = TRUE"])
      expect(smaller).toContain(text);
    expect(smaller.every((text) => text.length < 60)).toBe(true);
  });

  test("never takes the limit from a recursion, which would not end", () => {
    const text =
      "WITH RECURSIVE r (i, j) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, j FROM r WHERE i < 9) SELECT j, i FROM r";
    // Without RECURSIVE, MariaDB refuses a query that names itself.
    const smaller = [...smallerTexts(text)].filter((shorter) => shorter.includes("RECURSIVE"));
    expect(smaller.length).toBeGreaterThan(0);
    expect(smaller.filter((shorter) => !shorter.includes("i + 1, ") || !shorter.includes("WHERE i < "))).toEqual([]);
  });
});

test("MariaDB, which can be stopped, is asked first what joins many tables", () => {
  const joined = (tables: number): string => `SELECT 1 FROM a${" JOIN a".repeat(tables - 1)}`;
  expect([4, 5, 6, 7].map((tables) => mayTakeLong(joined(tables)))).toEqual([false, true, true, true]);
  expect([4, 5, 6, 7].map((tables) => isBounded(joined(tables)))).toEqual([true, true, true, false]);
});

test("a join of many rows that MariaDB ends by its limit of time is not judged", () => {
  const ended = "DatabaseError query-timeout: Query execution was interrupted (max_statement_time exceeded)";
  expect(isTimeout({ what: "one engine refuses", mariadb: ended, sqlite: "7529536 rows" })).toBe(true);
  expect(isTimeout({ what: "one engine refuses", mariadb: "DatabaseError other: x", sqlite: "1 rows" })).toBe(false);
});

test("what the checker does not promise is told from a difference", () => {
  const both = { what: "each engine refuses for its own reason", mariadb: "DatabaseError unique: x" };
  expect(kindOf({ ...both, sqlite: "DatabaseError foreign-key: y" })).toBe("another constraint");
  expect(kindOf({ ...both, sqlite: "DatabaseError other: y" })).toBe("other reason");
  expect(
    kindOf({ what: "one engine refuses", mariadb: "1 rows", sqlite: "DatabaseError other: integer overflow" }),
  ).toBe("beyond 64 bits");
  const given = (sqlite: string) => kindOf({ what: "one engine refuses", mariadb: "1 rows", sqlite });
  expect(given("DecodeError: column x: a sum or product is beyond 64 bits")).toBe("beyond 64 bits");
  expect(given("DecodeError: column x: expected decimal, the engine gave number")).toBe("type");
  expect(kindOf({ what: "other rows", mariadb: "1", sqlite: "2" })).toBe("value");
});
