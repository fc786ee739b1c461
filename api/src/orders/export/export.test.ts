/** Lists as files: CSV for programs and for spreadsheets of every language, and workbooks, read by Python. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "northwind-schema/sample";
import { dateTime } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { isDecimal } from "../../contract/decimal.ts";
import type { Order } from "../fields.ts";
import { csvLine, plainStyle, styleOf } from "./csv-cells.ts";
import { workbook } from "./xlsx.ts";
import { xlsxRow } from "./xlsx-cells.ts";

const folder = mkdtempSync(join(tmpdir(), "northwind-export-"));
let api: BothEngines;

beforeAll(async () => {
  api = await startBothEngines();
  await api.onDatabases((database) => loadSample(database, "2026-11-23"));
  for (const { url } of api.servers) await knowsItsCompany(url);
  await api.call("POST", "/api/orders", { body: awkward });
}, startTimeoutMs);
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true });
});

const awkward = {
  order_date: "2026-11-23T08:30:15",
  shipped_date: "2026-11-24T00:00:00",
  ship_name: "a;=1+1",
  ship_address: '<b>&"Łódź"\n_x0041_',
  ship_city: "=1+1",
  notes: "-12.5",
  shipping_fee: "1.25",
};

describe("a cell of a CSV file", () => {
  const line = (text: string, style = plainStyle) => csvLine([{ text }], style).slice(0, -2);

  test("with anything that ends a cell in some spreadsheet is quoted", () => {
    for (const text of ["a;=1+1", "a,b", "a\tb", "a\nb"]) expect(line(text)).toBe(`"${text}"`);
    expect(line('"')).toBe('""""');
  });

  test("that begins like a formula is text, whatever invisible characters precede", () => {
    const invisible = ["", " ", "\u00a0", "\ufeff", "\u200b", "\u2060", "\u202e", "\u3000", "\u3164", " \u200b \u00a0"];
    for (const before of invisible)
      for (const sign of ["=", "+", "-", "@", "＝"])
        expect(line(`${before}${sign}SUM(1)`).replace(/^"/, "")).toStartWith(`'${before}${sign}`);
    for (const text of ["\t=1", "\r=1", "\n=1", "\tx"]) expect(line(text)).toBe(`"'${text}"`);
  });

  test("that is a number or a word stays as it is", () => {
    for (const text of ["-12.5", "12", "a=1", "x@y.example", "Łódź", "0-1"]) expect(line(text)).toBe(text);
  });

  test("is split and read by spreadsheets of every language", () => {
    const cells = [{ amount: amountOf("-1234.5000") }, { date: dateTime("2026-11-23T08:30:15") }, { text: "a,b" }];
    expect(csvLine(cells, plainStyle)).toBe('-1234.5000,2026-11-23T08:30:15,"a,b"\r\n');
    expect(csvLine(cells, styleOf("en"))).toBe('-1234.5000,2026-11-23 08:30:15,"a,b"\r\n');
    for (const language of ["es", "de", "da", "fr"])
      expect(csvLine(cells, styleOf(language))).toBe('-1234,5000;2026-11-23 08:30:15;"a,b"\r\n');
  });
});

test("GET /api/orders.csv 200: in the reader's language; 400 for no language", async () => {
  const { text } = await api.call("GET", "/api/orders.csv?q=a%3B%3D1&language=es");
  const [head = "", row = ""] = text.replace(/^\ufeff/, "").split("\r\n");
  expect(head.split(";").slice(0, 3)).toEqual(["id", "order_date", "status"]);
  expect(row).toContain(";2026-11-23 08:30:15;");
  expect(row).toContain(`;"a;=1+1";`);
  expect(row).toContain(";1,2500;1,2500;-12.5");
  for (const language of ["", "x", "e-s", "qq", "es_ES", "es,en"])
    expect((await api.call("GET", `/api/orders.csv?language=${language}`)).body.code).toBe("bad-query");
});

describe("GET /api/orders.xlsx", () => {
  test("200: exactly the list, each cell with its type and every digit", async () => {
    const { body } = await api.call("GET", "/api/orders?sort=-id&include=details,customer&limit=1000");
    const orders: readonly Order[] = Array.isArray(body.data) ? body.data : [];
    for (const { url } of api.servers) {
      const response = await fetch(`${url}/api/orders.xlsx?sort=-id`);
      expect(response.headers.get("content-type")).toBe(xlsxType);
      expect(response.headers.get("content-encoding")).toBeNull();
      expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="orders-[\d-]{10}\.xlsx"$/);
      const [sheet] = readWorkbook(new Uint8Array(await response.arrayBuffer()));
      const [head = [], ...rows] = sheet?.rows ?? [];
      const at = (row: Row, name: string) => row[head.findIndex((cell) => cell?.[1] === name)] ?? null;
      expect([sheet?.name, rows.length]).toEqual(["orders", orders.length]);
      for (const [index, order] of orders.entries()) {
        const row = rows[index] ?? [];
        const { subtotal, order_total, shipping_fee } = order;
        expect(["id", "subtotal", "order_total", "shipping_fee"].map((name) => at(row, name))).toEqual([
          ["number", String(order.id)],
          ...[subtotal, order_total, shipping_fee].map((amount): Cell => ["amount", amount ?? ""]),
        ]);
        expect([
          at(row, "customer")?.[0] ?? "text",
          dateOf(at(row, "order_date")),
          dateOf(at(row, "paid_date")),
        ]).toEqual(["text", order.order_date ?? null, order.paid_date ?? null]);
      }
      const [first = []] = rows;
      expect(["ship_name", "ship_address", "ship_city", "notes"].map((name) => at(first, name))).toEqual([
        ["text", awkward.ship_name],
        ["text", awkward.ship_address],
        ["text", awkward.ship_city],
        ["text", awkward.notes],
      ]);
      expect([at(first, "order_date")?.[0], at(first, "shipped_date")?.[0]]).toEqual(["moment", "day"]);
    }
  });

  test("200 with the list's filters, also when no order passes; 400, 404 and 406 as for CSV", async () => {
    const [{ url } = { url: "" }] = api.servers;
    const found = async (query: string) => {
      const bytes = await (await fetch(`${url}/api/orders.xlsx?${query}`)).arrayBuffer();
      return readWorkbook(new Uint8Array(bytes))[0]?.rows.length;
    };
    expect(await found("q=nothing+like+it")).toBe(1);
    expect(await found("q=a%3B%3D1&sort=order_total")).toBe(2);
    expect((await api.call("GET", "/api/orders.xlsx?language=es")).body.code).toBe("bad-query");
    expect((await api.call("GET", "/api/orders.xlsx?customer_id=99999")).status).toBe(404);
    expect((await api.call("GET", "/api/orders.xlsx", { headers: { accept: "text/csv" } })).status).toBe(406);
    expect((await api.call("HEAD", "/api/orders.xlsx", { headers: { accept: xlsxType } })).status).toBe(200);
  });
});

test("a workbook goes on in another sheet, keeps what no spreadsheet can compute as text, and holds any text", async () => {
  const most = 1_048_576;
  const texts = ["\u0000\u001f\r\n\t", "_x0041_ _x_", "\ud800", "\uffff]]>", " spaces ", "x".repeat(40_000)];
  const cells = [
    { amount: amountOf("922337203685477.5807") },
    { amount: amountOf("12345678901.2300") },
    { date: dateTime("1899-12-31T00:00:00") },
    ...texts.map((text) => ({ text })),
  ];
  async function* parts() {
    yield { text: xlsxRow(cells), rows: most - 2 };
    yield { text: xlsxRow([{ number: 7 }]), rows: 1 };
    yield { text: xlsxRow([{ number: 8 }]), rows: 1 };
  }
  const bytes = Buffer.concat(await Array.fromAsync(workbook("orders", ["a"], parts())));
  const [first, second, ...others] = readWorkbook(bytes);
  expect([first?.name, second?.name, others]).toEqual(["orders", "orders 2", []]);
  expect([first?.rows.length, second?.rows]).toEqual([3, [[["text", "a"]], [["number", "8"]]]]);
  expect(first?.rows[1]?.slice(0, 3)).toEqual([
    ["text", "922337203685477.5807"],
    ["amount", "12345678901.2300"],
    ["text", "1899-12-31T00:00:00"],
  ]);
  const shown = first?.rows[1]?.slice(3).map((cell) => cell?.[1]);
  expect(shown).toEqual([...texts.slice(0, 2), "\ufffd", ...texts.slice(3, 5), `${"x".repeat(32_766)}…`]);
});

/** Resolves when a server has read the company of the sample, which it looks for every second. */
async function knowsItsCompany(url: string): Promise<void> {
  for (;;) {
    const text = await (await fetch(`${url}/api/orders.csv`)).text();
    if (text.includes("DKK")) return;
    await Bun.sleep(20);
  }
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Cell = readonly [kind: string, value: string] | null;
type Row = readonly Cell[];

function readWorkbook(bytes: Uint8Array): readonly { readonly name: string; readonly rows: readonly Row[] }[] {
  const path = join(folder, "list.xlsx");
  writeFileSync(path, bytes);
  const { stdout, stderr, exitCode } = Bun.spawnSync(["python3", join(import.meta.dir, "read-workbook.py"), path]);
  expect([exitCode, stderr.toString()]).toEqual([0, ""]);
  return JSON.parse(stdout.toString());
}

/** The date behind the number of days that a spreadsheet counts. */
function dateOf(cell: Cell): string | null {
  if (cell === null) return null;
  const milliseconds = Math.round(Number(cell[1]) * 86_400) * 1000;
  return new Date(Date.UTC(1899, 11, 30) + milliseconds).toISOString().slice(0, 19);
}

function amountOf(text: string) {
  if (!isDecimal(text)) throw new Error(`not an amount: ${text}`);
  return text;
}
