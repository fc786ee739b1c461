import type { MigrationStep } from "../../migrations/files.ts";
import type { Deployed, Refused } from "./deployed.ts";

/** The steps of one number: one of each engine, or only of one. */
export interface StepPair {
  readonly version: number;
  readonly mariadb: readonly MigrationStep[];
  readonly sqlite: readonly MigrationStep[];
}

/** One engine runs the step over the rows that are stored, and the other refuses it. */
export interface Refusal extends Refused {
  readonly engine: "MariaDB" | "SQLite";
  /** True when it takes the same rows without the ends of ranges. */
  readonly onlyEnds: boolean;
}

/** Nothing more can be tried: without any row, an engine refuses what it took when the schema was built. */
export class StuckError extends Error {
  override readonly name = "StuckError";
  constructor(
    message: string,
    readonly refusal: Refusal | null,
  ) {
    super(message);
  }
}

/**
 * Runs a step on both. Rows that both refuse go before it; when only one refuses them, all go, and the later steps are
 * tried with others.
 */
export async function runStep(deployed: Deployed, { mariadb, sqlite }: StepPair): Promise<Refusal | null> {
  const saidThere = deployed.beginOnSqlite(sqlite);
  const refused = saidThere === null ? [] : refusedThere(deployed, sqlite);
  const here = await stepOnMariadb(deployed, mariadb, refused);
  if (saidThere === null && !here.refuses) {
    deployed.commitOnSqlite();
    return null;
  }
  if (!here.refuses) await deployed.remove(refused);
  if (deployed.beginOnSqlite(sqlite) !== null) {
    await deployed.remove(deployed.numbers());
    const stuck = deployed.beginOnSqlite(sqlite);
    if (stuck !== null) throw new StuckError(stuck.said, here.refusal);
  }
  deployed.commitOnSqlite();
  if (saidThere === null || here.refuses) return here.refusal;
  const onlyEnds = refused.every((number) => number >= deployed.ends);
  return { engine: "SQLite", ...saidThere, onlyEnds };
}

/** Runs each statement, if need be again without the rows that SQLite refuses, without the ends, without any. */
async function stepOnMariadb(
  deployed: Deployed,
  steps: StepPair["mariadb"],
  refusedThere: readonly number[],
): Promise<{ readonly refuses: boolean; readonly refusal: Refusal | null }> {
  let refuses = false;
  let refusal: Refusal | null = null;
  for (const { text } of steps.flatMap(({ statements }) => statements)) {
    let said = await saidBy(deployed, text);
    if (said === null) continue;
    // The same rows go from both before SQLite runs the step again.
    deployed.undoOnSqlite();
    if (refusedThere.length > 0 && !refuses) {
      await deployed.remove(refusedThere);
      said = await saidBy(deployed, text);
    }
    refuses = true;
    if (said === null) continue;
    const first = said;
    await deployed.remove(deployed.numbers().filter((number) => number >= deployed.ends));
    said = await saidBy(deployed, text);
    const onlyEnds = said === null;
    if (said !== null) {
      await deployed.remove(deployed.numbers());
      said = await saidBy(deployed, text);
    }
    refusal ??= { engine: "MariaDB", said: first, statement: text, onlyEnds };
    if (said !== null) throw new StuckError(said, refusal);
  }
  return { refuses, refusal };
}

/** The rows that SQLite's step refuses, as numbers. Where each alone is taken, it is several that cannot stay. */
function refusedThere(deployed: Deployed, steps: StepPair["sqlite"]): readonly number[] {
  const alone = deployed.refusedOnSqlite(steps);
  return alone.length > 0 ? alone : deployed.numbers().slice(1);
}

async function saidBy({ mariadb, database }: Deployed, text: string): Promise<string | null> {
  try {
    await mariadb.query(text);
    return null;
  } catch (error) {
    const said = error instanceof Error && "sqlMessage" in error ? String(error.sqlMessage) : String(error);
    return said.replaceAll(`\`${database}\`.`, "").replaceAll(`${database}.`, "");
  }
}
