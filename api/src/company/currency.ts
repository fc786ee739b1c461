// The currencies of ISO 4217: the one table from which a currency's minor unit follows.

/** The decimal places in which a currency can be paid: 0 for the yen, 2 for the dollar, 3 for the Kuwaiti dinar. */
export type MinorUnit = 0 | 2 | 3;

export interface Currency {
  /** The code of ISO 4217. */
  readonly code: string;
  readonly minorUnit: MinorUnit;
}

/** The currencies in circulation, by their minor unit (ISO 4217, list one, without funds, metals and test codes). */
const codesByMinorUnit: Readonly<Record<MinorUnit, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
  2:
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP " +
    "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
    "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK " +
    "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB " +
    "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
  3: "BHD IQD JOD KWD LYD OMR TND",
};

const minorUnits: ReadonlyMap<string, MinorUnit> = new Map(
  ([0, 2, 3] as const).flatMap((unit) => codesByMinorUnit[unit].split(" ").map((code) => [code, unit] as const)),
);

/** Every code, in alphabetical order. */
export const currencyCodes: readonly string[] = [...minorUnits.keys()].sort();

/** The currency with a stored code. A code that only another program could have written counts as having cents. */
export function currencyOf(code: string): Currency {
  return { code, minorUnit: minorUnitOf(code) ?? 2 };
}

/** The minor unit of a currency, or undefined if ISO 4217 has no such currency. */
export function minorUnitOf(currency: string): MinorUnit | undefined {
  return minorUnits.get(currency);
}
