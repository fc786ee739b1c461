import type { Role } from "northwind-api/src/rights/rights.ts";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Desk } from "./browser.ts";

/** A page, or a state of one. */
export interface Place {
  readonly name: string;
  /** An address, or how to find it: an order is found by its status, not by its number. */
  readonly path: string | ((desk: Desk) => Promise<string>);
  /** What brings the page into this state, once it answers to keys. */
  readonly act?: ((page: Page, desk: Desk) => Promise<void>) | undefined;
  /** Drawn for a sheet of paper: no screen shows it. */
  readonly isPaper?: true;
  /** Seen only while the API does not answer. */
  readonly withoutApi?: true;
  /** Who looks at it, on a desk where everybody signs in: a user with this role, or nobody. */
  readonly as?: Role | "nobody";
  /** Needs a window that may store the offline page. */
  readonly window?: BrowserContextOptions;
}
