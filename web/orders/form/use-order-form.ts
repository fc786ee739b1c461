"use client";
import { type Dispatch, useEffect, useReducer, useState } from "react";
import { newKey } from "../../api/key.ts";
import type { Fault } from "../../api/types.ts";
import { forgetDraft, keepDraft, newestDraft } from "../../form/stored-drafts.ts";
import { faultWords } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { isChanged } from "./draft/body.ts";
import { typingFaults } from "./draft/check.ts";
import type { Draft } from "./draft/draft.ts";
import { isStoredOrder, orderForm, type StoredOrder } from "./draft/stored-drafts.ts";
import { type Totals, totalsOf } from "./draft/totals.ts";
import { type FormAction, formReducer, formStateOf } from "./form-state.ts";
import type { Base } from "./save.ts";
import { focusSpot } from "./spots.ts";
import { type Saved, useSaving } from "./use-saving.ts";

interface Opened {
  /** The form as it opens. */
  readonly initial: Draft;
  /** The order that is changed; null for a new one. */
  readonly loaded: Base | null;
  readonly onSaved: (saved: Saved) => void;
}

/** What the parts of the form need. */
export interface FormParts {
  readonly draft: Draft;
  readonly dispatch: Dispatch<FormAction>;
  readonly totals: Totals;
  /** What is wrong at a place, once it may be said. */
  readonly faultAt: (spot: string) => string | undefined;
  /** Why customer, employee and details cannot be changed, or null. */
  readonly lock: string | null;
}

/** One opened order form: what is typed, what is wrong with it, and how it is saved. */
export function useOrderForm({ initial, loaded, onSaved }: Opened) {
  const { t, locale } = useText();
  const [state, dispatch] = useReducer(formReducer, initial, formStateOf);
  const { draft } = state;
  const faultText = (fault: Fault) => faultWords(fault, t, locale, "refused.rule");
  const saving = useSaving({ draft, initial, loaded, dispatch, onSaved, faultText });
  const { base, phase, doubt } = saving;
  const kind = base === null ? "new" : "edit";
  const typing = typingFaults(draft, locale, kind);
  const isDirty = phase !== "saved" && (doubt !== null || isChanged(draft, base?.draft ?? initial, locale));
  const drafts = useKeptDraft({ form: orderForm(loaded?.order.id ?? null), draft, base, doubt }, isDirty);
  const { focus } = state;
  useEffect(() => {
    if (focus.count > 0) focusSpot(focus.spot);
  }, [focus]);

  const statusId = base?.order.status_id ?? 0;
  const parts: FormParts = {
    draft,
    dispatch,
    totals: totalsOf(draft, locale),
    lock: statusId === 0 ? null : t("orderForm.locked"),
    faultAt: (spot) => {
      const fault = state.tried || state.left.has(spot) ? typing.get(spot) : undefined;
      return state.refused.get(spot) ?? (fault === undefined ? undefined : t(`typing.${fault}`));
    },
  };
  const save = () => {
    const [first] = typing.keys();
    dispatch({ type: "tried" });
    if (first !== undefined) dispatch({ type: "focus", spot: first });
    else void saving.save();
  };
  const restore = (stored: StoredOrder) => {
    dispatch({ type: "replaced", draft: stored.draft });
    saving.restore(stored.base, stored.doubt);
    drafts.decline(stored);
  };
  const spots = state.tried ? [...new Set([...typing.keys(), ...state.refused.keys()])] : [];
  return { ...saving, ...drafts, parts, isDirty, save, restore, faultySpots: spots };
}

interface Kept {
  readonly form: string;
  readonly draft: Draft;
  readonly base: Base | null;
  readonly doubt: StoredOrder["doubt"];
}

/** Keeps what is typed in the browser, and knows the draft that an earlier opening left behind. */
function useKeptDraft(kept: Kept, isDirty: boolean) {
  const [session] = useState(newKey);
  const [offered, setOffered] = useState<StoredOrder | null>(null);
  const { form, draft, base, doubt } = kept;
  // Only the browser knows: the server draws the form without the offer.
  useEffect(() => setOffered(newestDraft(form, session, isStoredOrder)), [form, session]);
  useEffect(() => {
    if (isDirty) keepOrder({ session, form, savedAt: Date.now(), draft, base, doubt });
    else forgetDraft(session);
  }, [isDirty, session, form, draft, base, doubt]);
  const decline = (stored: StoredOrder) => {
    forgetDraft(stored.session);
    setOffered(null);
  };
  return { offered, decline, forget: () => forgetDraft(session) };
}

/** Its type says that all of it is there. */
function keepOrder(stored: StoredOrder): void {
  keepDraft(stored);
}
