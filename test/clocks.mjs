// Clocks under which every test must pass as under the true one. libfaketime shows them to a program; the clock that
// measures durations stays true, as on a machine whose calendar is wrong.

/**
 * Each starts at `at` and runs on, in `zone`: the end of a year, a leap day, a Sunday, and the nights in which summer
 * time begins and ends; in the first and the last time zone of the world and in one with a half-hour offset.
 */
export const clocks = [
  { name: "past", at: "2020-02-29T23:59:50Z", zone: "Asia/Kolkata" },
  { name: "new-year", at: "2027-01-01T00:00:10Z", zone: "Pacific/Pago_Pago" },
  { name: "skipped-hour", at: "2027-03-28T00:59:50Z", zone: "Europe/Copenhagen" },
  { name: "sunday", at: "2027-06-13T12:00:00Z", zone: "America/St_Johns" },
  { name: "repeated-hour", at: "2027-10-31T00:59:50Z", zone: "Europe/Copenhagen" },
  // In UTC, which is business time, the year ends while the tests run.
  { name: "year-end", at: "2027-12-31T23:59:50Z", zone: "America/St_Johns" },
  { name: "leap-day", at: "2028-02-29T12:00:00Z", zone: "Pacific/Kiritimati" },
];

/** The quick tests that touch the calendar: every `npm test` runs them under each clock. */
export const shortDaysTests = [
  "api/src/summary/summary.test.ts",
  "api/src/resources/history.test.ts",
  "api/src/orders/orders.test.ts",
  "schema/sample/sample.test.ts",
];

/** All tests that touch the calendar: what is made today, counted by days and months, dated or stored for a time. */
export const daysTests = [
  ...shortDaysTests,
  "api/src/writes/expire-keys.test.ts",
  "api/src/writes/preconditions.test.ts",
  "api/src/orders/list/list.test.ts",
  "api/src/http/server.test.ts",
  "faults/model/model.test.ts",
  "web/orders/form/draft/draft.test.ts",
  "web/messages/messages.test.ts",
  "web/test/faults.test.ts",
  "web/test/home.test.ts",
  "web/test/order-form.test.ts",
  "web/test/order-page.test.ts",
  "web/test/orders-list.test.ts",
  "test/readme.test.ts",
  "test/build.test.ts",
];

/** And one in a browser: on a leap day, in a zone where the day after it has begun. */
export const browserDaysTest = "web/test/home.test.ts";

/** What a program needs in its environment to see this clock from now on. */
export function clockEnvironment({ at, zone }, library) {
  // By the true clock, also where this program itself sees another one.
  const shift = Number.parseInt(/^[+-]\d+(?=s$)/.exec(process.env.FAKETIME ?? "")?.[0] ?? "0", 10);
  const seconds = Math.round((Date.parse(at) - Date.now()) / 1000) + shift;
  return {
    TZ: zone,
    LD_PRELOAD: library,
    FAKETIME: `${seconds < 0 ? "" : "+"}${seconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}
