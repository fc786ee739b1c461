import type { CheckedMutant } from "./results.ts";

/** Why a mutant that nothing stops is no fault that a test could see. */
interface Equivalence {
  readonly reason: string;
  readonly holds: (mutant: CheckedMutant) => boolean;
}

/** Rules come before single mutants: a rule is argued once, and holds for the same change in every text. */
const equivalences: readonly Equivalence[] = [
  {
    reason: "the value behind SELECT in EXISTS, or of a row that only exists, is never read",
    holds: ({ operator, what }) => operator === "constant" && /SELECT \[1\] FROM/.test(what),
  },
  {
    reason: "+ 0 only hides a column from the index; - 0 hides it as well",
    holds: ({ operator, what }) => operator === "arithmetic" && /\[\+\] 0\b/.test(what),
  },
];

/** The reason why a survivor is no fault; null for one that a test should stop. */
export function equivalenceOf(mutant: CheckedMutant): string | null {
  return equivalences.find(({ holds }) => holds(mutant))?.reason ?? null;
}
