"use client";
import type { Refusal } from "../api/reply.ts";
import { useText } from "../messages/provider.tsx";
import { refusalText } from "./refusal-text.ts";

/** `refusalText` in the language of the page, for a client component. */
export function useRefusalText(): (refusal: Refusal) => string {
  const { t } = useText();
  return (refusal) => refusalText(refusal, t);
}
