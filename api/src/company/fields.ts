import { isValidBIC, isValidIBAN } from "ibantools";
import type { RowOf } from "sqlproof";
import { object } from "../contract/object.ts";
import {
  array,
  boolean,
  decimal,
  described,
  id,
  integer,
  nullable,
  type Of,
  oneOf,
  optional,
  type Schema,
  text,
} from "../contract/schema.ts";
import { invoicingPolicies, shippingPolicies } from "../ledger/policies.ts";
import { compact, vatIdIssues } from "../resources/vat-id.ts";
import { timeZoneNamed } from "./business-time.ts";
import { currencyCodes, currencyOf } from "./currency.ts";
import type { companyRow } from "./queries.ts";

/** The languages that the pages have. */
const languages = ["en", "es"] as const;

const line = (max: number) => nullable(text(max));
const prefix = text(10);
const currency = oneOf(currencyCodes, "Must be a currency code of ISO 4217, like EUR.");
const language = oneOf(languages, "Must be en or es.");
const days = array(integer({ min: 1, max: 7 }), 7);

/** A value of the schema that obeys a rule of the trade; `fault` says in words what is wrong with it, or null. */
function ruled<T>(schema: Schema<T>, fault: (value: T) => string | null): Schema<T> {
  return {
    jsonSchema: schema.jsonSchema.bind(schema),
    read(value, pointer, issues) {
      const read = schema.read(value, pointer, issues);
      const message = read === undefined ? null : fault(read);
      if (message === null) return read;
      issues.push({ pointer: `#${pointer}`, code: "rule", message });
      return undefined;
    },
  };
}

/** A fault of a number as it would be stored, without spaces; empty is none. */
function inNumber(fault: (stored: string) => string | null) {
  return (sent: string | null) => {
    const stored = compact(sent) ?? null;
    return stored === null ? null : fault(stored);
  };
}

const wrongDigit = "a digit is missing, wrong or in the wrong place.";
const rightVatId = ruled(
  line(20),
  inNumber((stored) => vatIdIssues(stored)[0]?.message ?? null),
);
const rightIban = ruled(
  line(42),
  inNumber((stored) => (isValidIBAN(stored) ? null : `Is no IBAN: ${wrongDigit}`)),
);
const rightBic = ruled(
  line(11),
  inNumber((stored) => (isValidBIC(stored) ? null : "Must have 8 or 11 letters and digits, like DABADKKK.")),
);
const knownZone = ruled(text(64), (name) =>
  timeZoneNamed(name) === null ? "Must be a time zone of IANA, like Europe/Copenhagen." : null,
);
const someDays = ruled(days, (numbers) =>
  numbers.length === 0 ? "Must name at least one day, from 1 (Monday) to 7 (Sunday)." : null,
);

const vatId = described(rightVatId, {
  description:
    "A VAT number. If it begins with the letters of a country whose rule is known, its form and its check digits must " +
    "be right. Stored without spaces, dots and hyphens.",
  examples: ["DK 12 34 56 74"],
});
const iban = described(rightIban, {
  description: "An IBAN with the length of its country and the right check digits. Stored without spaces.",
  examples: ["DK50 0040 0440 1162 43"],
});
const bic = described(rightBic, { description: "A BIC of 8 or 11 letters and digits.", examples: ["NORDDK22"] });
const timeZone = described(knownZone, {
  description: "The name of a time zone of IANA, no offset.",
  examples: ["Europe/Copenhagen"],
});
const workingDays = described(someDays, {
  description: "From 1 (Monday) to 7 (Sunday); a day that is named twice counts once.",
  minItems: 1,
});
const paymentDays = integer({ min: 0, max: 365 });
const shippingPolicy = described(oneOf(shippingPolicies, `Must be one of ${shippingPolicies.join(", ")}.`), {
  description:
    "What an order does when not all of it is there: `partial` ships what is there, `complete` waits for all of it, " +
    "`ask` holds nothing until somebody allocates it. A customer or an order may have its own.",
});
const invoicingPolicy = described(oneOf(invoicingPolicies, `Must be one of ${invoicingPolicies.join(", ")}.`), {
  description: "Whether an order is invoiced before it is shipped, or with its shipment.",
});
const tolerance = described(decimal({ min: "0", max: "1" }), {
  description: "How much more than ordered may be received, as a share: 0.05 is 5 %.",
});

const writable = {
  name: optional(line(100)),
  address: optional(nullable(text(255, "lines"))),
  city: optional(line(50)),
  state_province: optional(line(50)),
  zip_postal_code: optional(line(15)),
  country_region: optional(line(50)),
  vat_id: optional(vatId),
  iban: optional(iban),
  bic: optional(bic),
  currency: optional(currency),
  time_zone: optional(timeZone),
  language: optional(language),
  working_days: optional(workingDays),
  invoice_prefix: optional(prefix),
  credit_note_prefix: optional(prefix),
  purchase_order_prefix: optional(prefix),
  payment_days: optional(paymentDays),
  terms: optional(nullable(text(2000, "lines"))),
  shipping_policy: optional(shippingPolicy),
  invoicing_policy: optional(invoicingPolicy),
  over_receipt_tolerance: optional(tolerance),
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
  shipping_policy: text(20),
  invoicing_policy: text(20),
  over_receipt_tolerance: decimal(),
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
