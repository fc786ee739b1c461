import type { SchemaChange, Verdict } from "./fault.ts";
import { changedLines } from "./modules.ts";

/** One red message at a line of a module. */
export interface Message {
  readonly line: number;
  readonly words: string;
}

/**
 * Judges a changed module: red must be new against the unchanged module. The right line is one that the change touched;
 * the right statement is also any other line of the changed query or of the call that the changed line belongs to.
 */
export function judged(found: readonly Message[], before: readonly Message[], base: string, changed: string): Verdict {
  const words = found[0]?.words ?? "";
  if (before.length > 0)
    return { outcome: "refuses", rightLine: false, rightStatement: false, words: before[0]?.words ?? "" };
  const { from, to } = changedLines(base, changed);
  const rightLine = found.some(({ line }) => line >= from && line <= to);
  const statement = statementAround(changed, from);
  const rightStatement = rightLine || found.some(({ line }) => line >= statement.from && line <= statement.to);
  return { outcome: found.length > 0 ? "caught" : "missed", rightLine, rightStatement, words };
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

/** Matches words that name what a change of the schema touched. */
export function changedNames({ table, column }: SchemaChange): RegExp {
  return new RegExp(`\\b(?:${column ?? table})\\b`);
}
