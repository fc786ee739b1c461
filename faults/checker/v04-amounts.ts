import { integer, text, units } from "../database/store.ts";
import { detailsOf } from "../load/journal.ts";
import { members, parsed } from "../load/json.ts";
import { amountText, hundredPercent, one, payable, unitsOf } from "./decimal.ts";
import type { Check, Finding } from "./finding.ts";
import { orders } from "./table.ts";
import { answersOf, ordersShownIn, writesOf } from "./writes.ts";

type Order = ReadonlyMap<string, unknown>;

/** V4: order total = sum of the extended prices + taxes + shipping fee, each in whole cents. */
export const amounts: Check = async ({ stores, journal }) => {
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V4", words });
  for (const { number, outcome } of journal) {
    for (const order of ordersShownIn(outcome))
      for (const words of wrongAmounts(order)) say(`Entry ${number}, order ${text(order.get("id"))}: ${words}`);
  }
  for (const words of wrongTaxes(journal)) say(words);
  const lines = await stores[0].rows("SELECT order_id, quantity, unit_price, discount FROM order_details");
  const stored = Map.groupBy(lines, (line) => integer(line.order_id));
  const rows = await stores[0].rows("SELECT id, version, shipping_fee, taxes FROM orders");
  const byId = new Map(rows.map((row) => [integer(row.id), row]));
  for (const { table, id, version, data, entry } of answersOf(journal)) {
    const row = table === orders ? byId.get(id) : undefined;
    const total = unitsOf(data.get("order_total"));
    if (row === undefined || total === null || integer(row.version) !== version) continue;
    const subtotal = (stored.get(id) ?? []).reduce(
      (sum, line) => sum + extended(units(line.quantity), units(line.unit_price), units(line.discount)),
      0n,
    );
    const expected = subtotal + payable(units(row.taxes)) + payable(units(row.shipping_fee));
    const rowsMake = `its rows make ${amountText(expected)}`;
    if (total !== expected)
      say(`Entry ${entry.number}: order ${id} was answered as ${amountText(total)}, ${rowsMake}.`);
  }
  return findings;
};

/** quantity x price x (1 - discount), rounded once to cents, half away from zero. */
function extended(quantity: bigint, price: bigint, discount: bigint): bigint {
  return payable(quantity * price * (one - discount), one * one);
}

function wrongAmounts(order: Order): readonly string[] {
  const lines = detailsOf(order);
  if (lines === null || !order.has("order_total")) return [];
  const found: string[] = [];
  const expect = (what: string, answered: unknown, expected: bigint) => {
    if (unitsOf(answered) === expected) return;
    found.push(`${what} was answered as ${text(answered)}, it is ${amountText(expected)}.`);
  };
  const amount = (value: unknown) => unitsOf(value) ?? 0n;
  let subtotal = 0n;
  for (const line of lines) {
    const price = extended(amount(line.get("quantity")), amount(line.get("unit_price")), amount(line.get("discount")));
    expect(`extended_price of detail ${text(line.get("id"))}`, line.get("extended_price"), price);
    subtotal += price;
  }
  expect("subtotal", order.get("subtotal"), subtotal);
  expect(
    "order_total",
    order.get("order_total"),
    subtotal + payable(amount(order.get("taxes"))) + payable(amount(order.get("shipping_fee"))),
  );
  return found;
}

/** The taxes of an order that was created taxable but without taxes: subtotal x tax rate. */
function wrongTaxes(journal: Parameters<typeof writesOf>[0]): readonly string[] {
  return writesOf(journal).flatMap(({ action, table, body, outcome, entry }) => {
    if (table !== orders || action !== "create" || outcome.kind !== "acknowledged") return [];
    if (body.get("tax_status_id") !== 1 || body.has("taxes")) return [];
    const data = members(members(parsed(outcome.body)).get("data"));
    const subtotal = unitsOf(data.get("subtotal"));
    if (subtotal === null) return [];
    const expected = payable(subtotal * (unitsOf(body.get("tax_rate"), 6) ?? 0n), hundredPercent);
    if (unitsOf(data.get("taxes")) === expected) return [];
    return [
      `Entry ${entry.number}: taxes were answered as ${text(data.get("taxes"))}, they are ${amountText(expected)}.`,
    ];
  });
}
