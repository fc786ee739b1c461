import type { Range, Text } from "./text.ts";

export const operators = [
  ...["comparison", "connective", "arithmetic", "condition", "column", "join", "table", "order", "lock", "aggregate"],
  ...["group", "assignment", "limit", "constant", "parameter"],
] as const;

/** One change of a text, as a tired author makes it. */
export interface Mutation {
  readonly operator: string;
  /** Before and after in a few words. Equal for the same change in both texts of a pair. */
  readonly what: string;
  readonly sql: string;
}

/** One of several possibilities, by the seed and the place; null when there is none. */
export type Choose = <T>(place: string, from: readonly T[]) => T | null;

export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The place of tokens in the text. */
export function place({ tokens }: Text, { from, to }: Range): { from: number; to: number } {
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (first === undefined || last === undefined) throw new RangeError(`no tokens ${from} to ${to}`);
  return { from: first.offset, to: last.offset + last.text.length };
}

export function words(text: Text, range: Range): string {
  const { from, to } = place(text, range);
  return text.sql.slice(from, to).replace(/\s+/g, " ");
}

export function replaced(text: Text, range: Range, by: string): Edit {
  return { ...place(text, range), text: by };
}

/** A mutation that replaces some tokens. */
export function replacing(text: Text, operator: string, at: Range, by: string): Mutation {
  return mutation(text, operator, `${around(text, at)} -> ${by === "" ? "nothing" : by}`, [replaced(text, at, by)]);
}

export function mutation(text: Text, operator: string, what: string, edits: readonly Edit[]): Mutation {
  let [sql, offset] = ["", 0];
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    sql += text.sql.slice(offset, edit.from) + edit.text;
    offset = edit.to;
  }
  return { operator, what, sql: sql + text.sql.slice(offset) };
}

/** The tokens with their neighbours, so that a reader finds the place. */
function around(text: Text, { from, to }: Range): string {
  const before = words(text, { from: Math.max(0, from - 2), to: from + 1 });
  const first = words(text, { from, to: from + 1 });
  const after = words(text, { from, to: Math.min(text.tokens.length, to + 2) });
  return `${before.slice(0, before.length - first.length)}[${words(text, { from, to })}]${after.slice(words(text, { from, to }).length)}`;
}
