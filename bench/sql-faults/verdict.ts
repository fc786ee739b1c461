import type { SchemaChange, Verdict } from "./corpus/fault.ts";
import { changedLines } from "./modules.ts";

/** The line of a message about a file that holds only the statement, without a line in it. */
export const completeFile = 0;

/** One error at a line of a module. */
export interface Message {
  readonly line: number;
  readonly words: string;
}

/**
 * Judges a changed module: only errors that the unchanged module does not have count. The right line is one that the
 * change touched, or a later one with a name that the change removed or added. The right statement is any line of the
 * changed query or of the changed call.
 */
export function judged(found: readonly Message[], before: readonly Message[], base: string, changed: string): Verdict {
  const words = found[0]?.words ?? "";
  if (before.length > 0)
    return { outcome: "refuses", rightLine: false, rightStatement: false, words: before[0]?.words ?? "" };
  const { from, to } = changedLines(base, changed);
  const names = changedWords(base, changed);
  const lines = changed.split("\n");
  const rightLine = found.some(
    ({ line }) => (line >= from && line <= to) || (line > to && names.some((name) => lines[line - 1]?.includes(name))),
  );
  const statement = statementAround(changed, from);
  const rightStatement =
    rightLine ||
    found.some(({ line }) => line === completeFile) ||
    found.some(({ line }) => line >= statement.from && line <= statement.to);
  return { outcome: found.length > 0 ? "caught" : "missed", rightLine, rightStatement, words };
}

/** The names that occur more often in one of the two texts. */
function changedWords(base: string, changed: string): string[] {
  const counts = new Map<string, number>();
  for (const [text, step] of [
    [base, 1],
    [changed, -1],
  ] as const)
    for (const [word] of text.matchAll(/\b[a-z_]{2,}\b/g)) counts.set(word, (counts.get(word) ?? 0) + step);
  return [...counts].filter(([, count]) => count !== 0).map(([word]) => word);
}

/** The lines from the `const` or `for` before a line to the end of that statement. */
function statementAround(text: string, line: number): { readonly from: number; readonly to: number } {
  const lines = text.split("\n");
  let from = line;
  while (from > 1 && !/^\s*(export )?const /.test(lines[from - 1] ?? "")) from -= 1;
  let to = line;
  while (to < lines.length && !/;$/.test(lines[to - 1] ?? "")) to += 1;
  return { from, to };
}

/** Matches the names that a change of the schema affects. */
export function changedNames({ table, column }: SchemaChange): RegExp {
  return new RegExp(`\\b(?:${column ?? table})\\b`);
}
