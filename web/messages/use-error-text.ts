"use client";
import type { ApiError } from "../api/reply.ts";
import { errorText } from "./problem-text.ts";
import { useText } from "./provider.tsx";

/** An error as text for the user, in the language of the page. */
export function useErrorText(): (error: ApiError) => string {
  const { t, locale } = useText();
  return (error) => errorText(error, t, locale);
}
