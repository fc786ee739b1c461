// Row F17 in a few trials, and its verdict on what it could observe.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { row, verdict } from "../rows/access/f17-revocation.ts";

test("sqlite: 6 rights are taken away on two processes, within a second", async () => {
  const folder = mkdtempSync(join(tmpdir(), "revocation-"));
  try {
    const { broken } = await row.run({ engine: "sqlite", trials: 6, seed: 3, folder, say: () => undefined });
    expect(broken).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const lost = { change: "sign-out", changerMs: -3, otherMs: 400, odd: [] };

test.each([
  [{}, 0],
  [{ lost: [] }, 1],
  [{ lost: [{ ...lost, changerMs: 1 }] }, 1],
  [{ lost: [lost, { ...lost, otherMs: 1001 }] }, 1],
  [{ lost: [{ ...lost, odd: ["500 internal"] }] }, 1],
  [{ back: 1 }, 1],
  [{ told: 2 }, 1],
])("%p breaks %i", (seen, count) => expect(verdict({ lost: [lost], back: 0, told: 0, ...seen })).toHaveLength(count));
