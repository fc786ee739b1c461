import type { Decimal } from "sqlproof";

/** A cell: text that people wrote, or a plain value of this program, which is safe as it is. */
export type Cell = string | null | { readonly plain: string | number | null };

/** Marks the file as UTF-8: without it a spreadsheet reads "Łódź" in the Windows code page. */
export const byteOrderMark = "\ufeff";

/** A line of a CSV file, RFC 4180. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(encoded).join(",")}\r\n`;
}

/** An exact amount, a number or a date: encoded unchanged, because it is never a formula. */
export function plain(value: Decimal | string | number | null): Cell {
  return { plain: value };
}

/** The first characters, full-width forms included, that make a spreadsheet compute a cell instead of showing it. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;
/** A number, even a negative one, is no formula. */
const isNumber = /^-?[0-9]{1,15}(?:\.[0-9]+)?$/;

function encoded(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return cell.plain === null ? "" : String(cell.plain);
  // A leading apostrophe makes the cell text, whatever follows.
  const inert = startsFormula.test(cell) && !isNumber.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
