"use client";
import { useEffect, useRef, useState } from "react";
import { newKey } from "../api/key.ts";
import {
  heldDrafts,
  holdDraft,
  newestDraft,
  ownDraft,
  rememberOpenForm,
  removeDraft,
  type StoredDraft,
  storeDraft,
} from "./stored-drafts.ts";

/**
 * Stores what is typed in the browser. Gives the draft that this very tab had open before a reload, and offers the
 * newest one that another opening of the form left behind.
 */
export function useStoredDraft<Row, Draft>(
  { form, draft, base, unanswered }: Omit<StoredDraft<Row, Draft>, "session" | "savedAt">,
  isDirty: boolean,
) {
  const [session] = useState(newKey);
  const [own, setOwn] = useState<StoredDraft<Row, Draft> | null>(null);
  const [offered, setOffered] = useState<StoredDraft<Row, Draft> | null>(null);
  // Only the browser knows: the server renders the form without either.
  useEffect(() => {
    const release = holdDraft(session);
    const mine = ownDraft<Row, Draft>(form);
    const forget = rememberOpenForm(session);
    // It goes on in the slot of this opening.
    if (mine !== null) storeDraft({ ...mine, session });
    setOwn(mine);
    let isOpen = true;
    void (async () => {
      const held = await heldDrafts();
      // A copy of a tab finds the draft that the other one is still typing, and leaves it there.
      if (mine !== null && !held.has(mine.session)) removeDraft(mine.session);
      if (isOpen) setOffered(newestDraft<Row, Draft>(form, new Set([...held, session])));
    })();
    return () => {
      isOpen = false;
      forget();
      release();
    };
  }, [form, session]);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isDirty) storeDraft({ session, form, savedAt: Date.now(), draft, base, unanswered });
    // Before anything is typed there is at most the draft that was taken over from before the reload.
    else if (!isFirst.current) removeDraft(session);
    isFirst.current = false;
  }, [isDirty, session, form, draft, base, unanswered]);
  const decline = async (left: StoredDraft<Row, Draft>) => {
    removeDraft(left.session);
    setOffered(newestDraft<Row, Draft>(form, new Set([...(await heldDrafts()), session])));
  };
  return {
    own,
    offered,
    decline: (left: StoredDraft<Row, Draft>) => void decline(left),
    discard: () => removeDraft(session),
    /** Leaves what is typed here behind, to be offered like any other draft. */
    putAside: () => {
      if (isDirty) storeDraft({ session: newKey(), form, savedAt: Date.now(), draft, base, unanswered });
    },
  };
}
