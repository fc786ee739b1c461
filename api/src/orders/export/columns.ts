import type { DateTime, Decimal, RowOf } from "sqlproof";
import type { Currency } from "../../company/currency.ts";
import { nameOf, personOf } from "../names.ts";
import type { Amounts } from "../rules.ts";
import type { exportRows } from "./queries.ts";

export type ExportRow = RowOf<typeof exportRows>;

/** A cell of a file: text that people wrote, an exact amount, a whole number or a date; null is empty. */
export type Cell =
  | { readonly text: string }
  | { readonly amount: Decimal }
  | { readonly number: number }
  | { readonly date: DateTime }
  | null;

/** A column: its name and its cell for an order. */
export type Column = readonly [name: string, cell: (row: ExportRow, amounts: Amounts, currency: Currency) => Cell];

export const columns: readonly Column[] = [
  ["id", ({ id }) => ({ number: id })],
  ["order_date", ({ order_date }) => date(order_date)],
  ["status", ({ status_name }) => text(status_name)],
  ["customer_id", ({ customer_id }) => number(customer_id)],
  ["customer", (row) => text(nameOf(customerOf(row)))],
  ["employee_id", ({ employee_id }) => number(employee_id)],
  ["employee", (row) => text(personOf({ first_name: row.employee_first_name, last_name: row.employee_last_name }))],
  ["shipper_id", ({ shipper_id }) => number(shipper_id)],
  ["shipper", ({ shipper_company }) => text(shipper_company)],
  ["shipped_date", ({ shipped_date }) => date(shipped_date)],
  ["ship_name", ({ ship_name }) => text(ship_name)],
  ["ship_address", ({ ship_address }) => text(ship_address)],
  ["ship_city", ({ ship_city }) => text(ship_city)],
  ["ship_state_province", ({ ship_state_province }) => text(ship_state_province)],
  ["ship_zip_postal_code", ({ ship_zip_postal_code }) => text(ship_zip_postal_code)],
  ["ship_country_region", ({ ship_country_region }) => text(ship_country_region)],
  ["payment_type", ({ payment_type }) => text(payment_type)],
  ["paid_date", ({ paid_date }) => date(paid_date)],
  ["tax_status", ({ tax_status_name }) => text(tax_status_name)],
  ["tax_rate", ({ tax_rate }) => amount(tax_rate)],
  ["currency", (_row, _amounts, { code }) => text(code)],
  ["subtotal", (_row, { subtotal }) => amount(subtotal)],
  ["taxes", ({ taxes }) => amount(taxes)],
  ["shipping_fee", ({ shipping_fee }) => amount(shipping_fee)],
  ["order_total", (_row, { orderTotal }) => amount(orderTotal)],
  ["notes", ({ notes }) => text(notes)],
];

function text(value: string | null): Cell {
  return value === null ? null : { text: value };
}

function amount(value: Decimal | null): Cell {
  return value === null ? null : { amount: value };
}

function number(value: number | null): Cell {
  return value === null ? null : { number: value };
}

function date(value: DateTime | null): Cell {
  return value === null ? null : { date: value };
}

function customerOf({ customer_company, customer_first_name, customer_last_name }: ExportRow) {
  return { company: customer_company, first_name: customer_first_name, last_name: customer_last_name };
}
