import { isValidBIC, isValidIBAN } from "ibantools";
import { checkVAT, countries } from "jsvat";
import type { Transaction } from "sqlproof";
import { type Issue, refusalOf } from "../contract/answer.ts";
import { timeZoneNamed } from "./business-time.ts";
import { minorUnitOf } from "./currency.ts";
import type { CompanyRow } from "./current.ts";
import type { CompanyUpdate } from "./fields.ts";
import { anyOrder } from "./queries.ts";

/** The fields of a company that a body sets, as they are stored: a number of a bank or a tax office without spaces. */
export function storedFields(body: CompanyUpdate): Partial<CompanyRow> {
  const { working_days: days, vat_id, iban, bic, time_zone, ...rest } = body;
  const set = <K extends keyof CompanyRow>(key: K, value: CompanyRow[K] | undefined) =>
    value === undefined ? {} : { [key]: value };
  return {
    ...rest,
    ...set("vat_id", compact(vat_id)),
    ...set("iban", compact(iban)),
    ...set("bic", compact(bic)),
    ...set("time_zone", time_zone === undefined ? undefined : (timeZoneNamed(time_zone) ?? time_zone)),
    ...set("working_days", days === undefined ? undefined : [...new Set(days)].sort().join("")),
  };
}

/** Without the spaces, dots and hyphens of the printed form; empty is none. */
function compact(text: string | null | undefined): string | null | undefined {
  return text == null ? text : text.replace(/[\s.-]/g, "").toUpperCase() || null;
}

/** An issue for each field that cannot be right. `after` is the company as it would be stored. */
export function companyIssues({ vat_id, iban, bic, time_zone, working_days }: CompanyRow): Issue[] {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => issues.push({ pointer: `#/${field}`, code: "rule", message });
  if (vat_id !== null && isWrongVatId(vat_id))
    refuse("vat_id", "Is no VAT number of this country: a digit is missing, wrong or in the wrong place.");
  if (iban !== null && !isValidIBAN(iban))
    refuse("iban", "Is no IBAN: a digit is missing, wrong or in the wrong place.");
  if (bic !== null && !isValidBIC(bic)) refuse("bic", "Must have 8 or 11 letters and digits, like DABADKKK.");
  if (timeZoneNamed(time_zone) === null) refuse("time_zone", "Must be a time zone of IANA, like Europe/Copenhagen.");
  if (working_days === "") refuse("working_days", "Must name at least one day, from 1 (Monday) to 7 (Sunday).");
  return issues;
}

/** Brazil's numbers have no letters in front, so any number would be taken for one of them. */
const lettered = countries.filter(({ codes }) => !codes.includes("BR"));

/** A number without the letters of a country, or of a country without a known rule, is accepted as it is. */
function isWrongVatId(text: string): boolean {
  if (!/^[A-Z]{2}/.test(text)) return false;
  const { isSupportedCountry, isValid } = checkVAT(text, lettered);
  return isSupportedCountry && !isValid;
}

/**
 * Throws 409 `state` if the amounts of existing orders would get another number of decimal places: what was rounded to
 * cents cannot be shown in yen.
 */
export async function refuseOtherMinorUnit(tx: Transaction, before: CompanyRow, after: CompanyRow): Promise<void> {
  const [old, wanted] = [minorUnitOf(before.currency), minorUnitOf(after.currency)];
  if (old === wanted || (await tx.maybe(anyOrder)) === null) return;
  const places = (unit = 0) => (unit === 0 ? "no decimal places" : `${unit} decimal places`);
  const message =
    `There are orders with amounts in ${before.currency}, which have ${places(old)}; amounts in ${after.currency} have ` +
    `${places(wanted)}. Choose a currency with ${places(old)}, or start a new database.`;
  throw refusalOf([{ pointer: "#/currency", code: "state", message }]);
}
