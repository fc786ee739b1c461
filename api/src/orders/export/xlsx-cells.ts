import type { DateTime } from "sqlproof";
import type { Cell } from "./columns.ts";

/** The style of a cell, by its place among the `cellXfs` of `xlsx.ts`. */
export const styles = { plain: 0, head: 1, day: 2, moment: 3, amount: 4 } as const;

/** A row of a sheet. Its cells need no references: they follow one another. */
export function xlsxRow(cells: readonly Cell[]): string {
  return `<row>${cells.map(encoded).join("")}</row>`;
}

/** The row with the names of the columns. */
export function xlsxHead(names: readonly string[]): string {
  return `<row>${names.map((name) => textCell(name, styles.head)).join("")}</row>`;
}

/** A spreadsheet computes with 15 digits: what has more stays exact as text. */
const mostDigits = 15;

function encoded(cell: Cell): string {
  if (cell === null) return "<c/>";
  if ("text" in cell) return textCell(cell.text, styles.plain);
  if ("number" in cell) return `<c><v>${cell.number}</v></c>`;
  if ("date" in cell) return dateCell(cell.date);
  const digits = cell.amount.replace(/\.?0+$/, "").replace(/\D/g, "").length;
  if (digits > mostDigits) return textCell(cell.amount, styles.plain);
  return `<c s="${styles.amount}"><v>${cell.amount}</v></c>`;
}

/** The longest text that a cell may have. */
const mostText = 32_767;

function textCell(text: string, style: number): string {
  const shown = text.length > mostText ? `${text.slice(0, mostText - 1)}…` : text;
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(shown)}</t></is></c>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text in XML. What XML cannot hold is written as `_x0001_`, and so is an underscore that would be read like that. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(/[^\P{Cc}\t\n]|[\ufffe\uffff]/gu, codeOf)
    .replace(/[&<>]/g, (character) => entities[character] ?? "");
}

function codeOf(character: string): string {
  return `_x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}_`;
}

const secondsOfDay = 86_400n;
const places = 10;

/** A date is the number of days since 30 December 1899; spreadsheets count wrongly before March 1900. */
function dateCell(date: DateTime): string {
  if (date < "1900-03-01") return textCell(date, styles.plain);
  const seconds = BigInt(Date.parse(`${date}Z`) - Date.UTC(1899, 11, 30)) / 1000n;
  const [days, rest] = [seconds / secondsOfDay, seconds % secondsOfDay];
  if (rest === 0n) return `<c s="${styles.day}"><v>${days}</v></c>`;
  const fraction = (rest * 10n ** BigInt(places) + secondsOfDay / 2n) / secondsOfDay;
  return `<c s="${styles.moment}"><v>${days}.${String(fraction).padStart(places, "0")}</v></c>`;
}
