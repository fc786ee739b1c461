import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandsOf, open } from "../rows/input/i10-model.ts";
import type { Command } from "./comparison/commands.ts";
import { runCommands, type Target } from "./comparison/run.ts";
import { shrunk } from "./comparison/shrink.ts";
import { ReferenceApi } from "./reference-api.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
console.log(`model: SEED=${seed}`);
const folder = mkdtempSync(join(tmpdir(), "model-"));
const opened: Awaited<ReturnType<typeof open>>[] = [];
let targets: readonly Target[] = [];
let sqlite: readonly Target[] = [];

beforeAll(async () => {
  opened.push(...(await Promise.all(["sqlite" as const, "mariadb" as const].map((engine) => open(engine, folder, 1)))));
  targets = opened.map(({ target }) => target);
  sqlite = targets.slice(0, 1);
}, 60_000);

afterAll(async () => {
  for (const { close } of opened) await close();
  rmSync(folder, { recursive: true, force: true });
});

test("400 random commands: SQLite, MariaDB and the model give the same answers and hold the same rows", async () => {
  const { difference, statuses } = await runCommands(commandsOf(seed, 400), targets);
  expect(difference).toBe(null);
  // A run that is nearly all refusals would prove little.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(40);
  expect(statuses.get(201) ?? 0).toBeGreaterThan(20);
});

/** Models with one wrong rule each: a product with that fault would look the same from here. */
const wrongModels: Readonly<Record<string, () => ReferenceApi>> = {
  "a stale If-Match is accepted": () =>
    new (class extends ReferenceApi {
      override answer(request: Parameters<ReferenceApi["answer"]>[0]) {
        return super.answer({ ...request, ifMatch: null });
      }
    })(),
  "a repeated key is a new request": () =>
    new (class extends ReferenceApi {
      override answer(request: Parameters<ReferenceApi["answer"]>[0]) {
        return super.answer({ ...request, key: null });
      }
    })(),
  "a dry run is stored": () =>
    new (class extends ReferenceApi {
      override answer(request: Parameters<ReferenceApi["answer"]>[0]) {
        const { dry_run: _, ...query } = request.query;
        return super.answer({ ...request, query });
      }
    })(),
  "a list loses its last row": () =>
    new (class extends ReferenceApi {
      override answer(request: Parameters<ReferenceApi["answer"]>[0]) {
        const answers = super.answer(request);
        return answers.map((one) => (Array.isArray(one.data) ? { ...one, data: one.data.slice(0, -1) } : one));
      }
    })(),
};

describe("a wrong rule is found, and the shrunk run that shows it is small and fails again", () => {
  test.each(Object.entries(wrongModels))("%s", async (_name, makeModel) => {
    const commands = commandsOf(1, 1000);
    const fails = async (some: readonly Command[]) => (await runCommands(some, sqlite, makeModel)).difference !== null;
    const { difference } = await runCommands(commands, sqlite, makeModel);
    expect(difference).not.toBe(null);
    const small = await shrunk(commands.slice(0, (difference?.at ?? 0) + 1), fails);
    expect(small.length).toBeLessThanOrEqual(5);
    expect(await fails(small)).toBe(true);
    expect((await runCommands(small, sqlite)).difference).toBe(null);
  });

  test("so is a row that was stored differently from the answer", async () => {
    const commands = commandsOf(1, 100);
    const change = "UPDATE orders SET notes = 'other' WHERE id = (SELECT MAX(id) FROM orders)";
    const [{ name, url, store } = { name: "", url: "", store: null }] = sqlite;
    if (store === null) throw new Error("no database");
    let reads = 0;
    const tampered: Target = {
      ...{ name, url },
      store: {
        ...store,
        rows: async (sql) => {
          // The first read of the rows is the comparison at the end.
          if (sql.startsWith("SELECT *") && reads++ === 0) await store.rows(change);
          return store.rows(sql);
        },
      },
    };
    const { difference } = await runCommands(commands, [tampered]);
    expect(difference?.at).toBe(commands.length);
    expect(difference?.words).toContain('"notes":"other"');
  });
});
