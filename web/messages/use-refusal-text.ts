"use client";
import type { Refusal } from "../api/reply.ts";
import { refusalWords } from "./problem-text.ts";
import { useText } from "./provider.tsx";

/** A refusal in words for people, in the language of the page. */
export function useRefusalText(): (refusal: Refusal) => string {
  const { t, locale } = useText();
  return (refusal) => refusalWords(refusal, t, locale);
}
