import type { MigrationStep } from "../../migrations/files.ts";

/** What changes no row that is stored, and no column of a table that was there. */
const harmless = [
  /^CREATE\s+(OR\s+REPLACE\s+)?(INDEX|TRIGGER|VIEW|TEMP|TEMPORARY)\b/i,
  /^DROP\s+(INDEX|TRIGGER|VIEW)\b/i,
  /^PRAGMA\b/i,
];

/** Those make new rows or tables, except from rows that are stored. */
const making = /^(CREATE\s+(OR\s+REPLACE\s+)?TABLE|INSERT|REPLACE)\b/i;

/** The tables, of those given, whose columns or rows the steps may change: those that such a statement names. */
export function touchedBy(steps: readonly MigrationStep[], tables: Iterable<string>): ReadonlySet<string> {
  const texts = steps.flatMap(({ statements }) => statements.map(({ text }) => text)).filter(isChange);
  const words = new Set(
    texts.flatMap(
      (text) =>
        withoutTexts(text)
          .toLowerCase()
          .match(/[\w$]+/g) ?? [],
    ),
  );
  return new Set([...tables].filter((name) => words.has(name.toLowerCase())));
}

function isChange(text: string): boolean {
  if (harmless.some((pattern) => pattern.test(text))) return false;
  return !making.test(text) || /\bSELECT\b/i.test(withoutTexts(text));
}

/** Without comments and texts, which name nothing. */
function withoutTexts(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, " ");
}

/** The place of the statement, else of the first that changes the table, else of the step; null without a step. */
export function placeIn(steps: readonly MigrationStep[], table: string, statement?: string): string | null {
  const all = steps.flatMap(({ path, statements }) => statements.map(({ text, line }) => ({ path, text, line })));
  const naming = all.filter(({ text }) => firstNamed(text, [table]) !== null);
  const found =
    all.find(({ text }) => text === statement) ?? naming.find(({ text }) => isChange(text)) ?? naming[0] ?? all[0];
  return found === undefined ? null : `${found.path}:${found.line}`;
}

/** The table that the statement names first. */
export function firstNamed(statement: string, tables: Iterable<string>): string | null {
  const words =
    withoutTexts(statement)
      .toLowerCase()
      .match(/[\w$]+/g) ?? [];
  const names = new Map([...tables].map((name) => [name.toLowerCase(), name]));
  return names.get(words.find((word) => names.has(word)) ?? "") ?? null;
}
