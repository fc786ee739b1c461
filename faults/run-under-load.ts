import { join } from "node:path";
import { checkAll, sentences } from "./checker/check.ts";
import { type Finding, harms } from "./checker/finding.ts";
import { Journal } from "./load/journal.ts";
import { type LoadOptions, startLoad } from "./load/load.ts";
import { reconcile } from "./load/reconcile.ts";
import { writeStatisticsOf } from "./load/write-statistics.ts";
import { formatCount } from "./report/figures.ts";
import type { Result, RowContext } from "./row.ts";
import { type System, type SystemOptions, startSystem } from "./system/system.ts";

/** What a row itself observed, in addition to the checker. */
export interface Observed {
  readonly broken: readonly string[];
  readonly figures: Readonly<Record<string, string>>;
}

export interface LoadedSystem {
  readonly system: System;
  readonly journal: Journal;
}

interface Settings {
  readonly system?: Partial<SystemOptions>;
  readonly load?: Partial<LoadOptions>;
  /** Creates the users before anybody works, and gives the `Authorization` of the clients. Default: nobody signs in. */
  readonly enter?: (url: string) => Promise<string>;
}

/**
 * The frame of most rows: starts a system under mixed load, injects the faults, lets the clients resolve what is
 * unknown, and checks every invariant. A run without any acknowledged write is broken: it has shown nothing.
 */
export async function runUnderLoad(
  { engine, folder, seed, trials, plant }: RowContext,
  settings: Settings,
  faults: (running: LoadedSystem) => Promise<Observed>,
): Promise<Result> {
  const system = await startSystem({ engine, folder, seed, sample: true, ...settings.system });
  const journal = new Journal(join(folder, "journal.jsonl"));
  try {
    const { url } = system;
    const signedIn = settings.enter === undefined ? {} : { authorization: await settings.enter(url) };
    const load = startLoad({ url, journal, clients: 8, seed, ...signedIn, ...settings.load });
    await load.ready;
    const observed = await faults({ system, journal });
    await load.stop();
    await reconcile({ url, journal, seed, ...signedIn });
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
  const { acknowledged, attemptsWithoutAnswer, unknown } = writeStatisticsOf(journal.read());
  const zeros = harms.map((harm) => [harm, formatCount(findings.filter((finding) => finding.harm === harm).length)]);
  const figures: Record<string, string> = {
    "acknowledged writes": formatCount(acknowledged),
    ...Object.fromEntries(zeros),
    "attempts without an answer": formatCount(attemptsWithoutAnswer),
  };
  const vacuous = [
    ...(acknowledged === 0 ? ["No write was acknowledged: the run has shown nothing."] : []),
    ...(unknown > 0 ? [`${unknown} writes were resent with their keys, and their outcome stayed unknown.`] : []),
  ];
  return { figures, vacuous };
}
