/** Where the one row of values stands in the text of an INSERT. */
export interface ValuesRow {
  readonly start: number;
  readonly end: number;
}

/** Strings, quoted names and comments are pieces of their own, so that no bracket in them is read as one. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\bVALUES\b|[()?]/gi;

/**
 * The one row of an INSERT .. VALUES (..) that holds every placeholder of its text, or null. Such a statement means the
 * same with its row repeated, once per set of values; the checker lets MariaDB prepare that too.
 */
export function valuesRow(text: string): ValuesRow | null {
  if (!/^\s*INSERT\b/i.test(text)) return null;
  let depth = 0;
  let start = -1;
  let end = -1;
  let isNext = false;
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    const inside = start !== -1 && end === -1;
    if (piece === "(") {
      if (isNext && start === -1) start = index;
      depth += 1;
    } else if (piece === ")") {
      depth -= 1;
      if (inside && depth === 0) end = index + 1;
    } else if (piece === "?" && !inside) return null;
    isNext = depth === 0 && piece.toUpperCase() === "VALUES";
  }
  if (start === -1 || end === -1 || text.slice(end).trimStart().startsWith(",")) return null;
  return { start, end };
}

/** The text with its row so many times. */
export function withRows(text: string, { start, end }: ValuesRow, count: number): string {
  return text.slice(0, start) + new Array<string>(count).fill(text.slice(start, end)).join(", ") + text.slice(end);
}
