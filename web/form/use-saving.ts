"use client";
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";
import { newKey } from "../api/key.ts";
import type { ApiError } from "../api/reply.ts";
import type { Side } from "./merge.ts";
import { type Base, type Conflict, type Result, type SaveRules, save, type UnansweredWrite } from "./save.ts";
import type { StoredDraft } from "./stored-drafts.ts";
import { useStoredDraft } from "./use-stored-draft.ts";

export interface Saved<Row, Draft, Difference> {
  readonly row: Row;
  readonly created: boolean;
  /** What someone else had changed, and was taken over. */
  readonly taken: readonly Difference[];
  /** The form as it was saved, and the key of the write which saved it. */
  readonly draft: Draft;
  readonly key: string;
}

interface Form<Row, Draft, Difference> {
  readonly rules: SaveRules<Row, Draft, Difference>;
  readonly draft: Draft;
  /** The row that is changed; null for a new one. */
  readonly loaded: Base<Row, Draft> | null;
  readonly replace: (draft: Draft) => void;
  readonly onRefused: (error: ApiError, draft: Draft) => void;
  readonly onSaved: (saved: Saved<Row, Draft, Difference>) => void;
  /** Something else is done with what was saved. Until it ends, a reload leads back here, and saving repeats both. */
  readonly isFinishing?: boolean;
}

/** How saving is going, for the form to show. */
interface Progress<Row, Draft, Difference> {
  readonly phase: "typing" | "saving" | "saved";
  readonly base: Base<Row, Draft> | null;
  readonly unanswered: UnansweredWrite | null;
  /** The write that saved it. */
  readonly answered: UnansweredWrite | null;
  readonly error: ApiError | null;
  readonly conflict: Conflict<Row, Draft, Difference> | null;
}

const idle = { phase: "typing", unanswered: null, answered: null, error: null, conflict: null } as const;

/** Saves a form: stores its draft in the browser until then, and handles retries, errors and conflicts. */
export function useSaving<Row, Draft, Difference>({
  rules,
  draft,
  loaded,
  replace,
  onRefused,
  onSaved,
  isFinishing = false,
}: Form<Row, Draft, Difference>) {
  const [progress, setProgress] = useState<Progress<Row, Draft, Difference>>(() => ({ ...idle, base: loaded }));
  const [firstKey] = useState(newKey);
  const key = useRef(firstKey);
  const isBusy = useRef(false);
  const { phase, base, unanswered, conflict } = progress;
  const isDirty = phase !== "saved" && (unanswered !== null || rules.isChanged(draft, base?.draft ?? null));
  const isUnfinished = phase === "saved" && isFinishing;
  const open = { form: rules.form, draft, base, unanswered: isUnfinished ? progress.answered : unanswered };
  const stored = useStoredDraft(open, isDirty || isUnfinished);

  const attempt = async (from: Pick<Progress<Row, Draft, Difference>, "base" | "unanswered">, mine: Draft) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setProgress((now) => ({ ...now, phase: "saving", error: null, conflict: null }));
    // Stored with the draft at once: a page that is reloaded before the answer arrives knows of the write.
    let answered = from.unanswered;
    const onSend = (request: UnansweredWrite) => {
      answered = request;
      setProgress((now) => ({ ...now, unanswered: request }));
    };
    const result = await save(rules, { ...from, draft: mine, key: key.current, onSend });
    const { outcome, taken } = result;
    // A second press while the next page loads must not save again.
    isBusy.current = outcome.kind === "saved";
    if (outcome.kind !== "unanswered") key.current = newKey();
    if (result.draft !== mine) replace(result.draft);
    setProgress({ ...progressOf(result), answered: outcome.kind === "saved" ? answered : null });
    if (outcome.kind === "refused") onRefused(outcome.error, result.draft);
    if (outcome.kind === "saved") onSaved({ ...outcome, taken, draft: result.draft });
  };

  const again = useDraftAgain({ stored, loaded, replace, setProgress });

  return {
    ...progress,
    ...stored,
    isDirty,
    ...again,
    restored: phase === "typing" ? again.restored : null,
    save: () => void attempt({ base, unanswered }, draft),
    /** Saves the merged form on top of theirs. */
    settle: (choices: ReadonlyMap<string, Side>) => {
      if (conflict === null) return;
      const merged = conflict.merge.settle(choices);
      replace(merged);
      void attempt({ base: conflict.theirs, unanswered: null }, merged);
    },
    closeConflict: () => setProgress((now) => ({ ...now, conflict: null })),
  };
}

interface Again<Row, Draft, Difference> extends Pick<Form<Row, Draft, Difference>, "loaded" | "replace"> {
  readonly stored: ReturnType<typeof useStoredDraft<Row, Draft>>;
  readonly setProgress: Dispatch<SetStateAction<Progress<Row, Draft, Difference>>>;
}

/** The ways to go on with a stored draft. What this tab had typed before a reload comes back by itself. */
function useDraftAgain<Row, Draft, Difference>({
  stored,
  loaded,
  replace,
  setProgress,
}: Again<Row, Draft, Difference>) {
  const { own } = stored;
  const [restored, setRestored] = useState<StoredDraft<Row, Draft> | null>(null);
  const goOnWith = (left: StoredDraft<Row, Draft>) => {
    replace(left.draft);
    setProgress((now) => ({ ...now, base: left.base ?? now.base, unanswered: left.unanswered }));
  };
  const latest = useRef(goOnWith);
  useEffect(() => {
    latest.current = goOnWith;
  });
  useEffect(() => {
    if (own !== null) latest.current(own);
    setRestored(own);
  }, [own]);
  return {
    restored,
    /** Gives up what was typed and begins again as the form opened. */
    startAnew: (initial: Draft) => {
      setRestored(null);
      replace(initial);
      setProgress({ ...idle, base: loaded });
    },
    /** Goes on with a draft that an earlier opening of the form left behind; what is typed here is offered instead. */
    restore: (left: StoredDraft<Row, Draft>) => {
      stored.putAside();
      goOnWith(left);
      stored.decline(left);
    },
  };
}

function progressOf<Row, Draft, Difference>({ outcome, base, conflict }: Result<Row, Draft, Difference>) {
  return {
    ...{ ...idle, base, conflict },
    phase: outcome.kind === "saved" ? ("saved" as const) : ("typing" as const),
    unanswered: outcome.kind === "unanswered" ? outcome.unanswered : null,
    error: outcome.kind === "unanswered" || outcome.kind === "refused" ? outcome.error : null,
  };
}
