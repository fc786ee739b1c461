"use client";
import type { Refusal } from "../api/reply.ts";
import { refusalWords } from "../form/fault-words.ts";
import { useText } from "../messages/provider.tsx";

/** A refusal in words for people, in the language of the page. */
export function useRefusalText(): (refusal: Refusal) => string {
  const { t, locale } = useText();
  return (refusal) => refusalWords(refusal, t, locale);
}
