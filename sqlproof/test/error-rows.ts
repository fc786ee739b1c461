import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of ERRORS.md: an error, and the names of the waivers that accept it. */
export interface ErrorRow {
  readonly error: string;
  readonly pattern: RegExp;
  /** Empty in a table without such a column. */
  readonly waivers: readonly string[];
}

/** The rows of all tables. */
export function errorRows(): readonly ErrorRow[] {
  const text = readFileSync(join(import.meta.dir, "../ERRORS.md"), "utf8");
  let isNamed = false;
  return text.split("\n").flatMap((line): ErrorRow[] => {
    const cells = line
      .split(/(?<!\\)\| /)
      .slice(1)
      .map((cell) => cell.replace(/ \|$/, "").trim());
    const [error = "", , waiver] = cells;
    if (error === "error") isNamed = waiver === "waiver";
    if (cells.length < 2 || error === "error") return [];
    const words = error.replaceAll("\\|", "|");
    return [{ error: words, pattern: patternOf(words), waivers: isNamed ? (waiver ?? "").split(", ") : [] }];
  });
}

function patternOf(row: string): RegExp {
  const parts = row.split(/\.\.+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`);
}
