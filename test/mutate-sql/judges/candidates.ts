import type { RecordedFile } from "../in-tests/run-tests.ts";
import type { CheckedMutant } from "../results.ts";

/** A test that may stop a mutant. */
export interface Candidate {
  readonly file: string;
  /** Null stands for all tests of the file. */
  readonly test: string | null;
}

/** How many single tests are tried before all tests of the best file. */
const singleTests = 4;

/** The rows that a file needs are made anew for each mutant, so a file that took long is tried after the others. */
const dear = [10_000, 40_000];

/** Files that run queries themselves and look at everything that comes back: what differs there is noticed. */
const ofQueries = /\/(queries|conditions)\.test\.ts$/;
/** The file that tries every lock beside another transaction. */
const ofLocks = /\/locks\.test\.ts$/;

interface Seen extends Candidate {
  readonly isInside: boolean;
  readonly isOfQueries: boolean;
  readonly near: number;
  readonly cost: number;
}

/**
 * The tests to try for a mutant, the best first: those of the queries themselves, then where it differs inside the test
 * and not only in what prepares it, in a file that is soon run, and then in one near the query.
 */
export function candidatesOf(
  { id, query, on, operator }: CheckedMutant,
  files: readonly RecordedFile[],
  places: readonly string[],
): Candidate[] {
  const direct = operator === "lock" ? ofLocks : ofQueries;
  const isSeen = on !== "mariadb" && operator !== "lock";
  const seen = files.flatMap((file): Seen[] => {
    const inside = (isSeen ? file.differs[id] : file.reached[query]) ?? [];
    const before = (isSeen ? file.differsBefore[id] : []) ?? [];
    const near = Math.max(0, ...places.map((place) => commonFolders(place, file.file)));
    const cost = dear.filter((ms) => file.ms > ms).length;
    return [...inside.map((test) => [test, true] as const), ...before.map((test) => [test, false] as const)].flatMap(
      ([test, isInside]) => {
        const name = file.tests[test]?.name;
        return name === undefined || name.includes("(unnamed)")
          ? []
          : [{ file: file.file, test: name, isInside, near, cost, isOfQueries: isInside && direct.test(file.file) }];
      },
    );
  });
  seen.sort(
    (a, b) =>
      Number(b.isOfQueries) - Number(a.isOfQueries) ||
      Number(b.isInside) - Number(a.isInside) ||
      a.cost - b.cost ||
      b.near - a.near,
  );
  const first = seen[0];
  if (first === undefined) return [];
  // Not only tests of one file: its neighbours may look at something else.
  const other = seen.filter(({ file }) => file !== first.file).slice(0, 1);
  const single = [...seen.slice(0, singleTests - other.length), ...other];
  const wholeFiles = [...new Set(seen.map(({ file }) => file))].slice(0, 2).map((file) => ({ file, test: null }));
  return [...single.map(({ file, test }) => ({ file, test })), ...wholeFiles];
}

function commonFolders(one: string, other: string): number {
  const [left, right] = [one.split("/").slice(0, -1), other.split("/").slice(0, -1)];
  const differs = left.findIndex((folder, index) => folder !== right[index]);
  return differs === -1 ? left.length : differs;
}
