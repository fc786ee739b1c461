import { closeProvers, migrationsOf, openProvers } from "../../../sqlproof/src/check/check.ts";
import type { Config } from "../../../sqlproof/src/check/config.ts";
import type { Literal } from "../../../sqlproof/src/check/parse/extract.ts";
import { readProject } from "../../../sqlproof/src/check/project.ts";
import { prove } from "../../../sqlproof/src/check/prove.ts";
import type { OpenProvers } from "../../../sqlproof/src/check/provers/open.ts";
import type { Proof } from "../../../sqlproof/src/runtime/proof.ts";
import { startPrivateMariadb } from "../../../sqlproof/src/test-server/private-mariadb.ts";
import { type Mutant, mutantsOf } from "../mutants.ts";
import type { CheckedMutant } from "../results.ts";

export interface Wanted {
  readonly seed: number;
  readonly query?: string | undefined;
  readonly operator?: string | undefined;
  /** At most so many mutants of each operator per query, chosen by the seed. */
  readonly each: number;
  /** Only the test files whose path contains this. */
  readonly tests?: string | undefined;
}

/** Gives every mutant of every query to the check on both engines, as an author's `npm run check` would; returns their names. */
export async function checkMutants(
  config: Config,
  { seed, query, operator, each }: Wanted,
  known: { has(id: string): boolean },
  take: (mutant: CheckedMutant) => void,
): Promise<string[]> {
  const ids: string[] = [];
  const server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  try {
    const provers = await openProvers({ host, port, user, password }, migrationsOf(config));
    if ("findings" in provers) throw new Error(provers.findings.join("\n"));
    const catalog = provers.mariadb?.catalog ?? new Map();
    for (const literal of queriesOf(config)) {
      if (query !== undefined && !literal.key.includes(query)) continue;
      const original = await proofOf(literal, provers);
      for (const mutant of chosen(mutantsOf(literal, original, catalog, seed), seed, each))
        if (operator === undefined || mutant.operator === operator) {
          ids.push(mutant.id);
          if (!known.has(mutant.id)) take(await checked(mutant, literal, original, provers));
        }
    }
    await closeProvers(provers);
    return ids;
  } finally {
    await server.stop();
  }
}

/** The first of each operator in an order that only the seed decides, so that more of them contain the fewer. */
function chosen(mutants: readonly Mutant[], seed: number, each: number): Mutant[] {
  const counts = new Map<string, number>();
  const rank = ({ id }: Mutant) => Bun.hash(`${seed} ${id}`);
  return mutants
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .filter(({ operator }) => {
      const count = (counts.get(operator) ?? 0) + 1;
      counts.set(operator, count);
      return count <= each;
    });
}

/** The queries of the program; those that only tests have are tests themselves. */
export function queriesOf(config: Config): Literal[] {
  const { literals, places } = readProject(config);
  return [...literals.values()].filter(({ key }) => places.get(key)?.some(({ file }) => !file.endsWith(".test.ts")));
}

async function proofOf(literal: Literal, provers: OpenProvers): Promise<Proof> {
  const verdict = await prove(literal, provers);
  if ("findings" in verdict) throw new Error(`run npm run check first: ${literal.key}`);
  return verdict.proof;
}

async function checked(
  mutant: Mutant,
  literal: Literal,
  original: Proof,
  provers: OpenProvers,
): Promise<CheckedMutant> {
  const verdict = await prove({ ...mutant.literal, location: literal.location }, provers);
  if ("findings" in verdict) {
    const refusal = verdict.findings[0]?.message ?? "refused";
    return { ...mutant, refusal, proof: null, hasOtherTypes: false };
  }
  const hasOtherTypes = typesOf(verdict.proof) !== typesOf(original);
  return { ...mutant, refusal: null, proof: verdict.proof, hasOtherTypes };
}

/** What TypeScript sees of a proof. The order of parameters and columns is not part of it. */
export function typesOf({ parameters, columns }: Proof): string {
  const sorted = (list: readonly { readonly name: string }[]) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify([sorted(parameters), sorted(columns)]);
}
