import { type DateTime, type Decimal, formatUnits } from "sqlproof";

/** Ten-thousandths in one whole. Amounts here are whole numbers of them, far below 2^53, so arithmetic is exact. */
export const unitsPerOne = 10_000;

/** `"12.50"` as ten-thousandths: 125000. */
export function unitsOf(text: string): number {
  const [whole = "0", fraction = ""] = text.split(".");
  return Number.parseInt(whole + fraction.padEnd(4, "0"), 10);
}

function isDecimal(text: string): text is Decimal {
  return /^-?\d+\.\d{4}$/.test(text);
}

/** The text was put together from a day and a minute: its length tells whether both were in range. */
function isDateTime(text: string): text is DateTime {
  return text.length === "2024-01-15T10:30:00".length;
}

const decimals = new Map<number, Decimal>();
const rememberedDecimals = 100_000;

/** Ten-thousandths as the exact decimal that a query takes. */
export function decimalOf(units: number): Decimal {
  const known = decimals.get(units);
  if (known !== undefined) return known;
  const text = formatUnits(BigInt(units), 4);
  if (!isDecimal(text)) throw new RangeError(`not an amount: ${units}`);
  // Prices and quantities repeat; totals do not, so the memory is bounded.
  if (decimals.size < rememberedDecimals) decimals.set(units, text);
  return text;
}

const minutesPerDay = 1440;

/** Whole days since 1970-01-01 of a day like `"2024-01-15"`. */
export function dayNumber(day: string): number {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a day: ${day}`);
  return milliseconds / (minutesPerDay * 60_000);
}

/** Day 0, 1970-01-01, was a Thursday. */
const firstMonday = -3;

/**
 * Working days since the Monday before 1970, Saturdays and Sundays left out: a day of the weekend has the number of the
 * Monday after it. Whatever counts time in these is the same from whichever day of the week it is looked at.
 */
export function workingDayOf(day: number): number {
  const weeks = Math.floor((day - firstMonday) / 7);
  return weeks * 5 + Math.min(day - firstMonday - weeks * 7, 5);
}

/** The day on the calendar, a Monday to a Friday, that has this number. */
export function calendarDayOf(workingDay: number): number {
  const weeks = Math.floor(workingDay / 5);
  return firstMonday + weeks * 7 + (workingDay - weeks * 5);
}

const days = new Map<number, string>();

const times = Array.from({ length: minutesPerDay }, (_, minute) => {
  const rest = minute % 60;
  return `T${pad((minute - rest) / 60)}:${pad(rest)}:00`;
});

/** A minute of a working day as naive local time. */
export function workingTimeOf(workingDay: number, minute: number): DateTime {
  return dateTimeOf(calendarDayOf(workingDay), minute);
}

/** A day number and a minute of that day as naive local time. */
export function dateTimeOf(day: number, minute: number): DateTime {
  let date = days.get(day);
  if (date === undefined) {
    date = new Date(day * minutesPerDay * 60_000).toISOString().slice(0, 10);
    days.set(day, date);
  }
  const text = date + (times[minute] ?? "");
  if (!isDateTime(text)) throw new RangeError(`not a time: day ${day}, minute ${minute}`);
  return text;
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** `a / b` rounded to the nearest whole number, halves to even, for numbers that are not negative. */
export function dividedHalfEven(a: number, b: number): number {
  const rest = a % b;
  const quotient = (a - rest) / b;
  if (rest * 2 < b) return quotient;
  if (rest * 2 > b) return quotient + 1;
  return quotient % 2 === 0 ? quotient : quotient + 1;
}

/** Quantity (a whole number) x price x (1 - discount), both in ten-thousandths, rounded half to even. */
export function lineAmount(quantity: number, price: number, discount: number): number {
  return dividedHalfEven(quantity * price * (unitsPerOne - discount), unitsPerOne);
}
