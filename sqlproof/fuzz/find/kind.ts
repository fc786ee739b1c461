import type { RowDifference } from "../../src/differential/compare.ts";

/** What differs between the engines, or between the proof and both of them. */
export const differenceTypes = [
  "value",
  "type",
  "nullability",
  "refusal",
  "other reason",
  "order",
  "schema",
  "checker throws",
  "beyond 64 bits",
  "another constraint",
] as const;

export type DifferenceKind = (typeof differenceTypes)[number];

/**
 * What the checker does not promise: sums and products beyond SQLite's 64 bits, and which constraint an engine names
 * when a write breaks several.
 */
export function isKnownLimit(kind: DifferenceKind): boolean {
  return kind === "beyond 64 bits" || kind === "another constraint";
}

/** True where MariaDB ended at its limit of time while SQLite answered: nothing was compared. */
export function isTimeout({ what, mariadb }: RowDifference): boolean {
  return what === "one engine refuses" && mariadb.startsWith("DatabaseError query-timeout");
}

const constraint = /^DatabaseError (unique|foreign-key|value):/;

/** The kind of a difference, from what the differential run says of it. */
export function kindOf({ what, mariadb, sqlite }: RowDifference): DifferenceKind {
  const answers = `${mariadb}\n${sqlite}`;
  if (/integer overflow|BIGINT value is out of range|is beyond (2\^53|64 bits)/.test(answers)) return "beyond 64 bits";
  if (/has null, in:/.test(answers)) return "nullability";
  if (/^(DecodeError|TypeError|ParameterError)/m.test(answers)) return "type";
  if (what === "one engine refuses") return "refusal";
  if (what === "each engine refuses for its own reason")
    return constraint.test(mariadb) && constraint.test(sqlite) ? "another constraint" : "other reason";
  return /different order|LIMIT/.test(what) ? "order" : "value";
}

/** The difference without its values: two finds with the same outline are shrunk towards each other. */
export function outlineOf(difference: RowDifference): string {
  const kind = kindOf(difference);
  if (kind === "value" || kind === "order") return kind;
  const proven = /is proven (\w+)|expected (\w+)/.exec(`${difference.mariadb}\n${difference.sqlite}`);
  if (kind === "type" || kind === "nullability") return `${kind}: proven ${proven?.[1] ?? proven?.[2] ?? "otherwise"}`;
  const plain = (text: string): string =>
    text
      .replace(/, in: .*/s, "")
      .replace(/\d+ rows .*/s, "rows")
      .replace(/[`'"][^`'"]*[`'"]/g, "..")
      .replace(/column \w+/, "column")
      .replace(/\b\w+\.\w+\b/g, "..")
      .replace(/-?\d+/g, "0")
      .slice(0, 90);
  return `${kind}: ${plain(difference.mariadb)} / ${plain(difference.sqlite)}`;
}
