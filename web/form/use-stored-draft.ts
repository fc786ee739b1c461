"use client";
import { useEffect, useState } from "react";
import { newKey } from "../api/key.ts";
import { newestDraft, removeDraft, type StoredDraft, storeDraft } from "./stored-drafts.ts";

/** Stores what is typed in the browser, and offers the draft that an earlier opening of the form left behind. */
export function useStoredDraft<Row, Draft>(
  { form, draft, base, unanswered }: Omit<StoredDraft<Row, Draft>, "session" | "savedAt">,
  isDirty: boolean,
) {
  const [session] = useState(newKey);
  const [offered, setOffered] = useState<StoredDraft<Row, Draft> | null>(null);
  // Only the browser knows: the server renders the form without the offer.
  useEffect(() => setOffered(newestDraft<Row, Draft>(form, session)), [form, session]);
  useEffect(() => {
    if (isDirty) storeDraft({ session, form, savedAt: Date.now(), draft, base, unanswered });
    else removeDraft(session);
  }, [isDirty, session, form, draft, base, unanswered]);
  const decline = (left: StoredDraft<Row, Draft>) => {
    removeDraft(left.session);
    setOffered(null);
  };
  return { offered, decline, discard: () => removeDraft(session) };
}
