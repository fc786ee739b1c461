"use client";
import { useRef, useState } from "react";
import { newKey } from "../../api/key.ts";
import type { Refusal } from "../../api/reply.ts";
import type { Side } from "../../form/conflict-dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import type { Resource, ResourceField, ResourceRow } from "../resource.ts";
import type { ResourceDraft, SupplierName } from "./draft.ts";
import { type Merge, mergeOf, settled, type Three } from "./merge.ts";
import { type Attempt, type Base, type Doubt, type Outcome, saveResource } from "./save.ts";

/** Somebody else has stored it since it was read, and both have changed the same. */
export interface Conflict {
  readonly three: Three;
  readonly merge: Merge;
  readonly theirs: Base;
}

export interface Saved {
  readonly row: ResourceRow;
  readonly created: boolean;
  /** What somebody else had changed meanwhile, and was taken over. */
  readonly taken: readonly ResourceField[];
}

interface Progress {
  readonly phase: "typing" | "saving" | "saved";
  readonly base: Base | null;
  readonly doubt: Doubt | null;
  readonly refusal: Refusal | null;
  readonly conflict: Conflict | null;
}

interface Form {
  readonly resource: Resource;
  readonly draft: ResourceDraft;
  readonly loaded: Base | null;
  readonly replace: (draft: ResourceDraft) => void;
  readonly onRefused: (refusal: Refusal) => void;
  readonly onSaved: (saved: Saved) => void;
}

const atRest = { phase: "typing", doubt: null, refusal: null, conflict: null } as const;

/** Everything between the key that saves and the saved row: retries, doubts, refusals and conflicts. */
export function useResourceSaving({ resource, draft, loaded, replace, onRefused, onSaved }: Form) {
  const { locale } = useText();
  const [progress, setProgress] = useState<Progress>(() => ({ ...atRest, base: loaded }));
  const [firstKey] = useState(newKey);
  const key = useRef(firstKey);
  const isBusy = useRef(false);

  const attempt = async (from: Pick<Attempt, "draft" | "base" | "doubt">) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setProgress((now) => ({ ...now, phase: "saving", refusal: null, conflict: null }));
    const known = new Map([...draft.suppliers, ...from.draft.suppliers].map(({ id, name }) => [id, name]));
    const nameOf: SupplierName = (id) => known.get(id) ?? `#${id}`;
    // Kept with the draft while it is under way: a page that is reloaded before the answer came knows of it.
    const onSend = (doubt: Doubt) => setProgress((now) => ({ ...now, doubt }));
    const result = await settleAll({ ...from, resource, key: key.current, locale, nameOf, onSend });
    const { outcome, base, taken } = result;
    // What is saved is saved: another press while the next page comes must not save it once more.
    isBusy.current = outcome.kind === "saved";
    if (outcome.kind !== "doubt") key.current = newKey();
    if (result.draft !== from.draft) replace(result.draft);
    setProgress({
      ...{ ...atRest, base, conflict: result.conflict },
      phase: outcome.kind === "saved" ? "saved" : "typing",
      doubt: outcome.kind === "doubt" ? outcome.doubt : null,
      refusal: outcome.kind === "doubt" || outcome.kind === "refused" ? outcome.refusal : null,
    });
    if (outcome.kind === "refused") onRefused(outcome.refusal);
    if (outcome.kind === "saved") onSaved({ ...outcome, taken });
  };

  return {
    ...progress,
    save: () => void attempt({ draft, base: progress.base, doubt: progress.doubt }),
    /** Saves the merged state on top of theirs. */
    settle: (sides: ReadonlyMap<string, Side>) => {
      const { conflict } = progress;
      if (conflict === null) return;
      const merged = settled(conflict.three, conflict.merge, sides);
      replace(merged);
      void attempt({ draft: merged, base: conflict.theirs, doubt: null });
    },
    backToForm: () => setProgress((now) => ({ ...now, conflict: null })),
    restore: (base: Base | null, doubt: Doubt | null) =>
      setProgress((now) => ({ ...now, base: base ?? now.base, doubt })),
  };
}

interface Result {
  readonly outcome: Outcome;
  readonly draft: ResourceDraft;
  readonly base: Base | null;
  readonly conflict: Conflict | null;
  readonly taken: readonly ResourceField[];
}

const mostRounds = 4;

/** Saves, as often as what somebody else stored meanwhile can be merged without a question. */
async function settleAll(first: Attempt): Promise<Result> {
  let attempt = first;
  const taken: ResourceField[] = [];
  for (let round = 1; ; round += 1) {
    const outcome = await saveResource(attempt);
    const { draft, base, resource, locale } = attempt;
    if (outcome.kind === "resolved") {
      attempt = { ...attempt, base: outcome.base, doubt: null, key: newKey() };
    } else if (outcome.kind === "conflict" && base !== null) {
      const three = { base: base.draft, mine: draft, theirs: outcome.theirs.draft };
      const merge = mergeOf(resource, three, locale);
      const conflict = { three, merge, theirs: outcome.theirs };
      if (merge.clashes.length > 0 || round === mostRounds) return { outcome, draft, base, conflict, taken };
      taken.push(...merge.taken);
      attempt = {
        ...attempt,
        ...{ base: outcome.theirs, draft: settled(three, merge, new Map()), doubt: null, key: newKey() },
      };
    } else return { outcome, draft, base, conflict: null, taken };
  }
}
