import { canonicalPattern, idFilter, largestId, type Parameter } from "./query-parameters.ts";
import { isStorable, lengthOf, storable } from "./text.ts";

/* Query parameters with which a list is filtered, and the language of a file. */

/** A filter by id, or `none` for what has no such id; null when absent. */
export function idOrNoneFilter(description: string): Parameter<number | "none" | null> {
  const { read } = idFilter(description);
  return {
    schema: {
      oneOf: [
        { type: "integer", minimum: 0, maximum: largestId },
        { type: "string", enum: ["none"] },
      ],
    },
    description: `${description} \`none\`: orders without one.`,
    absent: null,
    read: (text) => (text === "none" ? { value: text } : read(text)),
  };
}

/** Several ids, separated by commas, null when absent. */
export function idList(description: string, most: number): Parameter<readonly number[] | null> {
  const message = `Must be plain whole numbers, each once, separated by commas, like 42,43; ${most} at most.`;
  return {
    schema: {
      type: "array",
      items: { type: "integer", minimum: 0, maximum: largestId },
      ...{ minItems: 1, maxItems: most, uniqueItems: true },
    },
    description,
    absent: null,
    read(text) {
      const parts = text.split(",", most + 1);
      const isList = parts.length <= most && new Set(parts).size === parts.length;
      return isList && parts.every((part) => canonicalPattern.test(part) && Number(part) <= largestId)
        ? { value: parts.map(Number) }
        : { message };
    },
  };
}

/** Yes or no, null when absent. */
export function flag(description: string): Parameter<boolean | null> {
  return {
    schema: { type: "boolean" },
    description,
    absent: null,
    read: (text) =>
      text === "true" || text === "false" ? { value: text === "true" } : { message: "Must be true or false." },
  };
}

/** A text that a field has, letter by letter; null when absent. */
export function exactText(description: string, most: number): Parameter<string | null> {
  return {
    schema: { type: "string", minLength: 1, maxLength: most, pattern: storable["one-line"] },
    description,
    absent: null,
    read: (text) =>
      text !== "" && lengthOf(text) <= most && isStorable(text, "one-line")
        ? { value: text }
        : { message: `Must have 1 to ${most} characters, none of them a control character.` },
  };
}

const languagePattern = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/;

/** A language tag (BCP 47), null when absent. */
export function language(description: string): Parameter<string | null> {
  return {
    schema: { type: "string", pattern: languagePattern.source },
    description,
    absent: null,
    read: (text) =>
      languagePattern.test(text) && Intl.NumberFormat.supportedLocalesOf([text]).length === 1
        ? { value: text }
        : { message: "Must be the tag of a language, like en, es or de-AT." },
  };
}
