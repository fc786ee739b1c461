/*
 * A three-way merge: a row as it was read (base), as it is in the form (mine), and as someone else has stored it since
 * (theirs). What only one side changed is taken over; what both changed differently is for the user to choose.
 */

export type Side = "mine" | "theirs";
export type State = "base" | Side;
export type States<T> = Readonly<Record<State, T>>;

/** One value of the form in its three states. */
export interface Compared<Difference> {
  readonly key: string;
  /** What was meant: two texts of one meaning do not differ. Undefined where there is no such value. */
  readonly meanings: States<unknown>;
  /** Theirs can no longer be changed. */
  readonly isLocked: boolean;
  readonly difference: Difference;
}

export interface Merge<Draft, Difference> {
  /** Changed by both, differently: the user chooses. */
  readonly clashes: readonly Difference[];
  /** Changed by them alone: taken over. */
  readonly taken: readonly Difference[];
  /** Changed by me, and no longer to be changed: theirs stays. */
  readonly lost: readonly Difference[];
  /** The form with every clash settled; a clash without a choice is settled as mine. */
  readonly settle: (choices: ReadonlyMap<string, Side>) => Draft;
}

type Verdict = "clash" | "taken" | "lost";

/** Sorts the values that differ; `settle` builds the form from the side of each value. */
export function mergeOf<Draft, Difference>(
  compared: readonly Compared<Difference>[],
  settle: (sideOf: (key: string) => Side) => Draft,
): Merge<Draft, Difference> {
  const verdicts = compared.map((value) => ({ ...value, verdict: verdictOf(value) }));
  const differences = (wanted: Verdict) =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ difference }) => difference);
  return {
    clashes: differences("clash"),
    taken: differences("taken"),
    lost: differences("lost"),
    settle(choices) {
      const sides = new Map<string, Side>();
      for (const { key, verdict } of verdicts)
        if (verdict !== null) sides.set(key, verdict === "clash" ? (choices.get(key) ?? "mine") : "theirs");
      return settle((key) => sides.get(key) ?? "mine");
    },
  };
}

/** What becomes of one value; null where mine stays and nothing is shown. */
function verdictOf({ meanings, isLocked }: Compared<unknown>): Verdict | null {
  const { base, mine, theirs } = mapStates(meanings, (meaning) => JSON.stringify(meaning));
  if (mine === theirs) return null;
  if (mine === base) return "taken";
  if (isLocked) return "lost";
  return theirs === base ? null : "clash";
}

export function mapStates<T, U>({ base, mine, theirs }: States<T>, change: (state: T) => U): States<U> {
  return { base: change(base), mine: change(mine), theirs: change(theirs) };
}
