// The company behind the orders: one row with its name, currency, time zone and language. `current.ts` holds it in
// memory for everything that needs it without a query, `routes.ts` shows and changes it.
import type { CalendarDate, Database, DateTime, RowOf, Transaction } from "sqlproof";
import { zero } from "../contract/decimal.ts";
import { businessDay, businessTime } from "./business-time.ts";
import { type Currency, currencyOf } from "./currency.ts";
import { anyOrder, companyRow, companyVersion, lockCurrency } from "./queries.ts";

export type CompanyRow = RowOf<typeof companyRow>;

/** The settings of the company that orders follow. */
export type TradeTerms = Pick<
  CompanyRow,
  "shipping_policy" | "invoicing_policy" | "over_receipt_tolerance" | "payment_days"
>;

/** How often another process is found to have changed the company. */
const rereadMs = 1000;

/** What every database has until somebody sets the company; the same as the defaults of the table. */
const defaults = {
  ...{ currency: "USD", time_zone: "UTC", payment_days: 30, version: -1 },
  ...{ shipping_policy: "partial", invoicing_policy: "before-shipment", over_receipt_tolerance: zero },
} as const;

type Kept = Pick<
  CompanyRow,
  | ("currency" | "time_zone" | "payment_days" | "version")
  | ("shipping_policy" | "invoicing_policy" | "over_receipt_tolerance")
>;

/**
 * The company as last read, for synchronous use: no request asks the database for it. It is read again after each
 * change by this process, and once a second if another process may have changed it. While the database cannot be read,
 * the company stays as it was.
 */
export class CurrentCompany {
  #row: Kept = defaults;
  #currency = currencyOf(defaults.currency);
  #hasOrders = false;
  #clock: { readonly second: number; readonly timeZone: string; readonly time: DateTime } | null = null;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(private readonly database: Database) {
    this.#timer = setInterval(() => void this.reread(), rereadMs);
    this.#timer.unref();
  }

  /** Reads the company before the first request needs it. */
  static async open(database: Database): Promise<CurrentCompany> {
    const company = new CurrentCompany(database);
    await company.read();
    await company.#lookForOrders();
    return company;
  }

  /** The currency of every amount. */
  get currency(): Currency {
    return this.#currency;
  }

  /**
   * The currency for an order that is made in this transaction, to be read before anything else in it. While there is no
   * order, it may still become one with another minor unit, so the first orders and such a change wait for each other.
   */
  async currencyOfOrders(tx: Transaction): Promise<Currency> {
    return this.#hasOrders ? this.#currency : currencyOf((await tx.one(lockCurrency)).currency);
  }

  /** The time zone of IANA whose clock is business time. */
  get timeZone(): string {
    return this.#row.time_zone;
  }

  /** How the company trades: what an order does when it is short, when its invoice is written, and what is due when. */
  get terms(): TradeTerms {
    const { shipping_policy, invoicing_policy, over_receipt_tolerance, payment_days } = this.#row;
    return { shipping_policy, invoicing_policy, over_receipt_tolerance, payment_days };
  }

  /** Business time: what the clock of the company shows. */
  now(): DateTime {
    // To the second, so that a write may ask for it often: a zone other than UTC takes microseconds.
    const second = Math.floor(Date.now() / 1000);
    const { timeZone } = this;
    if (this.#clock?.second !== second || this.#clock.timeZone !== timeZone)
      this.#clock = { second, timeZone, time: businessTime(timeZone, second * 1000) };
    return this.#clock.time;
  }

  /** The business day, which begins at midnight in the company's time zone. */
  today(): CalendarDate {
    return businessDay(this.timeZone);
  }

  /** Takes over the company as it is stored now. */
  async read(): Promise<void> {
    const row = await this.database.one(companyRow);
    // Two readings may overlap.
    if (row.version < this.#row.version) return;
    this.#row = row;
    this.#currency = currencyOf(row.currency);
  }

  /** Takes over the company if it has changed. Never rejects: without a database, it stays as it was last read. */
  async reread(): Promise<void> {
    try {
      const { version } = await this.database.one(companyVersion);
      if (version !== this.#row.version) await this.read();
      await this.#lookForOrders();
    } catch {
      // Requests report that the database cannot be used.
    }
  }

  async #lookForOrders(): Promise<void> {
    this.#hasOrders = (await this.database.maybe(anyOrder)) !== null;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
