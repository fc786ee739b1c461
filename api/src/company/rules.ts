import type { Transaction } from "sqlproof";
import { refusalOf } from "../contract/answer.ts";
import { compact } from "../resources/vat-id.ts";
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
