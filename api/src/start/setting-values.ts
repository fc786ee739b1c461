import { type CalendarDate, isCalendarDate } from "sqlproof";
import { isNetwork } from "../access/networks.ts";

/** Why the text of a setting is refused. The message continues a sentence that begins with the setting's name. */
export class SettingError {
  constructor(readonly message: string) {}
}

/** From most to least verbose. */
export const logLevels = ["debug", "info", "warn", "error", "off"] as const;

/** Parses a whole number from `min` to `max`. `name` says what it is in an error. */
export function integerBetween(name: string, min: number, max: number): (value: string) => number | SettingError {
  return (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number.parseInt(value, 10) : Number.NaN;
    if (number >= min && number <= max) return number;
    return new SettingError(`"${value}" is not ${name}; it must be a whole number from ${min} to ${max}.`);
  };
}

/** Parses any text without spaces. `name` says what it is in an error. */
export function text(name: string): (value: string) => string | SettingError {
  return (value) => (/^\S+$/.test(value) ? value : new SettingError(`"${value}" is not ${name}.`));
}

/** Orders of the years before the sample date, and due dates after it, must be valid dates, which begin with 1900. */
const [firstSampleDay, lastSampleDay] = ["1910-01-01", "9990-12-31"];

/** Parses the day up to which the sample company and generated orders have traded. */
export function sampleDay(value: string): CalendarDate | SettingError {
  if (!isCalendarDate(value)) return new SettingError(`"${value}" is not a day; one looks like 2024-01-15.`);
  if (value >= firstSampleDay && value <= lastSampleDay) return value;
  return new SettingError(`"${value}" is not a day from ${firstSampleDay} to ${lastSampleDay}.`);
}

/** Parses one of a few words. */
export function oneOf<const W extends string>(words: readonly W[]): (value: string) => W | SettingError {
  return (value) =>
    words.find((word) => word === value) ?? new SettingError(`"${value}" is not one of ${words.join(", ")}.`);
}

/** Parses `none`, or web origins and `pages` separated by commas, like `pages,https://shop.example`. */
export function origins(value: string): readonly string[] | SettingError {
  if (value === "none") return [];
  const parts = value.split(",").map((part) => part.trim());
  const list = parts.filter((part) => part !== "");
  if (list.length === 0) return new SettingError("name at least one origin, or none.");
  const isOrigin = (part: string) => part === "pages" || (URL.canParse(part) && new URL(part).origin === part);
  const wrong = list.find((part) => !isOrigin(part));
  if (wrong === undefined) return list;
  if (wrong === "none") return new SettingError("none cannot be combined with origins; leave out one or the other.");
  return new SettingError(`"${wrong}" is not an origin; one looks like http://localhost:3000, without a path.`);
}

/** A name or an address, as it stands in a URL before the port. */
const hostName = /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])$/i;

/** Parses `none`, or names of hosts separated by commas, like `orders.example,10.0.0.7`. */
export function hostNames(value: string): readonly string[] | SettingError {
  if (value === "none") return [];
  const names = value.split(",").map((part) => part.trim());
  const wrong = names.find((name) => !hostName.test(name) || name === "none");
  if (wrong === undefined) return names;
  return new SettingError(`"${wrong}" is not the name of a host; one looks like orders.example, without a port.`);
}

/** Parses `none`, or the origin of the pages as browsers name it. */
export function publicUrl(value: string): URL | null | SettingError {
  if (value === "none") return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search + url.hash === "")
    return url;
  return new SettingError("must be the address of the pages without a path, like https://orders.example.");
}

/** Parses `none`, or addresses and networks separated by commas, like `10.0.0.7,192.0.2.0/24`. */
export function networks(value: string): readonly string[] | SettingError {
  if (value === "none") return [];
  const list = value.split(",").map((part) => part.trim());
  const wrong = list.find((part) => !isNetwork(part));
  return wrong === undefined ? list : new SettingError(`"${wrong}" is no address or network, like 192.0.2.0/24.`);
}

/** Parses the value of a switch. */
export function yesOrNo(value: string): boolean | SettingError {
  if (["yes", "1", "true"].includes(value)) return true;
  return ["no", "0", "false"].includes(value) ? false : new SettingError("must be yes or no.");
}
