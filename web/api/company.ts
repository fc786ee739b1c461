// The company behind the orders, as every page needs it. There is one, so it is held here like the language of a
// document: company-server.ts reads it for a request, `CompanyProvider` hands it to the browser.
import type { Currency } from "northwind-api/src/company/currency.ts";

export interface Company {
  /** Null until somebody has named it. */
  readonly name: string | null;
  readonly currency: Currency;
  /** The zone of IANA whose clock is business time. */
  readonly timeZone: string;
  readonly language: string;
  /** The entity tag of its logo; null if it has none. */
  readonly logo: string | null;
  /** False until somebody has set the company, or confirmed the defaults. */
  readonly confirmed: boolean;
}

/** The company of a new database. */
export const newCompany: Company = {
  name: null,
  currency: { code: "USD", minorUnit: 2 },
  timeZone: "UTC",
  language: "en",
  logo: null,
  confirmed: true,
};

/** As it was last read: that of a new database until the API has answered for the first time. */
let current: Company = newCompany;

/** The company as last read. */
export function company(): Company {
  return current;
}

/** Where a browser gets this logo. A new one has a new address, because a page shows none again that it has shown. */
export function logoAddress(etag: string): string {
  return `/api/company/logo?version=${etag.replaceAll('"', "")}`;
}

/** Every amount and date that is shown or read from now on follows this company. */
export function setCompany(read: Company): void {
  current = read;
}
