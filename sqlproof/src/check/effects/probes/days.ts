/** A column of days, or of days with a time. */
export type DayType = "date" | "datetime";

const day = 86_400_000;
const anchors = ["2024-02-29", "2024-01-31", "2023-12-31", "2023-02-28"].map((text) => Date.parse(`${text}Z`));
const mostAmounts = 4;
const largest = 40_000;

/**
 * Pairs of days around the differences that a text may mean: one day, a month, a year, and as many days, months or years
 * as it has numbers. Times differ by hours, minutes and seconds, too.
 */
export function dayPairs([first, second]: readonly [DayType, DayType], text: string): (readonly [string, string])[] {
  const amounts = amountsIn(text);
  const times = first === "datetime" && second === "datetime";
  const near = times ? [0, 1000, -1000] : [0, day, -day];
  const found = new Map<string, readonly [string, string]>();
  const add = (from: number, to: number): void => {
    if (!isWritten(from) || !isWritten(to)) return;
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      const pair = [written(first, a), written(second, b)] as const;
      found.set(pair.join(" "), pair);
    }
  };
  const days = [0, 1, ...amounts.filter((amount) => amount > 1)];
  for (const [index, from] of anchors.entries()) {
    for (const amount of index < 2 ? days : days.slice(0, 2))
      for (const more of near) add(from, from + amount * day + more);
    for (const months of monthsIn(text, amounts))
      for (const to of monthsLater(from, months)) for (const more of near) add(from, to + more);
  }
  if (times)
    for (const seconds of secondsIn(text, amounts))
      for (const more of near) {
        const evening = (anchors[0] ?? 0) + 23 * 3_600_000;
        add(evening, evening + seconds * 1000 + more);
        add(evening - 13 * 3_600_000, evening - 13 * 3_600_000 + seconds * 1000 + more);
      }
  return [...found.values()].slice(0, mostPairs);
}

const mostPairs = 160;

function amountsIn(text: string): number[] {
  const numbers = [...text.matchAll(/(?<![\w.])[+-]?(\d+)(?![\w.])/g)].map(([, digits]) => Number(digits));
  return [...new Set(numbers)].filter((number) => number <= largest).slice(0, mostAmounts);
}

function monthsIn(text: string, amounts: readonly number[]): number[] {
  const ofMonths = /month/i.test(text) ? [1, ...amounts.filter((amount) => amount <= 1200)] : [];
  const ofYears = /year|%Y/i.test(text)
    ? [12, ...amounts.filter((amount) => amount <= 200).map((years) => years * 12)]
    : [];
  return [...new Set([...ofMonths, ...ofYears])].slice(0, 5);
}

/** The same day of a later month, where it has none both its last day and as many days behind it as are missing. */
function monthsLater(from: number, months: number): number[] {
  const start = new Date(from);
  const behind = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate());
  const last = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0);
  return behind > last ? [last, behind] : [behind];
}

/** The lengths of time, in seconds. SQLite counts them as parts of a day, which are not exact. */
function secondsIn(text: string, amounts: readonly number[]): number[] {
  const hours = /hour|julianday|timediff|24/i.test(text) ? [1, 2, 3, 5, 7, 11] : [2];
  const minutes = /minute|julianday|1440|60/i.test(text) ? [1, 7, 29, 90] : [];
  const small = amounts.filter((amount) => amount > 0 && amount <= 10_000).slice(0, 3);
  const timed = small.flatMap((amount) => [
    amount,
    ...(hours.length > 1 ? [amount * 3600] : []),
    ...(minutes.length > 0 ? [amount * 60] : []),
  ]);
  return [...new Set([...hours.map((hour) => hour * 3600), ...minutes.map((minute) => minute * 60), ...timed])];
}

function isWritten(time: number): boolean {
  return /^\d{4}-/.test(new Date(time).toISOString());
}

function written(type: DayType, time: number): string {
  return new Date(time)
    .toISOString()
    .replace("T", " ")
    .slice(0, type === "date" ? 10 : 19);
}
