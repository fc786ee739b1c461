import type { Finding } from "./parse/finding.ts";

/** Finds the name from an engine's message in the text, so that the report can point at it. */
export function located(message: string, sql: string): Finding {
  const name = /(?:column|table|function|FUNCTION|Table|near)[^'"`]*?[:\s]['"`]?(?:\w+\.)*(\w+)/.exec(message)?.[1];
  // A syntax error names its line; rewriting a text never moves its lines.
  const line = /at line (\d+)$/.exec(message)?.[1];
  const start = line === undefined ? 0 : startOfLine(sql, Number(line));
  const found = name === undefined ? -1 : sql.slice(start).search(new RegExp(`\\b${name}\\b`));
  if (found === -1) return { message, offset: line === undefined ? null : start };
  return { message, offset: start + found };
}

/** The offset of a line's first character that is not a space. */
function startOfLine(sql: string, line: number): number {
  const before = sql.split("\n").slice(0, line - 1);
  const start = before.reduce((length, text) => length + text.length + 1, 0);
  return start + Math.max(0, sql.slice(start).search(/\S/));
}
