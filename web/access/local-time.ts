import { businessTime } from "northwind-api/src/company/business-time.ts";
import { company } from "../api/company.ts";

/** The API stores times of access in UTC; people read the time of the company. */
export function localTime(utc: string): string {
  return businessTime(company().timeZone, Date.parse(`${utc}Z`));
}
