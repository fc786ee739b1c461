import type { Cell } from "./columns.ts";

/** Marks the file as UTF-8: without it a spreadsheet reads "Łódź" in the Windows code page. */
export const byteOrderMark = "\ufeff";

/** How a file is written so that the spreadsheet of its reader splits it into cells and reads its numbers. */
export interface CsvStyle {
  readonly separator: "," | ";";
  readonly decimalSign: "." | ",";
  /** Between a day and a time: spreadsheets read a date with a space, programs one with a T. */
  readonly dateSign: "T" | " ";
}

/** What programs read: RFC 4180 with plain decimals and ISO dates. */
export const plainStyle: CsvStyle = { separator: ",", decimalSign: ".", dateSign: "T" };

/** The style of a language: where the decimal sign is a comma, spreadsheets expect semicolons between cells. */
export function styleOf(language: string): CsvStyle {
  const parts = new Intl.NumberFormat(language).formatToParts(1.5);
  const usesComma = parts.some(({ type, value }) => type === "decimal" && value === ",");
  return { separator: usesComma ? ";" : ",", decimalSign: usesComma ? "," : ".", dateSign: " " };
}

/** A line of a CSV file, RFC 4180. */
export function csvLine(cells: readonly Cell[], style: CsvStyle): string {
  return `${cells.map((cell) => encoded(cell, style)).join(style.separator)}\r\n`;
}

/**
 * The first characters, full-width forms included, that make a spreadsheet compute a cell instead of showing it. Before
 * them may be spaces, control characters and characters that nobody sees: programs trim them.
 */
const startsFormula = /^[\p{Z}\p{C}\u115f\u1160\u2800\u3164\uffa0]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** A number, even a negative one, is no formula. */
const isNumber = /^-?[0-9]{1,15}(?:\.[0-9]+)?$/;
/** Whatever the spreadsheet of the reader takes for the end of a cell. */
const needsQuotes = /[",;\t\r\n]|^\s|\s$/;

function encoded(cell: Cell, { decimalSign, dateSign }: CsvStyle): string {
  if (cell === null) return "";
  if ("amount" in cell) return decimalSign === "." ? cell.amount : cell.amount.replace(".", decimalSign);
  if ("date" in cell) return dateSign === "T" ? cell.date : cell.date.replace("T", dateSign);
  if ("number" in cell) return String(cell.number);
  // A leading apostrophe makes the cell text, whatever follows.
  const inert = startsFormula.test(cell.text) && !isNumber.test(cell.text) ? `'${cell.text}` : cell.text;
  return needsQuotes.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
