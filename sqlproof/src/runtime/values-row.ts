/** Where the one row of values is in the text of an INSERT. */
export interface ValuesRow {
  readonly start: number;
  readonly end: number;
}

/** Strings, quoted names and comments match as a whole, so that brackets inside them do not count. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\bVALUES\b|[()?]/gi;

/**
 * The one row of an INSERT .. VALUES (..) that holds every placeholder of the text, or null. Such a statement can take
 * many rows at once by repeating that row; the checker has MariaDB prepare this form, too.
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

/** The text with its row repeated `count` times. */
export function withRows(text: string, { start, end }: ValuesRow, count: number): string {
  return text.slice(0, start) + new Array<string>(count).fill(text.slice(start, end)).join(", ") + text.slice(end);
}
