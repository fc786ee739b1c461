import type { BrowserContext } from "playwright-core";

/*
 * Chromium does not start under libfaketime (see `test/clocks.mjs`): it gets the true clock, and its pages the same
 * shifted clock as the programs around it.
 */

/** This process's environment without libfaketime; the zone stays. */
export function trueClock(): Record<string, string> {
  const others = Object.entries(process.env).filter(([name]) => name !== "LD_PRELOAD" && !name.startsWith("FAKETIME"));
  return Object.fromEntries(others.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Shows the pages of a window the clock that this process sees. */
export async function shiftClock(context: BrowserContext): Promise<void> {
  const seconds = /^[+-]\d+(?=s$)/.exec(process.env.FAKETIME ?? "")?.[0];
  if (seconds === undefined) return;
  await context.addInitScript((ms) => {
    const now = Date.now.bind(Date);
    globalThis.Date = new Proxy(Date, {
      construct: (date, args, target) => Reflect.construct(date, args.length === 0 ? [now() + ms] : args, target),
      apply: (date) => new date(now() + ms).toString(),
      get: (date, name) => (name === "now" ? () => now() + ms : Reflect.get(date, name)),
    });
  }, Number.parseInt(seconds, 10) * 1000);
}
