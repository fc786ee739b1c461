import type { ApiError } from "../api/reply.ts";
import en from "./en.json";
import es from "./es.json";
import { readable } from "./readable.ts";
import type { Locale } from "./text.ts";

const catalogues: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { en, es };

/**
 * The sentences of the API that the pages can say in every language: in English they are its very words. Those with the
 * most words come first, as a sentence with more of them fits a shorter one as well.
 */
const known = Object.entries(catalogues.en)
  .flatMap(([key, words]) => {
    if (!key.startsWith("said.")) return [];
    const parts = words.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const names = [...words.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    return [{ key, names, length: parts.join("").length, pattern: new RegExp(`^${parts.join("(.+?)")}$`) }];
  })
  .toSorted((a, b) => b.length - a.length);

function labelOf(field: string, locale: Locale): string | undefined {
  return catalogues[locale][field === "order_details" ? "order.details" : `order.${field}`];
}

/** A field by its label, and a quantity as it is written in a language: `2.5` is 2,5 in Spanish. */
function valueText(value: string, locale: Locale): string {
  const label = labelOf(value, locale);
  if (label !== undefined) return label;
  return locale === "es" && /^\d+\.\d+$/.test(value) ? value.replace(".", ",") : value;
}

/**
 * A sentence of the API in the language of the page; null where it is not known there. The API speaks English: an
 * English page says the same with the labels of fields. For the server: the browser has the texts of one language only,
 * and loads this when it needs it.
 */
export function apiSentence(said: string, locale: Locale): string | null {
  if (locale === "en") return readable(said, (field) => labelOf(field, locale));
  for (const { key, names, pattern } of known) {
    const found = pattern.exec(said);
    if (found === null) continue;
    const values = new Map(names.map((name, place) => [name, valueText(found[place + 1] ?? "", locale)]));
    return (catalogues[locale][key] ?? said).replace(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? "");
  }
  return null;
}

/** What the API says in one or more sentences, in the language of the page; null where one of them is not known there. */
export function apiSentences(said: string, locale: Locale): string | null {
  const sentences = said.split(/(?<=\.) (?=[A-Z])/).map((sentence) => apiSentence(sentence, locale));
  return sentences.includes(null) ? null : sentences.join(" ");
}

/** A refusal with its sentences in the language of the page, where all of them are known there. */
export function errorSaid(error: ApiError, locale: Locale): ApiError {
  const issues = error.issues.map((issue) => {
    const said = apiSentences(issue.message, locale);
    return said === null ? issue : { ...issue, said };
  });
  // The message of several issues is the first of them.
  const said = issues.length === 0 ? apiSentences(error.message, locale) : null;
  return { ...error, issues, ...(said === null ? {} : { said }) };
}
