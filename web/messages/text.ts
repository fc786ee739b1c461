// The texts of the pages in each language, one JSON file per language with the same keys. server.ts picks the language
// of a request, provider.tsx hands the texts to client components.
import type en from "./en.json";

/** The languages that are complete: a test compares their keys. */
export const locales = ["en", "es"] as const;
export type Locale = (typeof locales)[number];

export type Messages = Readonly<Record<keyof typeof en, string>>;
/** A key that has one text, or one per plural form: `orders.count_one`, `orders.count_other`. */
export type MessageKey = keyof typeof en extends infer K
  ? K extends `${infer Base}_one`
    ? Base
    : K extends `${string}_other`
      ? never
      : K
  : never;
export type Values = Readonly<Record<string, string | number>>;

/** Gives the text of a key, with `{name}` replaced by the value of that name. `count` chooses the plural form. */
export type Text = (key: MessageKey, values?: Values) => string;

interface Rules {
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
}

/** Made once: making them costs far more than using them. */
const rules = new Map<Locale, Rules>();

function rulesOf(locale: Locale): Rules {
  const known = rules.get(locale);
  if (known !== undefined) return known;
  const made = { plural: new Intl.PluralRules(locale), number: new Intl.NumberFormat(locale) };
  rules.set(locale, made);
  return made;
}

/** The texts of one language. */
export function textOf(messages: Messages, locale: Locale): Text {
  const { plural, number } = rulesOf(locale);
  const all: Readonly<Record<string, string>> = messages;
  return (key, values = {}) => {
    const form = typeof values.count === "number" ? all[`${key}_${plural.select(values.count)}`] : undefined;
    const words = form ?? all[`${key}_other`] ?? all[key] ?? key;
    return words.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? number.format(value) : value;
    });
  };
}
