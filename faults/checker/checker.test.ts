// A checker that cannot fail is worthless. After one run under load without a fault, it finds nothing. Then each test
// plants one fault in a copy of the rows, the journal or the log, and the checker finds exactly that fault.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteFile } from "../database/store.ts";
import { dataOf, readJournalText } from "../load/journal.ts";
import { checks } from "./check.ts";
import { unitsOf } from "./decimal.ts";
import type { Invariant } from "./finding.ts";
import { FinishedRun, type Plant } from "./finished-run.ts";
import { equalSystems } from "./stored/v09-equal.ts";
import type { Write } from "./writes.ts";

const folder = mkdtempSync(join(tmpdir(), "faults-checker-"));
let run: FinishedRun;

beforeAll(async () => {
  run = await FinishedRun.of(folder, 1200);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const planted = (plant: Plant) => run.planted(plant);
const one = (sql: string) => run.one(sql);

/** Expects the first invariant to be broken, in these words. The same fault may also break the others, but no more. */
async function expectFinding(plant: Plant, invariants: readonly [Invariant, ...Invariant[]], words: RegExp) {
  const findings = await planted(plant);
  const strays = findings.filter(({ invariant }) => !invariants.includes(invariant));
  expect(strays).toEqual([]);
  const found = findings.filter(({ invariant }) => invariant === invariants[0]).map((finding) => finding.words);
  expect(found.join("\n")).toMatch(words);
}

function write(wanted: (write: Write) => boolean): Write {
  const found = run.writes.findLast(wanted);
  if (found === undefined) throw new Error("The run has no such write.");
  return found;
}

/** An order with details that the load created and did not change. */
const madeWithLines = `SELECT o.id FROM orders AS o JOIN order_details AS d ON d.order_id = o.id
  WHERE o.ship_zip_postal_code LIKE '7.0-%-o%' AND o.version = 0 AND d.quantity > 0
  GROUP BY o.id HAVING COUNT(*) > 1 LIMIT 1`;

describe("without a fault", () => {
  test("the checker finds nothing, and had enough to look at", async () => {
    expect(await planted({})).toEqual([]);
    const groups = Map.groupBy(run.writes, ({ action, outcome }) => `${action} ${outcome.kind}`);
    const wanted = ["create acknowledged", "update acknowledged", "delete acknowledged", "update refused"] as const;
    for (const name of wanted) expect([name, (groups.get(name) ?? []).length > 2]).toEqual([name, true]);
    expect(run.stockAtStart.length).toBeGreaterThan(50);
    expect(one("SELECT COUNT(*) FROM audit_log")).toBeGreaterThan(100);
    expect(run.log).toContain('"event":"request"');
  });

  test("every invariant has a check and a test", async () => {
    const files = [import.meta.path, join(import.meta.dir, "trade", "trade.test.ts")];
    const text = files.map((path) => readFileSync(path, "utf8")).join("\n");
    for (const invariant of Object.keys(checks)) expect(text).toContain(`("${invariant} `);
  });
});

describe("with one fault planted", () => {
  test("V1 an acknowledged order is lost", async () => {
    const id = one(madeWithLines);
    const sql = ["order_details WHERE order_id", "orders WHERE id"].map((what) => `DELETE FROM ${what} = ${id}`);
    await expectFinding({ sql }, ["V1", "V7", "V11"], new RegExp(`row ${id} is lost`));
  });

  test("V1 an acknowledged order is stored twice", async () => {
    const id = one("SELECT id FROM orders WHERE ship_zip_postal_code LIKE '7.0-%' AND notes LIKE '%|0' LIMIT 1");
    const sql = `INSERT INTO orders (ship_zip_postal_code, status_id)
      SELECT ship_zip_postal_code, 0 FROM orders WHERE id = ${id}`;
    await expectFinding({ sql }, ["V1"], /acknowledged once and is there 2 times/);
  });

  test("V1 an acknowledged update is undone", async () => {
    const id = one("SELECT id FROM orders WHERE ship_zip_postal_code LIKE '7.0-%' AND version > 2 LIMIT 1");
    const sql = `UPDATE orders SET version = version - 1 WHERE id = ${id}`;
    await expectFinding({ sql }, ["V1", "V4", "V8", "V11"], /acknowledged as version/);
  });

  test("V1 an acknowledged delete is undone", async () => {
    const { id } = write(
      ({ action, outcome, table }) => action === "delete" && outcome.kind === "acknowledged" && table.name === "orders",
    );
    await expectFinding(
      { sql: `INSERT INTO orders (id, status_id) VALUES (${id}, 0)` },
      ["V1", "V4", "V5", "V7", "V8", "V11"],
      /still there/,
    );
  });

  test("V2 a refused write is in a row", async () => {
    const { key } = write(({ outcome, table }) => outcome.kind === "refused" && table.name === "orders");
    const sql = `UPDATE orders SET ship_city = '${key}' WHERE id = (SELECT MIN(id) FROM orders)`;
    await expectFinding({ sql }, ["V2"], /was refused, and yet it is in orders/);
  });

  test("V3 a write without an answer is stored twice", async () => {
    const products = run.writes.filter(({ table }) => table.name === "products");
    const deleted = new Set(products.flatMap(({ action, id }) => (action === "delete" ? [id] : [])));
    // One with a single attempt: the answer of a second attempt would remain.
    const { entry, id, key } = write(
      (one) =>
        products.includes(one) &&
        one.action === "create" &&
        one.outcome.kind === "acknowledged" &&
        one.entry.attempts.length === 1 &&
        !deleted.has(one.id),
    );
    const journal = (line: string) => (line.startsWith(`{"line":"ended","number":${entry.number},`) ? null : line);
    const outcome = '{"kind":"unknown","reason":"cut"}';
    const ended = `{"line":"ended","number":${entry.number},"attempt":1,"at":1e9,"outcome":${outcome}}`;
    const sql = `INSERT INTO products (quantity_per_unit, product_name) VALUES ('${key}', 'Tea')`;
    const unanswered = (line: string) =>
      journal(line) ?? (line.includes(`"number":${entry.number},"attempt":1,`) ? ended : null);
    expect(id).toBeGreaterThan(0);
    await expectFinding({ sql, journal: unanswered }, ["V3"], /got no answer, and is there 2 times/);
  });

  test("V3 a key gets a different answer the second time", async () => {
    const { entry } = write(({ outcome, entry }) => outcome.kind === "acknowledged" && entry.attempts.length > 1);
    const journal = (line: string) =>
      line.startsWith(`{"line":"ended","number":${entry.number},"attempt":2,`)
        ? line.replace(/"status":20\d/, '"status":299')
        : line;
    await expectFinding({ journal }, ["V3"], /the same key was answered 20\d .* and then 299/s);
  });

  test("V4 a cent is wrong in a row", async () => {
    const id = one(
      `SELECT d.id FROM order_details AS d JOIN orders AS o ON o.id = d.order_id
        WHERE o.ship_zip_postal_code LIKE '7.0-%' AND d.discount = 0 AND d.quantity >= 10000 LIMIT 1`,
    );
    const sql = `UPDATE order_details SET unit_price = unit_price + 100 WHERE id = ${id}`;
    await expectFinding({ sql }, ["V4", "V7"], /was answered as [0-9.]+, its rows make [0-9.]+/);
  });

  test("V4 a ten-thousandth is wrong in an answer", async () => {
    const { entry } = write(
      ({ entry, body }) =>
        entry.intent === "create" && body.has("order_details") && entry.outcome.kind === "acknowledged",
    );
    const journal = (line: string) =>
      line.startsWith(`{"line":"ended","number":${entry.number},`)
        ? line.replace(
            /(\\"order_total\\":\\"[0-9]+\.[0-9]{3})([0-9])/,
            (_, start, digit) => `${start}${(Number(digit) + 1) % 10}`,
          )
        : line;
    await expectFinding({ journal }, ["V4", "V11"], /order_total was answered as/);
  });

  test("V4 taxes do not match the rate", async () => {
    const { entry } = write(
      ({ body, entry }) =>
        body.get("tax_status_id") === 1 &&
        unitsOf(dataOf(entry.outcome).get("subtotal")) !== 0n &&
        body.has("order_details"),
    );
    const journal = (line: string) =>
      line.startsWith(`{"line":"request","number":${entry.number},`)
        ? line.replace(/\\"tax_rate\\":\\"0\.[0-9]+/, '\\"tax_rate\\":\\"0.9999')
        : line;
    const findings = await planted({ journal });
    expect(findings.map(({ words }) => words).join("\n")).toMatch(/taxes were answered as .*, they are/);
  });

  test("V5 a detail of an order is gone", async () => {
    const id = one(madeWithLines);
    const last = `SELECT MAX(id) FROM order_details WHERE order_id = ${id} AND unit_price > 0`;
    const sql = `DELETE FROM order_details WHERE id = (${last})`;
    await expectFinding({ sql }, ["V5", "V4", "V7"], new RegExp(`Order ${id} has [0-9]+ details, its last write left`));
  });

  test("V5 two details of an order have one place, V7 and their order is another than recorded", async () => {
    const id = one(`SELECT order_id FROM order_details WHERE position = 2 AND order_id = (${madeWithLines}) LIMIT 1`);
    const sql = `UPDATE order_details SET position = 2 WHERE order_id = ${id} AND position = 1`;
    await expectFinding({ sql }, ["V5"], new RegExp(`Several details of order ${id} have the place 2`));
  });

  test("V7 a product and a customer are renamed in an order that was sold before", async () => {
    const id = one(madeWithLines);
    const sql = [
      `UPDATE order_details SET product_name = 'Renamed' WHERE order_id = ${id}`,
      `UPDATE orders SET customer_company = 'Renamed' WHERE id = ${id}`,
    ];
    const words = (await planted({ sql })).map(({ words }) => words).join("\n");
    expect(words).toMatch(/a detail: product_name is .* there and Renamed in the row/);
    expect(words).toMatch(/customer_company is .* there and Renamed in the row/);
  });

  test("V5 an answer shows an order without its details", async () => {
    const { entry } = write(
      ({ action, entry, body }) =>
        action === "create" && entry.outcome.kind === "acknowledged" && /[|][1-9]/.test(String(body.get("notes"))),
    );
    const journal = (line: string) =>
      line.startsWith(`{"line":"ended","number":${entry.number},`)
        ? line.replace(/\\"order_details\\":\[.*\]/, '\\"order_details\\":[]')
        : line;
    await expectFinding({ journal }, ["V5", "V3", "V4", "V11"], /saw 0 details of order [0-9]+, which had [1-9]/);
  });

  test("V5 details, invoices and stock movements without their order", async () => {
    const sql = [
      "INSERT INTO order_details (order_id, quantity, discount) VALUES (999999, 0, 0)",
      "INSERT INTO invoices (order_id) VALUES (999999)",
      "UPDATE inventory_transactions SET customer_order_id = 999999 WHERE id = 1",
    ];
    const findings = (await planted({ sql })).filter(({ invariant }) => invariant === "V5");
    expect(findings.map(({ words }) => words.replace(/[0-9]+/, "N"))).toEqual([
      "The order detail N belongs to no order.",
      "The invoice N belongs to no order.",
      "The stock movement N belongs to no order.",
    ]);
  });

  test("V6 an entry of the ledger is altered or removed", async () => {
    const gone = /The ledger no longer has this entry as it was: id=[0-9]+ /;
    await expectFinding({ sql: "UPDATE inventory_transactions SET comments = 'x' WHERE id = 1" }, ["V6"], gone);
    const added = "SELECT 2, product_id, on_hand - allocated + 1 FROM product_stock WHERE on_hand > allocated LIMIT 1";
    const sold = `INSERT INTO inventory_transactions (transaction_type, product_id, quantity) ${added}`;
    await expectFinding({ sql: sold }, ["V6", "V16"], /has [0-9.]+ on hand, and its ledger makes /);
    await expectFinding({ sql: "DELETE FROM inventory_transactions WHERE transaction_type = 1" }, ["V6", "V17"], gone);
  });

  test.each([
    ["on_hand = on_hand + 1", /on hand, and its ledger makes/],
    ["allocated = allocated + 1", /held, and its ledger makes/],
    ["back_ordered = back_ordered + 1", /back-ordered, and customers wait for/],
  ])("V6 a balance says %s", async (change, words) => {
    const one = "SELECT product_id FROM product_stock WHERE on_hand > allocated LIMIT 1";
    await expectFinding({ sql: `UPDATE product_stock SET ${change} WHERE product_id = (${one})` }, ["V6"], words);
  });

  test("V6 the ledger and the balance agree, and yet are below zero", async () => {
    const product = one("SELECT product_id FROM product_stock WHERE on_hand > allocated LIMIT 1");
    const entry = (type: number, quantity: string) => [
      `INSERT INTO inventory_transactions (transaction_type, product_id, quantity)
        SELECT ${type}, product_id, ${quantity} FROM product_stock WHERE product_id = ${product}`,
    ];
    const balance = (change: string) => `UPDATE product_stock SET ${change} WHERE product_id = ${product}`;
    const tooMuchSold = [...entry(2, "on_hand + 1"), balance("on_hand = -1")];
    await expectFinding({ sql: tooMuchSold }, ["V6", "V16"], /has a negative stock: -0\.0001/);
    const tooMuchReleased = [...entry(7, "allocated + 1"), balance("allocated = -1")];
    await expectFinding({ sql: tooMuchReleased }, ["V6", "V16"], /has a negative reservation: -0\.0001/);
    const tooMuchHeld = [...entry(3, "on_hand - allocated + 1"), balance("allocated = on_hand + 1")];
    await expectFinding({ sql: tooMuchHeld }, ["V6", "V16"], /has [0-9.]+ held of [0-9.]+ on hand/);
  });

  test("V6 details hold what nobody knows of, or more than they need", async () => {
    const detail = one(`SELECT d.id FROM order_details AS d JOIN product_stock AS s ON s.product_id = d.product_id
      WHERE d.shipped = d.quantity AND d.quantity > 0 LIMIT 1`);
    const sql = (change: string) => `UPDATE order_details SET ${change} WHERE id = ${detail}`;
    await expectFinding({ sql: sql("allocated = 1") }, ["V6", "V14", "V17"], /held, and its order details hold/);
    await expectFinding(
      { sql: sql("allocated = 1") },
      ["V6", "V14", "V17"],
      /has more shipped and held than was ordered/,
    );
    await expectFinding({ sql: sql("returned = -1") }, ["V6"], /Detail [0-9]+ has a negative quantity/);
    await expectFinding({ sql: sql("returned = quantity + 1") }, ["V6"], /has more come back than was shipped/);
    await expectFinding({ sql: sql("returned = 1") }, ["V6"], /has another quantity come back than its returns say/);
    const taken = "INSERT INTO inventory_transactions (transaction_type, product_id, quantity) VALUES (5, 1, 1)";
    await expectFinding({ sql: taken }, ["V6"], /Return .* says another quantity than the ledger took in/);
    const counted = [
      `INSERT INTO stock_counts (id, status, reason, created_date, created_principal)
        VALUES (1, 'approved', 'r', '2025-01-10 00:00:00', 'p')`,
      "INSERT INTO stock_count_details (stock_count_id, product_id, expected, counted) VALUES (1, 1, 10000, 20000)",
    ];
    await expectFinding({ sql: counted }, ["V6"], /Count 1 booked another difference than was counted/);
    const negative = "UPDATE inventory_transactions SET quantity = -quantity WHERE id = 1";
    await expectFinding({ sql: negative }, ["V6"], /Entry 1 moves a negative quantity/);
    const unkept = "UPDATE products SET stocked = 0 WHERE id = (SELECT MIN(product_id) FROM product_stock)";
    await expectFinding({ sql: unkept }, ["V6"], /keeps stock without a balance/);
  });

  test("V7 an entry is missing, altered, unchained, or one too many", async () => {
    const changedTwice = `SELECT MAX(resource_id) FROM audit_log
      WHERE resource = 'order' AND sequence = 3 AND after_state LIKE '%"ship_zip_postal_code":"7.0-%-o%'`;
    const chain = `FROM audit_log WHERE resource = 'order' AND resource_id = (${changedTwice})`;
    const id = one(`SELECT MAX(resource_id) ${chain}`);
    const at = (sequence: number) => `WHERE resource = 'order' AND resource_id = ${id} AND sequence = ${sequence}`;
    await expectFinding({ sql: `DELETE FROM audit_log ${at(2)}` }, ["V7"], /was found, 2 was expected/);
    const altered = `UPDATE audit_log SET principal = 'eve' ${at(2)}`;
    await expectFinding({ sql: altered }, ["V7"], /does not have the hash of its content/);
    const unchained = `UPDATE audit_log SET previous_hash = '${"1".repeat(64)}' ${at(3)}`;
    await expectFinding({ sql: unchained }, ["V7"], /does not have the hash of the row before it/);
    const unsent = `UPDATE audit_log SET client_request_id = 'x' ${at(2)}`;
    await expectFinding({ sql: unsent }, ["V7"], /names a request x that no client sent/);
    const last = `WHERE resource = 'order' AND resource_id = ${id} AND sequence = (SELECT MAX(sequence) ${chain})`;
    await expectFinding({ sql: `DELETE FROM audit_log ${last}` }, ["V7"], /is 0 times in the audit/);
    const product = one(
      "SELECT resource_id FROM audit_log WHERE resource = 'product' AND after_state LIKE '%\"stocked\":false%' LIMIT 1",
    );
    const unseen = `UPDATE products SET reorder_level = 77 WHERE id = ${product}`;
    await expectFinding({ sql: unseen }, ["V7", "V11"], /reorder_level is .* there and 77 in the row/);
  });

  test("V8 an increment is lost", async () => {
    const { id } = write(({ entry }) => entry.intent === "increment");
    const sql = `UPDATE orders SET shipping_fee = shipping_fee - 10000 WHERE id = ${id}`;
    await expectFinding({ sql }, ["V8", "V1", "V4", "V7", "V11"], /counts [0-9]+; [0-9]+ increments were acknowledged/);
  });

  test("V8 two writes result in the same version", async () => {
    const { entry, version } = write(
      ({ entry, outcome, version }) =>
        entry.intent === "increment" && outcome.kind === "acknowledged" && (version ?? 0) > 1,
    );
    const journal = (line: string) =>
      line.startsWith(`{"line":"ended","number":${entry.number},`)
        ? line.replace(/"etag":"\\"[0-9]+\\""/, `"etag":"\\"${(version ?? 0) - 1}\\""`)
        : line;
    const findings = await planted({ journal });
    const found = findings
      .filter(({ invariant }) => invariant === "V8")
      .map(({ words }) => words)
      .join("\n");
    expect(found).toMatch(/both left version/);
    expect(found).toMatch(/was for version [0-9]+ and left/);
  });

  test("V8 a read shows an older version", async () => {
    const { id } = write(({ entry }) => entry.intent === "increment");
    const path = `/api/orders/${id}?include=details`;
    const read = readJournalText(run.journalText).findLast((entry) => entry.path === path && entry.intent === "final");
    const journal = (line: string) =>
      line.startsWith(`{"line":"ended","number":${read?.number},`)
        ? line.replace(/"etag":"\\"[0-9]+\\""/, '"etag":"\\"1\\""')
        : line;
    await expectFinding({ journal }, ["V8", "V11"], /was answered version 1 of orders\/[0-9]+ after entry/);
  });

  test("V9 two nodes differ in one row, and two systems as well", async () => {
    const [first, second] = [join(folder, "node-1.db"), join(folder, "node-2.db")];
    copyFileSync(run.database, first);
    copyFileSync(run.database, second);
    const stores = [openSqliteFile(first), openSqliteFile(second)] as const;
    const evidence = { stores, journal: [], log: "", stockAtStart: [], secrets: [] };
    expect(await checks.V9(evidence)).toEqual([]);
    expect(await equalSystems(stores)).toEqual([]);
    await stores[1].rows("UPDATE customers SET city = 'Elsewhere' WHERE id = 3");
    expect(await checks.V9(evidence)).toHaveLength(1);
    expect((await equalSystems(stores))[0]?.words).toMatch(
      /^Table customers: only sqlite has .*; only sqlite has .*city=Elsewhere/,
    );
    for (const store of stores) await store.close();
  });

  test("V10 an order goes back, or is deleted after it was shipped", async () => {
    const { entry } = write(
      ({ entry, outcome, body }) =>
        entry.intent === "step" && outcome.kind === "acknowledged" && body.get("status_id") !== 0,
    );
    const journal = (line: string) =>
      line.startsWith(`{"line":"ended","number":${entry.number},`)
        ? line.replace(/\\"status_id\\":[0-9]/, '\\"status_id\\":-1')
        : line;
    const findings = await planted({ journal });
    expect(
      findings
        .filter(({ invariant }) => invariant === "V10")
        .map(({ words }) => words)
        .join(),
    ).toMatch(/went from status [0-9] back to -1/);
    const step = "resource = 'order' AND action = 'update' AND before_state LIKE '%\"status_id\":1,%'";
    const shipped = `REPLACE(before_state, '"status_id":1,', '"status_id":2,')`;
    const sql = `UPDATE audit_log SET after_state = NULL, before_state = ${shipped} WHERE ${step}`;
    const deleted = (await planted({ sql })).filter(({ invariant }) => invariant === "V10");
    expect(deleted[0]?.words).toMatch(/deleted although it was shipped/);
  });

  test("V10 after the invoice a price changes, or a shipped order is cancelled", async () => {
    const changed =
      "resource = 'order' AND action = 'update' AND before_state LIKE '%\"status_id\":1,\"sub%\"unit_price\":%'";
    const ofOne = `WHERE rowid = (SELECT MAX(rowid) FROM audit_log WHERE ${changed})`;
    const wordsOf = async (set: string) =>
      (await planted({ sql: `UPDATE audit_log SET ${set} ${ofOne}` }))
        .filter(({ invariant }) => invariant === "V10")
        .map(({ words }) => words)
        .join();
    const price = `after_state = REPLACE(after_state, '"unit_price":"', '"unit_price":"1')`;
    expect(await wordsOf(price)).toMatch(/order_details changed after the invoice/);
    const follows = `after_state = REPLACE(after_state, '"returned":"', '"returned":"1')`;
    expect(await wordsOf(follows)).toBe("");
    const cancelled = `before_state = REPLACE(before_state, '"status_id":1,"sub', '"status_id":2,"sub'),
      after_state = REPLACE(REPLACE(after_state, '"status_id":2,"sub', '"status_id":4,"sub'),
        '"status_id":1,"sub', '"status_id":4,"sub')`;
    expect(await wordsOf(cancelled)).toMatch(/it went from status 2 to 4/);
    const reopened = `before_state = REPLACE(before_state, '"status_id":1,"sub', '"status_id":4,"sub')`;
    expect(await wordsOf(reopened)).toMatch(/it was reopened in status [12]/);
  });

  test("V11 an answer shows a state that never existed", async () => {
    const id = one(madeWithLines);
    const journal = (line: string) =>
      line.includes('"line":"ended"') && line.includes(`\\"data\\":{\\"id\\":${id},`)
        ? line.replace(/\\"ship_city\\":\\"Aarhus\\"/, '\\"ship_city\\":\\"Atlantis\\"')
        : line;
    await expectFinding({ journal }, ["V11"], /ship_city is Atlantis there/);
  });

  test("V11 a resource that was shown is answered as missing", async () => {
    const deleted = new Set(run.writes.flatMap(({ action, id }) => (action === "delete" ? [id] : [])));
    const read = readJournalText(run.journalText).findLast(
      ({ intent, path }) => intent === "final" && !deleted.has(Number(/[0-9]+/.exec(path)?.[0])),
    );
    const journal = (line: string) =>
      line.startsWith(`{"line":"ended","number":${read?.number},`)
        ? line.replace(/"outcome":.*$/, '"outcome":{"kind":"refused","status":404,"code":"not-found","body":""}}')
        : line;
    await expectFinding({ journal }, ["V11"], /got 404 for orders\/[0-9]+, after an answer had shown it/);
  });

  test("V12 a request has two answers, none, or the answer of another", async () => {
    const { entry } = write(({ outcome }) => outcome.kind === "acknowledged");
    const isEnd = (line: string) => line.startsWith(`{"line":"ended","number":${entry.number},"attempt":1,`);
    await expectFinding({ journal: (line) => (isEnd(line) ? `${line}\n${line}` : line) }, ["V12"], /has 2 answers/);
    await expectFinding(
      { journal: (line) => (isEnd(line) ? line.replace('"answeredId":"c', '"answeredId":"d') : line) },
      ["V12"],
      /answered as d/,
    );
    const read = readJournalText(run.journalText).findLast(({ intent }) => intent === "final");
    const unended = (line: string) => (line.startsWith(`{"line":"ended","number":${read?.number},`) ? null : line);
    await expectFinding({ journal: unended }, ["V12"], /has 0 answers/);
    const line = run.log
      .split("\n")
      .find((text) => text.includes('"event":"request"') && text.includes('"client_request_id":"c'));
    await expectFinding({ log: `${line}\n` }, ["V12"], /The API logs 2 times/);
  });

  test("V13 the log contains a password, a key, a statement", async () => {
    const { key } = write(({ outcome }) => outcome.kind === "acknowledged");
    await expectFinding({ log: "Access denied, password hunter2\n" }, ["V13"], /a password/);
    await expectFinding({ log: `{"level":"error","key":"${key}"}\n` }, ["V13"], /an idempotency key/);
    await expectFinding({ log: "near: UPDATE orders SET notes = ? WHERE id = ?\n" }, ["V13"], /SQL/);
  });
});
