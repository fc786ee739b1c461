import { join } from "node:path";
import { checkAll, sentences } from "./checker/check.ts";
import { type Finding, harms } from "./checker/finding.ts";
import { Journal } from "./load/journal.ts";
import { type LoadOptions, startLoad } from "./load/load.ts";
import { settle } from "./load/reconcile.ts";
import { censusOf } from "./load/write-statistics.ts";
import { counted } from "./report/figures.ts";
import type { Result, RowContext } from "./row.ts";
import { type System, type SystemOptions, startSystem } from "./system/system.ts";

/** What a row finds out itself, beside what the checker does. */
export interface Observed {
  readonly broken: readonly string[];
  readonly figures: Readonly<Record<string, string>>;
}

export interface UnderLoad {
  readonly system: System;
  readonly journal: Journal;
}

interface Surroundings {
  readonly system?: Partial<SystemOptions>;
  readonly load?: Partial<LoadOptions>;
}

/**
 * The frame of most rows: a system under mixed load, the faults, then everything settled and every invariant checked.
 * A run in which nothing was acknowledged is broken: it has shown nothing.
 */
export async function underLoad(
  { engine, folder, seed, trials, plant }: RowContext,
  surroundings: Surroundings,
  faults: (running: UnderLoad) => Promise<Observed>,
): Promise<Result> {
  const system = await startSystem({ engine, folder, seed, sample: true, ...surroundings.system });
  const journal = new Journal(join(folder, "journal.jsonl"));
  try {
    const load = startLoad({ url: system.url, journal, clients: 8, seed, ...surroundings.load });
    await load.ready;
    const observed = await faults({ system, journal });
    await load.stop();
    await settle({ url: system.url, journal, seed });
    await plant?.(system.store);
    const findings = await checkAll(system, journal);
    const { figures, vacuous } = summary(journal, findings);
    const broken = [...observed.broken, ...vacuous, ...sentences(findings, `seed ${seed}`)];
    return { trials, broken, figures: { ...figures, ...observed.figures } };
  } finally {
    await system.stop();
    journal.close();
  }
}

function summary(journal: Journal, findings: readonly Finding[]) {
  const { acknowledged, attemptsWithoutAnswer, unknown } = censusOf(journal.read());
  const zeros = harms.map((harm) => [harm, counted(findings.filter((finding) => finding.harm === harm).length)]);
  const figures: Record<string, string> = {
    "acknowledged writes": counted(acknowledged),
    ...Object.fromEntries(zeros),
    "tries without an answer": counted(attemptsWithoutAnswer),
  };
  const vacuous = [
    ...(acknowledged === 0 ? ["No write was acknowledged: the run has shown nothing."] : []),
    ...(unknown > 0 ? [`${unknown} writes were never settled, with their key sent again and again.`] : []),
  ];
  return { figures, vacuous };
}
