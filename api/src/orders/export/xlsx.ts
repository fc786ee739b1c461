import { Zip, ZipDeflate } from "fflate";
import { styles, xlsxHead } from "./xlsx-cells.ts";

/*
 * A workbook (Office Open XML) that is written while its rows are read: a ZIP archive whose sheets are compressed part
 * by part. Texts are in the cells themselves, so nothing grows with the file.
 */

/** The most rows that a sheet may have, its head among them. */
const mostRows = 1_048_576;

const xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const sheetEnd = "</sheetData></worksheet>";

/** Some rows of a sheet. */
export interface RowsPart {
  readonly text: string;
  readonly rows: number;
}

/** Writes a workbook with these columns: its bytes, in parts. */
export async function* workbook(
  name: string,
  columnNames: readonly string[],
  parts: AsyncIterable<RowsPart>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const archive = new Archive();
  const head = sheetBegin(columnNames.length) + xlsxHead(columnNames);
  let sheets = 1;
  let rows = 1;
  archive.begin(sheetPath(sheets));
  archive.write(head);
  for await (const part of parts) {
    if (rows + part.rows > mostRows) {
      archive.write(sheetEnd);
      archive.end();
      sheets += 1;
      rows = 1;
      archive.begin(sheetPath(sheets));
      archive.write(head);
    }
    archive.write(part.text);
    rows += part.rows;
    yield archive.taken();
  }
  archive.write(sheetEnd);
  archive.end();
  for (const [path, text] of Object.entries(documents(name, sheets))) archive.add(path, text);
  archive.close();
  yield archive.taken();
}

/** Compresses files one after the other, and hands over what is ready. */
class Archive {
  readonly #encoder = new TextEncoder();
  readonly #zip: Zip;
  #ready: Uint8Array[] = [];
  #file: ZipDeflate | null = null;

  constructor() {
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) throw error;
      this.#ready.push(bytes);
    });
  }

  begin(path: string): void {
    const file = new ZipDeflate(path, { level: 4 });
    // Every file has the same time: equal lists are equal files.
    file.mtime = "1980-01-01T12:00:00Z";
    this.#zip.add(file);
    this.#file = file;
  }

  write(text: string): void {
    this.#file?.push(this.#encoder.encode(text), false);
  }

  end(): void {
    this.#file?.push(new Uint8Array(), true);
    this.#file = null;
  }

  add(path: string, text: string): void {
    this.begin(path);
    this.write(text);
    this.end();
  }

  close(): void {
    this.#zip.end();
  }

  /** The bytes since the last call. */
  taken(): Uint8Array<ArrayBuffer> {
    const bytes = Buffer.concat(this.#ready);
    this.#ready = [];
    return bytes;
  }
}

function sheetPath(sheet: number): string {
  return `xl/worksheets/sheet${sheet}.xml`;
}

function sheetBegin(columns: number): string {
  return (
    `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols><col min="1" max="${columns}" width="16" customWidth="1"/></cols><sheetData>`
  );
}

/** The small files of a workbook. */
function documents(name: string, sheets: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const each = (textOf: (sheet: number) => string) => numbers.map(textOf).join("");
  const stylesId = sheets + 1;
  return {
    "[Content_Types].xml":
      `${xml}<Types xmlns="${packages}/content-types">` +
      `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${contentType("sheet.main")}"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${contentType("styles")}"/>` +
      each((sheet) => `<Override PartName="/${sheetPath(sheet)}" ContentType="${contentType("worksheet")}"/>`) +
      `</Types>`,
    "_rels/.rels":
      `${xml}<Relationships xmlns="${packages}/relationships">` +
      `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
      each(
        (sheet) => `<sheet name="${name}${sheet === 1 ? "" : ` ${sheet}`}" sheetId="${sheet}" r:id="rId${sheet}"/>`,
      ) +
      `</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `${xml}<Relationships xmlns="${packages}/relationships">` +
      each(
        (sheet) => `<Relationship Id="rId${sheet}" Type="${office}/worksheet" Target="worksheets/sheet${sheet}.xml"/>`,
      ) +
      `<Relationship Id="rId${stylesId}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": stylesXml(),
  };
}

function contentType(part: string): string {
  return `application/vnd.openxmlformats-officedocument.spreadsheetml.${part}+xml`;
}

/** Built-in formats 14 and 22 show a day and a moment as the reader's language does; an amount has up to four places. */
function stylesXml(): string {
  const formats: Readonly<Record<keyof typeof styles, string>> = {
    plain: `numFmtId="0" fontId="0"`,
    head: `numFmtId="0" fontId="1" applyFont="1"`,
    day: `numFmtId="14" fontId="0" applyNumberFormat="1"`,
    moment: `numFmtId="22" fontId="0" applyNumberFormat="1"`,
    amount: `numFmtId="164" fontId="0" applyNumberFormat="1"`,
  };
  const font = `<sz val="11"/><name val="Calibri"/>`;
  return (
    `${xml}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00##"/></numFmts>` +
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>` +
    `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
    `<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
    `<cellXfs count="${Object.keys(styles).length}">` +
    Object.values(formats)
      .map((format) => `<xf ${format} fillId="0" borderId="0" xfId="0"/>`)
      .join("") +
    `</cellXfs></styleSheet>`
  );
}
