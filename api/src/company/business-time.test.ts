import { describe, expect, test } from "bun:test";
import { businessDay, businessTime, timeZoneNamed } from "./business-time.ts";
import { currencyCodes, minorUnitOf } from "./currency.ts";

const at = (text: string) => Date.parse(text);

describe("business time", () => {
  test("is what the clock of the zone shows", () => {
    const moment = at("2026-11-29T10:30:15Z");
    expect<string>(businessTime("UTC", moment)).toBe("2026-11-29T10:30:15");
    expect<string>(businessTime("Europe/Copenhagen", moment)).toBe("2026-11-29T11:30:15");
    expect<string>(businessTime("Asia/Kathmandu", moment)).toBe("2026-11-29T16:15:15");
    expect<string>(businessTime("Pacific/Kiritimati", moment)).toBe("2026-11-30T00:30:15");
    expect<string>(businessTime("Pacific/Pago_Pago", moment)).toBe("2026-11-28T23:30:15");
  });

  test("goes back by an hour when summer time ends, and leaves one out when it begins", () => {
    const zone = "Europe/Copenhagen";
    expect<string>(businessTime(zone, at("2026-10-25T00:59:59Z"))).toBe("2026-10-25T02:59:59");
    expect<string>(businessTime(zone, at("2026-10-25T01:00:00Z"))).toBe("2026-10-25T02:00:00");
    expect<string>(businessTime(zone, at("2027-03-28T00:59:59Z"))).toBe("2027-03-28T01:59:59");
    expect<string>(businessTime(zone, at("2027-03-28T01:00:00Z"))).toBe("2027-03-28T03:00:00");
  });

  test("a business day begins at midnight of the zone", () => {
    const zone = "America/New_York";
    expect<string>(businessDay(zone, at("2026-12-31T04:59:59Z"))).toBe("2026-12-30");
    expect<string>(businessDay(zone, at("2026-12-31T05:00:00Z"))).toBe("2026-12-31");
    expect<string>(businessTime(zone, at("2026-12-31T05:00:00Z"))).toBe("2026-12-31T00:00:00");
    expect<string>(businessDay("Pacific/Kiritimati", at("2026-12-31T10:00:00Z"))).toBe("2027-01-01");
  });

  test("the names of zones are those of IANA", () => {
    expect(timeZoneNamed("europe/copenhagen")).toBe("Europe/Copenhagen");
    expect(timeZoneNamed("UTC")).toBe("UTC");
    expect(timeZoneNamed("America/Argentina/Buenos_Aires")).toBe("America/Argentina/Buenos_Aires");
    for (const text of ["", "+01:00", "Europe/Kopenhagen", "Europe/Paris ", "../etc/passwd"])
      expect([text, timeZoneNamed(text)]).toEqual([text, null]);
  });
});

test("minor units follow ISO 4217", () => {
  const units = ["JPY", "ISK", "USD", "DKK", "KWD", "TND"].map(minorUnitOf);
  expect(units).toEqual([0, 0, 2, 2, 3, 3]);
  expect(minorUnitOf("DEM")).toBeUndefined();
  expect(new Set(currencyCodes).size).toBe(currencyCodes.length);
  expect(currencyCodes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
});
