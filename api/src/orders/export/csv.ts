import type { Decimal } from "sqlproof";

/** A cell: text that people wrote, or what this program wrote, which is safe as it is. */
export type Cell = string | null | { readonly plain: string | number | null };

/** Says that the file is UTF-8: without it a spreadsheet takes "Łódź" for letters of the Windows code page. */
export const byteOrderMark = "\ufeff";

/** A line of a CSV file, RFC 4180. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(",")}\r\n`;
}

/** An exact amount, a number, a date: never taken for a formula, and never changed. */
export function plain(value: Decimal | string | number | null): Cell {
  return { plain: value };
}

/** What makes a spreadsheet compute a cell instead of showing it; full-width forms too. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;
/** A number is what it says, also a negative one. */
const isNumber = /^-?[0-9]{1,15}(?:\.[0-9]+)?$/;

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return cell.plain === null ? "" : String(cell.plain);
  // An apostrophe in front makes the cell text, whatever follows.
  const inert = startsFormula.test(cell) && !isNumber.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
