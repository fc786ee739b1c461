"use client";
import { useRef, useState } from "react";
import type { ApiError, Reply } from "../api/reply.ts";
import { issueText } from "../messages/problem-text.ts";
import { useText } from "../messages/provider.tsx";
import type { Locale, Text } from "../messages/text.ts";
import { useErrorText } from "../messages/use-error-text.ts";

/** Sends a form, one request at a time, and holds what the API has refused of it. */
export function useSending() {
  const { t, locale } = useText();
  const words = useErrorText();
  const [error, setError] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const running = useRef(false);
  const issues = issuesByField(error, t, locale);
  const send = async <T>(request: () => Promise<Reply<T>>, onDone: (data: T) => void) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    const reply = await request();
    running.current = false;
    setBusy(false);
    if (reply.ok) onDone(reply.data);
    else setError(reply);
  };
  return {
    isBusy,
    issueAt: (field: string) => issues.get(field),
    /** The code of the refusal, or null. */
    code: error?.code ?? null,
    /** Why all of it was refused; null if each issue is shown at its field. */
    refusal: error === null || (error.status === 422 && error.issues.length > 0) ? null : words(error),
    send: <T>(request: () => Promise<Reply<T>>, onDone: (data: T) => void) => void send(request, onDone),
  };
}

/** What the API says of each field, by the first part of its pointer: `#/roles/2` is about roles. */
function issuesByField(error: ApiError | null, t: Text, locale: Locale): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const issue of error?.issues ?? []) {
    const [, field = ""] = /^#\/([^/]+)/.exec(issue.pointer ?? "") ?? [];
    if (!found.has(field)) found.set(field, issueText(issue, t, locale, "problem.rule"));
  }
  return found;
}
