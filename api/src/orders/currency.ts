/**
 * The decimal places in which a currency can be paid, from ISO 4217: 0 for the yen, 2 for the dollar, 3 for the Kuwaiti
 * dinar.
 */
export type MinorUnit = 0 | 2 | 3;

interface Currency {
  /** The code of ISO 4217. */
  readonly code: string;
  readonly minorUnit: MinorUnit;
}

/** The currency of every amount. */
export const currency: Currency = { code: "USD", minorUnit: 2 };
