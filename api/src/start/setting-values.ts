import { type CalendarDate, isCalendarDate } from "sqlproof";

/** Why a setting's text is refused, as the end of a sentence that begins with the setting's name. */
export class SettingError {
  constructor(readonly words: string) {}
}

/** From the most talkative to silence. */
export const logLevels = ["debug", "info", "warn", "error", "off"] as const;

/** A whole number between two limits, both included. */
export function wholeNumber(what: string, least: number, most: number): (value: string) => number | SettingError {
  return (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number.parseInt(value, 10) : Number.NaN;
    if (number >= least && number <= most) return number;
    return new SettingError(`"${value}" is not ${what}; it is a whole number from ${least} to ${most}.`);
  };
}

/** Any text without spaces. */
export function text(what: string): (value: string) => string | SettingError {
  return (value) => (/^\S+$/.test(value) ? value : new SettingError(`"${value}" is not ${what}.`));
}

/** The years before it and a due date after it must be dates that an order can have, which begin with 1900. */
const [firstSampleDay, lastSampleDay] = ["1910-01-01", "9990-12-31"];

/** A day up to which the sample company, or what is generated beside it, can have traded. */
export function sampleDay(value: string): CalendarDate | SettingError {
  if (!isCalendarDate(value)) return new SettingError(`"${value}" is not a day; one looks like 2024-01-15.`);
  if (value >= firstSampleDay && value <= lastSampleDay) return value;
  return new SettingError(`"${value}" is not a day from ${firstSampleDay} to ${lastSampleDay}.`);
}

/** One of a few words. */
export function oneOf<const W extends string>(words: readonly W[]): (value: string) => W | SettingError {
  return (value) =>
    words.find((word) => word === value) ?? new SettingError(`"${value}" is none of ${words.join(", ")}.`);
}

/** Web origins separated by commas, e.g. `http://localhost:3000,https://shop.example`; `pages` among them; or `none`. */
export function origins(value: string): readonly string[] | SettingError {
  if (value === "none") return [];
  const parts = value.split(",").map((part) => part.trim());
  const list = parts.filter((part) => part !== "");
  if (list.length === 0) return new SettingError("name at least one origin, or none.");
  const isOrigin = (part: string) => part === "pages" || (URL.canParse(part) && new URL(part).origin === part);
  const wrong = list.find((part) => !isOrigin(part));
  if (wrong === undefined) return list;
  if (wrong === "none") return new SettingError("none stands alone: leave it out, or the origins.");
  return new SettingError(`"${wrong}" is not an origin; one looks like http://localhost:3000, without a path.`);
}

/** A switch. */
export function yesOrNo(value: string): boolean | SettingError {
  if (["yes", "1", "true"].includes(value)) return true;
  return ["no", "0", "false"].includes(value) ? false : new SettingError("say yes or no.");
}
