// Random commands of the trade on both engines; and wrong models, to show that a run finds a product with that fault.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStores } from "../database/store.ts";
import { type System, startSystem } from "../system/system.ts";
import { runAtOnce } from "./at-once.ts";
import type { Command } from "./commands.ts";
import { Model } from "./model/model.ts";
import type { Made } from "./model/orders.ts";
import { Stock } from "./model/state.ts";
import { type Outcome, runTrade } from "./run.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
console.log(`trade: SEED=${seed}`);
const folder = mkdtempSync(join(tmpdir(), "trade-"));
const systems = new Map<string, System>();

beforeAll(async () => {
  for (const engine of ["sqlite", "mariadb"] as const) {
    const own = mkdtempSync(join(folder, engine));
    systems.set(engine, await startSystem({ engine, folder: own, seed, settings: ["--log-level", "warn"] }));
  }
}, 60_000);

afterAll(async () => {
  for (const system of systems.values()) await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

function systemOn(engine: string): System {
  const system = systems.get(engine);
  if (system === undefined) throw new Error(`${engine} did not start`);
  return system;
}

function run(engine: string, commands: number, model = new Model(), of = seed): Promise<Outcome> {
  return runTrade(systemOn(engine), { seed: of, commands, model });
}

test("400 random commands: SQLite, MariaDB and the model have the same quantities, and the proof is empty", async () => {
  const outcomes = [await run("sqlite", 400), await run("mariadb", 400)];
  expect(outcomes.map(({ difference }) => difference)).toEqual([null, null]);
  const [sqlite, mariadb] = outcomes;
  expect(mariadb?.digest).toBe(sqlite?.digest ?? "");
  // A run that is nearly all refusals would prove little.
  expect(sqlite?.statuses.get(200) ?? 0).toBeGreaterThan(40);
  expect(sqlite?.statuses.get(201) ?? 0).toBeGreaterThan(20);
}, 60_000);

const few = { clients: 4, perRound: 20 } as const;

test.each(["sqlite", "mariadb"])(
  "%s: 4 clients at once, killed once, leave what was acknowledged",
  async (engine) => {
    const { broken, acknowledged, kills } = await runAtOnce(systemOn(engine), { seed, rounds: 2, kills: true, ...few });
    expect(broken).toEqual([]);
    expect([acknowledged > 20, kills > 0]).toEqual([true, true]);
  },
  60_000,
);

test("at once: details that are lost, and a wrong model, are found", async () => {
  const plant = async () => {
    const [store] = await openStores(systemOn("sqlite").store);
    const newest = "(SELECT MAX(order_id) FROM order_details WHERE shipped = 0 AND allocated = 0)";
    await store.rows("PRAGMA foreign_keys = OFF");
    await store.rows(`DELETE FROM order_details WHERE order_id = ${newest}`);
    await store.close();
  };
  const options = { rounds: 1, kills: false, ...few } as const;
  const { broken } = await runAtOnce(systemOn("sqlite"), { ...options, seed: seed + 1, plant });
  expect(broken.join("\n")).toMatch(/order [0-9]+ is status .*, the model says/);
  const model = new Model(new Unfilled());
  const wrong = await runAtOnce(systemOn("sqlite"), { ...options, seed: seed + 2, rounds: 5, model });
  expect(wrong.broken.join("\n")).toContain("the model says");
});

/** A model that does something else than what it is told. */
function telling(change: (command: Command) => Command): Model {
  return new (class extends Model {
    override perform(command: Command, made: Made) {
      return super.perform(change(command), made);
    }
  })();
}

/** A model that spoils its stock after each command. */
function spoiling(spoil: (model: Model) => void): Model {
  return new (class extends Model {
    override perform(command: Command, made: Made) {
      const expected = super.perform(command, made);
      spoil(this);
      return expected;
    }
  })();
}

class Unfilled extends Stock {
  override fill(): void {}

  protected override empty(): Stock {
    return new Unfilled();
  }
}

/** Models with one wrong rule each: a product with that fault would look the same from here. */
const wrongModels: Readonly<Record<string, () => Model>> = {
  "a dry run is stored": () => telling((command) => ({ ...command, isDryRun: false })),
  "a stale If-Match is accepted": () => telling((command) => ({ ...command, ifMatch: null })),
  "waste stays on hand": () =>
    telling(({ deed, ...rest }) => ({ ...rest, deed: deed.do === "adjust" ? { ...deed, isWaste: false } : deed })),
  "a release gives back all, whatever it names": () =>
    telling(({ deed, ...rest }) => {
      if (deed.do !== "act" || deed.action !== "release") return { ...rest, deed };
      const { details: _, ...all } = deed;
      return { ...rest, deed: all };
    }),
  "any quantity over what was ordered may come in": () =>
    spoiling(({ stock }) => {
      stock.terms = { ...stock.terms, tolerance: 10_000_000 };
    }),
  "policies of orders do not count": () =>
    spoiling(({ stock }) => {
      for (const order of stock.orders.values()) order.fields = { ...order.fields, policy: null };
    }),
  "nothing is on order": () =>
    spoiling(({ stock }) => {
      for (const product of stock.products.values()) product.onOrder = 0;
    }),
  "what moves between a count and its approval is taken for missing": () =>
    spoiling(({ stock }) => {
      for (const { lines } of stock.counts.values())
        for (const line of lines)
          if (line.counted !== null) line.expected = stock.balance(line.product)?.onHand ?? line.expected;
    }),
  "what comes in goes to nobody": () => new Model(new Unfilled()),
};

describe("a wrong model is found", () => {
  test.each(Object.keys(wrongModels))("%s", async (name) => {
    const { difference } = await run("sqlite", 1000, wrongModels[name]?.(), 20261129);
    expect(difference).not.toBe(null);
  });
});
