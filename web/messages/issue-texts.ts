import type { Issue } from "../api/types.ts";
import { issueText } from "./problem-text.ts";
import type { Locale, Text } from "./text.ts";

/**
 * What a refusal says in each of its issues, in the language of the page. The sentences of the API are loaded when they
 * are needed; one that is not known in that language is said by its code.
 */
export async function issueTexts(issues: readonly Issue[], t: Text, locale: Locale): Promise<readonly string[]> {
  const general = issues.map((issue) => issueText(issue, t, locale, "problem.rule"));
  if (locale === "en" || issues.length === 0) return general;
  // Without a network, nothing more can be said.
  const loaded = await import("./api-sentence.ts").catch(() => null);
  if (loaded === null) return general;
  return issues.map(({ message }, place) => loaded.apiSentences(message, locale) ?? general[place] ?? "");
}
