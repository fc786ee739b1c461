import type { Config } from "../../../sqlproof/src/check/config.ts";
import { readProvenProject } from "../../../sqlproof/src/differential/proven-project.ts";
import { runDifferential } from "../../../sqlproof/src/differential/run.ts";
import type { CheckedMutant } from "../results.ts";

/** As large as the run of `npm test`. */
const size = { rows: 40, rounds: 6 } as const;

/** The mutants that the two engines answer differently, each with what differs. */
export async function judgeByDifference(
  config: Config,
  mutants: readonly CheckedMutant[],
  seed: number,
): Promise<ReadonlyMap<string, string>> {
  const { migrations } = readProvenProject(config);
  const byText = new Map(mutants.map((mutant) => [mutant.literal.key, mutant.id]));
  const queries = mutants.flatMap(({ literal, proof }) =>
    proof === null ? [] : [{ text: literal.key, literal, proof, places: [] }],
  );
  const { differences } = await runDifferential({ migrations, queries }, { seed, ...size });
  return new Map(
    differences.flatMap(({ query, what }) => {
      const id = byText.get(query ?? "");
      return id === undefined ? [] : [[id, what] as const];
    }),
  );
}
