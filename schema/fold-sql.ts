/**
 * Writes the folding of `fold.ts` as SQL for the generated `search_text` columns.
 *
 *     bun schema/fold-sql.ts     rewrites the expressions between the markers in the migration files
 *
 * Only for migrations that are not released yet; `fold.test.ts` fails if the files and the table differ.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "sqlproof";
import { foldTable } from "./fold.ts";

/** The text that is searched: the columns with a space between them, NULL as empty text. */
function joined(engine: Engine, columns: readonly string[]): string {
  const parts = columns.map((column) => `COALESCE(${column}, '')`);
  return engine === "mariadb" ? `CONCAT(${parts.join(", ' ', ")})` : `(${parts.join(" || ' ' || ")})`;
}

/**
 * The expression of a `search_text` column. Plain ASCII takes the short way, because both engines lower it equally;
 * all other text goes through one REPLACE per letter of the table.
 */
export function foldExpression(engine: Engine, columns: readonly string[]): string {
  const text = joined(engine, columns);
  return wrapped(engine === "mariadb" ? mariadbFold(text) : sqliteFold(text));
}

/** MariaDB's LOWER knows letters that the table does not, so past ASCII even A to Z are replaced one by one. */
function mariadbFold(text: string): string {
  // The collation makes REPLACE compare exact characters on every version.
  const exact = `${text} COLLATE utf8mb4_nopad_bin`;
  return `CASE WHEN OCTET_LENGTH(${text}) = CHAR_LENGTH(${text}) THEN LOWER(${exact}) ELSE ${replaced(exact, foldTable)} END`;
}

/** Classes of text, the plainer first: as GLOB character classes and as their letters beyond ASCII. */
const sqliteClasses = [
  { glob: " -~ß-ÿ", holds: (letter: string) => letter >= "ß" && letter <= "ÿ" },
  { glob: " -ÿ", holds: (letter: string) => letter <= "ÿ" },
];

/** SQLite's LOWER only knows ASCII. The letters of western Europe take a shorter way, because they are common. */
function sqliteFold(text: string): string {
  const beyondAscii = foldTable.filter(([letter]) => letter > "~");
  const lower = `LOWER(${text})`;
  const shortWays = sqliteClasses.map(
    ({ glob, holds }) =>
      `WHEN ${text} NOT GLOB '*[^${glob}]*' THEN ${replaced(
        lower,
        beyondAscii.filter(([letter]) => holds(letter)),
      )} `,
  );
  return (
    `CASE WHEN ${text} NOT GLOB '*[^ -~]*' THEN ${lower} ${shortWays.join("")}` +
    `ELSE ${replaced(lower, beyondAscii)} END`
  );
}

function replaced(text: string, letters: typeof foldTable): string {
  return letters.reduce((inner, [letter, folded]) => `REPLACE(${inner}, ${quoted(letter)}, ${quoted(folded)})`, text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Breaks the long chain into lines that an editor can show. */
function wrapped(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.split(/(?<=\), |', '[^']*'\), |REPLACE\()/)) {
    if (line.length + piece.length > 118) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  lines.push(line);
  return lines.join("\n");
}

/** Replaces the text between `-- fold(a, b)` and `-- end of fold` by the expression for these columns. */
export function withFoldExpressions(engine: Engine, text: string): string {
  return text.replaceAll(
    /^( *)-- fold\(([a-z_, ]+)\)\n[\s\S]*?^ *-- end of fold$/gm,
    (_match, indent: string, columns: string) =>
      `${indent}-- fold(${columns})\n${foldExpression(engine, columns.split(", "))}\n${indent}-- end of fold`,
  );
}

if (import.meta.main) {
  for (const engine of ["mariadb", "sqlite"] as const) {
    const folder = join(import.meta.dir, engine);
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      writeFileSync(path, withFoldExpressions(engine, readFileSync(path, "utf8")));
    }
  }
}
