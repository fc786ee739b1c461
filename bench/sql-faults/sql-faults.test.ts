// A small part of `npm run bench:sql-faults`, only with sqlproof: the first faults of each class must fail the build.
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPrivateMariadb } from "../../sqlproof/src/test-server/private-mariadb.ts";
import { readCorpus } from "./corpus/corpus.ts";
import type { SqlFault } from "./corpus/fault.ts";
import { Ours } from "./tools/ours.ts";

/** A schema fault needs its own database, which takes longest. */
function wanted(fault: SqlFault, before: readonly SqlFault[]): boolean {
  const same = before.filter((other) => other.class === fault.class).length;
  return same < (fault.kind === "schema" || fault.kind === "stale" ? 1 : 2);
}

test("the first faults of each class fail the build", async () => {
  const scratch = mkdtempSync(join(tmpdir(), "sql-faults-test-"));
  const server = await startPrivateMariadb();
  try {
    const corpus = await readCorpus(server, 1);
    expect(corpus.length).toBeGreaterThanOrEqual(300);
    const part: SqlFault[] = [];
    for (const fault of corpus) if (wanted(fault, part)) part.push(fault);
    expect(part.length).toBeGreaterThanOrEqual(60);
    const verdicts = await new Ours(server, join(scratch, "sqlproof")).judge(part);
    const missed = part.filter(({ id }) => verdicts.get(id)?.outcome !== "caught");
    expect(missed.map(({ id, changed }) => `${id}: ${changed}`)).toEqual([]);
    const misplaced = part.filter(({ id }) => verdicts.get(id)?.rightStatement !== true);
    console.log(
      `measured: ${part.length} faults, ${misplaced.length} reported elsewhere than at the changed statement`,
    );
  } finally {
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}, 600_000);
