import type { Row } from "./values.ts";

/** How two results differ: the rows of each engine that the other lacks, as decoded. */
export interface RowDifference {
  readonly what: string;
  readonly mariadb: string;
  readonly sqlite: string;
}

/** A row or value as text; two texts are equal exactly when the values are. */
export function shown(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) => {
      if (inner instanceof Uint8Array) return `x'${Buffer.from(inner).toString("hex")}'`;
      if (typeof inner === "bigint") return `${inner}n`;
      return inner;
    }) ?? "nothing"
  );
}

/** Compares unordered rows: each must occur equally often on both engines. */
export function compareMultiset(
  mariadb: readonly Row[],
  sqlite: readonly Row[],
  what = "other rows",
): RowDifference | null {
  const left = mariadb.map(shown).sort();
  const right = sqlite.map(shown).sort();
  if (left.join("\n") === right.join("\n")) return null;
  return { what, mariadb: firstNotIn(left, right), sqlite: firstNotIn(right, left) };
}

function firstNotIn(rows: readonly string[], others: readonly string[]): string {
  const rest = [...others];
  for (const row of rows) {
    const at = rest.indexOf(row);
    if (at === -1) return row;
    rest.splice(at, 1);
  }
  return `no row that the other lacks (${rows.length} rows)`;
}

/**
 * Compares rows under an ORDER BY. The engines may return rows with equal sort keys in any order, so each result is
 * split into groups of equal keys. The groups must match in order, and the rows inside a group as a multiset.
 */
export function compareSorted(
  mariadb: readonly Row[],
  sqlite: readonly Row[],
  keys: readonly string[],
  limited: boolean,
): RowDifference | null {
  const left = tieGroups(mariadb, keys);
  const right = tieGroups(sqlite, keys);
  const groups = Math.max(left.length, right.length);
  for (let index = 0; index < groups; index += 1) {
    const ours = left[index] ?? [];
    const theirs = right[index] ?? [];
    const unlike = compareMultiset(ours, theirs);
    if (unlike === null) continue;
    const sameKey = ours[0] !== undefined && theirs[0] !== undefined && keyOf(ours[0], keys) === keyOf(theirs[0], keys);
    const cut = limited && index === groups - 1 && sameKey;
    if (cut) return { ...unlike, what: "LIMIT cuts through rows of equal sort keys: the ORDER BY is not total" };
    return compareMultiset(mariadb, sqlite) === null
      ? { ...unlike, what: "the same rows in a different order" }
      : unlike;
  }
  return null;
}

function tieGroups(rows: readonly Row[], keys: readonly string[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && keyOf(last[0], keys) === keyOf(row, keys)) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

function keyOf(row: Row, keys: readonly string[]): string {
  return shown(keys.map((key) => row[key]));
}
