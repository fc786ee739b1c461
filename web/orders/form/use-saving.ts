"use client";
import { type Dispatch, useRef, useState } from "react";
import { newKey } from "../../api/key.ts";
import type { Refusal } from "../../api/reply.ts";
import type { Fault, Order } from "../../api/types.ts";
import type { Side } from "../../form/conflict-dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import type { Locale } from "../../messages/text.ts";
import type { Difference, Merge } from "./conflict/merge.ts";
import { mergeOf } from "./conflict/merge.ts";
import { namesFor } from "./conflict/names-for.ts";
import { type Draft, draftOf, type NameOf, namesIn } from "./draft/draft.ts";
import type { FormAction } from "./form-state.ts";
import { type Base, type Doubt, type Outcome, saveOrder } from "./save.ts";
import { spotOf } from "./spots.ts";

/** Somebody else has stored the order since it was read. */
export interface Conflict {
  readonly merge: Merge;
  /** The order as they stored it: what is saved next is a change of that. */
  readonly theirs: Base;
}

export interface Saved {
  readonly order: Order;
  readonly created: boolean;
  /** What somebody else had changed meanwhile, and was taken over. */
  readonly taken: readonly Difference[];
}

interface Form {
  readonly draft: Draft;
  readonly initial: Draft;
  readonly loaded: Base | null;
  readonly dispatch: Dispatch<FormAction>;
  readonly onSaved: (saved: Saved) => void;
  readonly faultText: (fault: Fault) => string;
}

/** What one attempt to save came to, for the form to show. */
interface Progress {
  readonly phase: "typing" | "saving" | "saved";
  readonly base: Base | null;
  readonly doubt: Doubt | null;
  readonly refusal: Refusal | null;
  readonly conflict: Conflict | null;
}

/** Everything between the key that saves and the saved order: retries, doubts, refusals and conflicts. */
export function useSaving({ draft, initial, loaded, dispatch, onSaved, faultText }: Form) {
  const { locale } = useText();
  const [progress, setProgress] = useState<Progress>(() => ({ ...atRest, base: loaded }));
  const [firstKey] = useState(newKey);
  const key = useRef(firstKey);
  const isBusy = useRef(false);

  const attempt = async (from: { readonly draft: Draft; readonly base: Base | null; readonly doubt: Doubt | null }) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setProgress((now) => ({ ...now, phase: "saving", refusal: null, conflict: null }));
    const names = namesIn([from.draft, initial, ...(from.base === null ? [] : [from.base.draft])]);
    const nameOf: NameOf = (kind, id) => names.get(`${kind} ${id}`) ?? `#${id}`;
    // Kept with the draft while it is under way: a page that is reloaded before the answer came knows of it.
    const onSend = (doubt: Doubt) => setProgress((now) => ({ ...now, doubt }));
    const result = await settleAll({ ...from, untouched: initial, key: key.current, locale, nameOf, onSend }, names);
    // What is saved is saved: another press while the next page comes must not save it once more.
    isBusy.current = result.outcome.kind === "saved";
    if (result.outcome.kind !== "doubt") key.current = newKey();
    if (result.draft !== from.draft) dispatch({ type: "replaced", draft: result.draft });
    setProgress(progressOf(result));
    const { outcome } = result;
    if (outcome.kind === "saved") onSaved({ ...outcome, taken: result.taken });
    if (outcome.kind === "refused") {
      const faults = outcome.refusal.faults.map((fault) => [spotOf(fault, result.draft), faultText(fault)] as const);
      dispatch({ type: "refused", faults: new Map(faults) });
    }
  };

  return {
    ...progress,
    save: () => attempt({ draft, base: progress.base, doubt: progress.doubt }),
    /** Saves the merged order on top of theirs. */
    settle: (choices: ReadonlyMap<string, Side>) => {
      const { conflict } = progress;
      if (conflict === null) return;
      const merged = conflict.merge.settle(choices);
      dispatch({ type: "replaced", draft: merged });
      void attempt({ draft: merged, base: conflict.theirs, doubt: null });
    },
    backToForm: () => setProgress((now) => ({ ...now, conflict: null })),
    restore: (base: Base | null, doubt: Doubt | null) =>
      setProgress((now) => ({ ...now, base: base ?? now.base, doubt })),
  };
}

const atRest = { phase: "typing", doubt: null, refusal: null, conflict: null } as const;

type Attempt = Parameters<typeof saveOrder>[0];

interface Result {
  readonly outcome: Outcome;
  readonly draft: Draft;
  readonly base: Base | null;
  readonly conflict: Conflict | null;
  readonly taken: readonly Difference[];
}

function progressOf({ outcome, base, conflict }: Result): Progress {
  if (outcome.kind === "saved") return { ...atRest, base, phase: "saved" };
  if (outcome.kind === "doubt") return { ...atRest, base, doubt: outcome.doubt, refusal: outcome.refusal };
  return { ...atRest, base, conflict, refusal: outcome.kind === "refused" ? outcome.refusal : null };
}

const mostRounds = 4;

/** Saves, as often as what somebody else stored meanwhile can be merged without a question. */
async function settleAll(first: Attempt, names: ReadonlyMap<string, string>): Promise<Result> {
  let attempt = first;
  const taken: Difference[] = [];
  for (let round = 1; ; round += 1) {
    const outcome = await saveOrder(attempt);
    const { draft, base } = attempt;
    if (outcome.kind === "resolved") {
      attempt = { ...attempt, base: outcome.base, draft: outcome.draft, doubt: null, key: newKey() };
    } else if (outcome.kind === "conflict" && base !== null) {
      const conflict = await conflictOf(outcome, { base, mine: draft, names, locale: attempt.locale });
      if (needsAPerson(conflict.merge) || round === mostRounds) return { outcome, draft, base, conflict, taken };
      taken.push(...conflict.merge.taken);
      const merged = conflict.merge.settle(new Map());
      attempt = { ...attempt, base: conflict.theirs, draft: merged, doubt: null, key: newKey() };
    } else return { outcome, draft, base, conflict: null, taken };
  }
}

/** Their change merges by itself when it touches nothing of mine, and no amount that I have told the customer. */
function needsAPerson({ clashes, lost, taken }: Merge): boolean {
  const priced = new Set(["shipping_fee", "taxes", "tax_rate", "tax_status_id"]);
  return (
    clashes.length > 0 || lost.length > 0 || taken.some(({ field, detail }) => detail !== null || priced.has(field))
  );
}

interface MySide {
  readonly base: Base;
  readonly mine: Draft;
  readonly names: ReadonlyMap<string, string>;
  readonly locale: Locale;
}

async function conflictOf(
  { current, etag }: Extract<Outcome, { readonly kind: "conflict" }>,
  { base, mine, names, locale }: MySide,
): Promise<Conflict> {
  const theirs = draftOf(current, await namesFor(current, names), locale);
  const isLocked = (current.status_id ?? 0) !== 0;
  const merge = mergeOf({ base: base.draft, mine, theirs, locale, isLocked });
  return { merge, theirs: { order: current, draft: theirs, etag } };
}
