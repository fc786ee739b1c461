import { outcomes } from "../in-tests/run-tests.ts";
import type { CheckedMutant } from "../results.ts";
import type { Candidate } from "./candidates.ts";

/** So many mutants run in one process, which begins and ends with a run without any. */
const batchSize = 25;

interface Waiting {
  readonly mutant: CheckedMutant;
  readonly candidates: Candidate[];
}

interface Batch {
  readonly candidate: Candidate;
  readonly sqliteOnly: boolean;
  readonly waiting: Waiting[];
}

export interface TestJudgeOptions {
  readonly template: string;
  /** How many test processes run at once. */
  readonly atOnce: number;
  /** Whether the tests of a file connect to MariaDB by themselves. */
  readonly needsMariadb: (file: string) => boolean;
  readonly take: (mutant: CheckedMutant, stoppedBy: Candidate | null) => void;
  /** Hears of every test that a mutant did not make fail. */
  readonly spare: (mutant: CheckedMutant, by: Candidate) => void;
}

/** Runs tests with each mutant in the place of its query until one fails; what no candidate stops is a survivor. */
export async function judgeByTests(
  mutants: readonly { readonly mutant: CheckedMutant; readonly candidates: readonly Candidate[] }[],
  { template, atOnce, needsMariadb, take, spare }: TestJudgeOptions,
): Promise<void> {
  let waiting: Waiting[] = mutants.map(({ mutant, candidates }) => ({ mutant, candidates: [...candidates] }));
  while (waiting.length > 0) {
    const rest: Waiting[] = [];
    for (const one of waiting) if (one.candidates.length === 0) take(one.mutant, null);
    const batches = batchesOf(
      waiting.filter(({ candidates }) => candidates.length > 0),
      needsMariadb,
    );
    const work = async () => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const { candidate, sqliteOnly } = batch;
        const only = candidate.test === null ? undefined : [candidate.test];
        const loaded = batch.waiting.flatMap(({ mutant: { id, query, proof } }) =>
          proof === null ? [] : [{ id, query, proof }],
        );
        const found = await outcomes(loaded, { file: candidate.file, only, template, sqliteOnly });
        for (const [index, one] of batch.waiting.entries()) {
          if (found[index] === "red") take(one.mutant, candidate);
          else {
            spare(one.mutant, candidate);
            rest.push({ ...one, candidates: one.candidates.filter((other) => nameOf(other) !== nameOf(candidate)) });
          }
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    waiting = rest;
  }
}

/** Each mutant with the one of its next candidates that most others want too. */
function batchesOf(waiting: readonly Waiting[], needsMariadb: (file: string) => boolean): Batch[] {
  const wanted = new Map<string, number>();
  const next = ({ candidates }: Waiting) =>
    candidates.slice(0, 2).filter(({ test }) => test !== null || candidates[0]?.test === null);
  for (const one of waiting)
    for (const candidate of next(one)) wanted.set(nameOf(candidate), (wanted.get(nameOf(candidate)) ?? 0) + 1);
  const batches: Batch[] = [];
  const open = new Map<string, Batch>();
  for (const one of waiting) {
    const [candidate] = next(one).toSorted((a, b) => (wanted.get(nameOf(b)) ?? 0) - (wanted.get(nameOf(a)) ?? 0));
    if (candidate === undefined) continue;
    // What MariaDB alone does wrong, SQLite cannot show.
    const sqliteOnly = one.mutant.on !== "mariadb" && one.mutant.operator !== "lock" && !needsMariadb(candidate.file);
    const name = `${nameOf(candidate)} ${sqliteOnly}`;
    const batch = open.get(name) ?? { candidate, sqliteOnly, waiting: [] };
    batch.waiting.push(one);
    if (batch.waiting.length === 1) batches.push(batch);
    if (batch.waiting.length < batchSize) open.set(name, batch);
    else open.delete(name);
  }
  return batches;
}

function nameOf({ file, test }: Candidate): string {
  return `${file} ${test ?? ""}`;
}
