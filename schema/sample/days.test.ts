// The sample company on 800 days in a row, including weekends, two ends of a year and a leap day: whatever day it is
// created on, it is the same company, with everything that the pages and the README promise.
import { expect, test } from "bun:test";
import { decimal } from "sqlproof";
import { History } from "./history.ts";

const firstDay = Date.parse("2026-11-01T00:00:00Z");
const dayMs = 86_400_000;
const days = Array.from({ length: 800 }, (_, index) => dayOf(firstDay + index * dayMs));

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function daysBefore(day: string, count: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) - count * dayMs);
}

function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Every row, without its dates. */
function undated({ orders, details, invoices, stock, purchasing }: History): string {
  const tables = [orders, details, invoices, stock.rows, purchasing.orders, purchasing.details];
  return tables.map((rows) => textOf(rows)).join("\n\n");
}

function textOf(rows: readonly object[]): string {
  const names = Object.keys(rows[0] ?? {}).filter((name) => !/_date$|^date_/.test(name));
  return JSON.stringify(rows, names);
}

test("the 800 days include the leap day, ends of years and every day of the week", () => {
  expect([days[0], days.at(-1)]).toEqual(["2026-11-01", "2029-01-08"]);
  for (const day of ["2027-01-01", "2027-12-31", "2028-02-29", "2028-12-31"]) expect(days).toContain(day);
  expect(new Set(days.map(weekday)).size).toBe(7);
});

/** What makes the company of a day implausible. */
function oddities({ orders }: History, day: string): string[] {
  const found: string[] = [];
  const must = (isSo: boolean, words: string) => isSo || found.push(`${day}: ${words}`);
  must(
    orders.every(({ id }, index) => id === index + 1),
    "order numbers have gaps",
  );
  const inStatus = (status: number) => orders.filter(({ status_id }) => status_id === status).length;
  must(inStatus(0) >= 5 && inStatus(1) >= 5 && inStatus(2) >= 10 && inStatus(3) >= 700, "a status is missing");
  const dates = orders.map(({ order_date }) => order_date ?? "");
  must(dates.join() === [...dates].sort().join(), "order dates do not rise with the numbers");
  must((dates[0] ?? "") < daysBefore(day, 728) && (dates[0] ?? "") > daysBefore(day, 735), "it is not two years old");
  must(
    dates.every((date) => [1, 2, 3, 4, 5].includes(weekday(date.slice(0, 10)))),
    "an order came on a weekend",
  );
  // On a Sunday, the last working day is Friday.
  must((dates.at(-1) ?? "") > daysBefore(day, 3), "the last working day had no order");
  const past = [...dates, ...orders.flatMap(({ shipped_date, paid_date }) => [shipped_date ?? "", paid_date ?? ""])];
  must(
    past.every((date) => date < day),
    "an order has a date that has not come",
  );
  const late = orders.filter(
    ({ status_id, shipped_date, order_date }) =>
      (status_id ?? 0) < 2 && shipped_date === null && (order_date ?? "") < daysBefore(day, 7),
  ).length;
  must(late >= 2 && late <= 6, `${late} orders are late`);
  for (const month of monthsShown(day))
    must(dates.filter((date) => date.startsWith(month)).length >= 20, `few orders in ${month}`);
  // On its first working day, a month has no sales yet.
  const now = day.slice(0, 7);
  const last = (dates.at(-1) ?? "").slice(0, 7);
  must(last === now || daysBefore(day, 3).slice(0, 7) !== now, `nothing was sold in ${now}`);
  return found;
}

/** Invoices that differ from their order's total. */
function wrongInvoices({ orders, details, invoices }: History): string[] {
  const found: string[] = [];
  const must = (isSo: boolean, words: string) => isSo || found.push(words);
  const subtotals = new Map<number, bigint>();
  for (const { order_id, quantity, unit_price, discount } of details) {
    const price = units(quantity) * units(unit_price) * (10_000n - units(discount));
    must(price % 100_000_000n === 0n, `a detail of order ${order_id} needs rounding`);
    subtotals.set(order_id, (subtotals.get(order_id) ?? 0n) + price / 100_000_000n);
  }
  const byId = new Map(orders.map((order) => [order.id, order]));
  for (const { order_id, amount_due, tax, shipping } of invoices) {
    const order = byId.get(order_id ?? 0);
    const sum = (subtotals.get(order_id ?? 0) ?? 0n) + units(order?.taxes) + units(order?.shipping_fee);
    must(units(amount_due) === sum && units(tax) === units(order?.taxes), `invoice of order ${order_id}`);
    must(units(shipping) === units(order?.shipping_fee), `shipping of order ${order_id}`);
  }
  return found;
}

/** The eleven full months before that of a day, as the home page shows them. */
function monthsShown(day: string): string[] {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return Array.from({ length: 11 }, (_, index) => dayOf(Date.UTC(year, month - 2 - index, 1)).slice(0, 7));
}

/** Ten-thousandths. */
function units(amount: string | null | undefined): bigint {
  return BigInt((amount ?? "0.0000").replace(".", ""));
}

test("each day has the same orders with the same numbers, customers, amounts and statuses, and all that is promised", () => {
  const [first = ""] = days;
  const company = new History(first);
  // The rows that are equal on every day include the amounts.
  expect(wrongInvoices(company)).toEqual([]);
  const rows = undated(company);
  expect(rows.length).toBeGreaterThan(500_000);
  const found = days.flatMap((day) => {
    const history = new History(day);
    return [...oddities(history, day), ...(undated(history) === rows ? [] : [`${day}: another company`])];
  });
  expect(found).toEqual([]);
}, 300_000);

test("detects a company that stopped trading, or sold something without an invoice", () => {
  const history = new History("2027-01-15");
  expect(oddities(history, "2027-01-15")).toEqual([]);
  const later = oddities(history, "2027-03-01");
  for (const words of ["it is not two years old", "the last working day had no order", "few orders in 2027-02"])
    expect(later).toContain(`2027-03-01: ${words}`);
  expect(oddities(history, "2027-01-14")).toContain("2027-01-14: an order has a date that has not come");
  const [order, ...others] = history.orders;
  if (order === undefined) throw new Error("no orders");
  history.orders.splice(0, history.orders.length, { ...order, taxes: decimal("0.0001") }, ...others.slice(1));
  expect(oddities(history, "2027-01-15")).toEqual(["2027-01-15: order numbers have gaps"]);
  expect(wrongInvoices(history)).toEqual(["invoice of order 1", "invoice of order 2", "shipping of order 2"]);
});
