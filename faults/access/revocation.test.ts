// Row F17 in a few trials, and the verdicts of the rows about access on what they could observe.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { row, verdict } from "../rows/access/f17-revocation.ts";
import { verdict as away } from "../rows/access/f18-database-away.ts";
import { verdict as jumped, jumps } from "../rows/access/f19-clock.ts";

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

const asked = { name: "a made-up session", away: 503, back: 401, status: 503, tookMs: 10, when: "away" } as const;

test.each([
  [{}, 0],
  [{ status: 200 }, 1],
  [{ status: 401 }, 1],
  [{ tookMs: 5100 }, 1],
  [{ when: "back", status: 401 } as const, 1],
  [{ when: "back", status: 200 } as const, 2],
])("the database away, %p: %i broken", (seen, count) => expect(away([{ ...asked, ...seen }])).toHaveLength(count));

test("clocks: a session that lives on, one that ended for good, and a clock that did not jump", () => {
  const seen = jumps.map((jump) => ({
    ...{ jump, who: "session" as const },
    answer: jump.refused.includes("session") ? "refused" : "let in",
  }));
  expect(jumped(seen)).toEqual([]);
  const changed = (name: string, answer: string) =>
    seen.map((one) => (one.jump.name === name ? { ...one, answer } : one));
  expect(jumped(changed("five years ahead", "let in"))).toEqual(["five years ahead: session was let in."]);
  expect(jumped(changed("right again", "refused"))).toHaveLength(5);
  expect(jumped(seen.map((one) => ({ ...one, answer: "let in" })))).toContain(
    "The clock did not jump: nothing was shown.",
  );
});
