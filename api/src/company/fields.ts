import type { RowOf } from "sqlproof";
import { object } from "../contract/object.ts";
import { array, boolean, id, integer, nullable, type Of, oneOf, optional, text } from "../contract/schema.ts";
import { currencyCodes, currencyOf } from "./currency.ts";
import type { companyRow } from "./queries.ts";

/** The languages that the pages have. */
const languages = ["en", "es"] as const;

const line = (max: number) => nullable(text(max));
const prefix = text(10);
const currency = oneOf(currencyCodes, "Must be a currency code of ISO 4217, like EUR.");
const language = oneOf(languages, "Must be en or es.");
const days = array(integer({ min: 1, max: 7 }), 7);
const paymentDays = integer({ min: 0, max: 365 });

const writable = {
  name: optional(line(100)),
  address: optional(nullable(text(255, "lines"))),
  city: optional(line(50)),
  state_province: optional(line(50)),
  zip_postal_code: optional(line(15)),
  country_region: optional(line(50)),
  vat_id: optional(line(20)),
  iban: optional(line(42)),
  bic: optional(line(11)),
  currency: optional(currency),
  time_zone: optional(text(64)),
  language: optional(language),
  working_days: optional(days),
  invoice_prefix: optional(prefix),
  credit_note_prefix: optional(prefix),
  purchase_order_prefix: optional(prefix),
  payment_days: optional(paymentDays),
  terms: optional(nullable(text(2000, "lines"))),
  confirmed: optional(boolean),
} as const;

const shownMembers = {
  id,
  name: line(100),
  address: nullable(text(255, "lines")),
  city: line(50),
  state_province: line(50),
  zip_postal_code: line(15),
  country_region: line(50),
  vat_id: line(20),
  iban: line(34),
  bic: line(11),
  currency: text(3),
  minor_unit: integer({ min: 0, max: 3 }),
  time_zone: text(64),
  language: text(2),
  working_days: days,
  invoice_prefix: prefix,
  credit_note_prefix: prefix,
  purchase_order_prefix: prefix,
  payment_days: paymentDays,
  terms: nullable(text(2000, "lines")),
  confirmed: boolean,
} as const;

/** What a change of the company may contain. */
export const companyUpdate = object("CompanyUpdate", writable, { answered: shownMembers });
export type CompanyUpdate = Of<typeof companyUpdate>;

/** The company as the API shows it. */
export const company = object("Company", shownMembers);
export type Company = Of<typeof company>;

/** A stored company as the API shows it. */
export function shownCompany({ version: _, working_days, ...row }: RowOf<typeof companyRow>): Company {
  const { minorUnit: minor_unit } = currencyOf(row.currency);
  return { ...row, minor_unit, working_days: Array.from(working_days, (day) => Number.parseInt(day, 10)) };
}
