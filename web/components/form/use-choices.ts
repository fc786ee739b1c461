"use client";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { MessageKey } from "../../messages/text.ts";

/** Something to choose: its id and name, and a few words that tell it from others of the same name. */
export interface Choice {
  readonly id: number;
  readonly name: string;
  readonly about?: string;
  /** A warning beside it, like that a product is discontinued. */
  readonly mark?: MessageKey;
  /** It is called exactly what was typed. */
  readonly isExact?: boolean;
}

/** Whether several are called exactly what was typed: then only the user can choose. */
export function isAmbiguous(choices: readonly Choice[]): boolean {
  return choices.filter(({ isExact }) => isExact === true).length > 1;
}

/** The index of no choice. */
const none = -1;

/** Finds what matches the typed text, best first. Aborted when more is typed. */
export type Search<C extends Choice = Choice> = (typed: string, signal: AbortSignal) => Promise<readonly C[]>;

interface Choices<C extends Choice> {
  /** What was typed, or null when nothing is being chosen. */
  readonly typed: string | null;
  readonly found: readonly C[] | null;
  /** The index of the choice that Enter takes; -1 when Enter takes none, because several are called what was typed. */
  readonly active: number;
  readonly setActive: (place: number) => void;
  readonly type: (text: string) => void;
  readonly choose: (choice: C) => void;
  /** The focus left: an emptied field clears the value, any other text stays and stands for nothing. */
  readonly leave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface Found<C extends Choice> {
  /** The text it was found for: more may have been typed since. */
  readonly typed: string;
  readonly choices: readonly C[];
}

/** The typed text and what was found for it. Of several searches only the last one counts. */
function useSearched<C extends Choice>(search: Search<C>) {
  const [typed, setTyped] = useState<string | null>(null);
  const [found, setFound] = useState<Found<C> | null>(null);
  const [active, setActive] = useState(0);
  const pending = useRef<AbortController | null>(null);
  useEffect(() => () => pending.current?.abort(), []);
  const stop = () => {
    pending.current?.abort();
    setTyped(null);
    setFound(null);
  };
  const type = async (text: string, then?: (choices: readonly C[]) => void) => {
    setTyped(text);
    pending.current?.abort();
    const request = new AbortController();
    pending.current = request;
    const choices = await search(text, request.signal);
    if (request.signal.aborted) return;
    setFound({ typed: text, choices });
    setActive(isAmbiguous(choices) ? none : 0);
    then?.(choices);
  };
  const move = (by: 1 | -1) => {
    const count = found?.choices.length ?? 0;
    if (typed === null) void type("");
    else if (count > 0) setActive((place) => (place === none && by < 0 ? count - 1 : (place + by + count) % count));
  };
  const isFresh = found?.typed === typed;
  /** Passes on the active hit, or the first one as soon as the answer to the typed text arrives. */
  const best = (then: (hit: C | undefined) => void) => {
    if (isFresh || !typed) then(isFresh ? found?.choices[active] : undefined);
    else void type(typed, (choices) => then(isAmbiguous(choices) ? undefined : choices[0]));
  };
  return { typed, found, isFresh, active, setActive, stop, type, move, best };
}

/** The callbacks of a combobox. */
interface Callbacks<C extends Choice> {
  readonly onChange: (choice: C | null) => void;
  readonly onEnter: ((taken: C | null) => void) | undefined;
  readonly onUnmatched: (text: string | null) => void;
}

/** The ways in which a text is settled, or left in its field. */
function useSettling<C extends Choice>(
  stop: () => void,
  { onChange, onUnmatched }: Pick<Callbacks<C>, "onChange" | "onUnmatched">,
) {
  /** Whether the answer is still awaited although the focus has moved on. */
  const isLeaving = useRef(false);
  /** Closes the list; what was typed stays in the field as long as it is unmatched. */
  const fold = () => {
    isLeaving.current = false;
    stop();
  };
  const close = () => {
    onUnmatched(null);
    fold();
  };
  const choose = (choice: C) => {
    onUnmatched(null);
    onChange(choice);
    fold();
  };
  return { isLeaving, fold, close, choose };
}

/**
 * State and keys of a combobox: typing searches, arrows move, Enter takes the hit and calls `onEnter` (with what was
 * taken, or null when nothing was being chosen), Tab takes as well, Escape restores the value. A key pressed before the
 * answer arrives waits for it: fast typing never takes the hit of an earlier letter. If several are called exactly what
 * was typed, none is taken until the arrows have moved to it.
 */
export function useChoices<C extends Choice>(
  search: Search<C>,
  { onChange, onEnter, onUnmatched }: Callbacks<C>,
): Choices<C> {
  const { typed, found, isFresh, active, setActive, stop, type, move, best } = useSearched(search);
  const { isLeaving, fold, close, choose } = useSettling(stop, { onChange, onUnmatched });
  const take = (next: (taken: C) => void) =>
    best((hit) => {
      if (hit === undefined) return isLeaving.current ? fold() : undefined;
      choose(hit);
      next(hit);
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (typed !== null && typed.trim() !== "" && leavesField(event)) {
      isLeaving.current = event.key === "Tab";
      if (isLeaving.current || isFresh) return take(() => undefined);
      const sendAgain = heldBack(event);
      best((hit) => {
        // Drawn before the key goes on: what saves must know of the choice.
        if (hit !== undefined) flushSync(() => choose(hit));
        sendAgain();
      });
      return;
    }
    const actions = {
      move,
      take: () => take((taken) => onEnter?.(taken)),
      close,
      next: onEnter && (() => onEnter(null)),
    };
    const act = actionOf(event, actions, typed !== null);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const leave = () => {
    if (isLeaving.current) return;
    if (typed?.trim() === "") onChange(null);
    fold();
  };
  return {
    typed,
    found: found?.choices ?? null,
    active,
    setActive,
    type: (text) => {
      onUnmatched(text.trim() === "" ? null : text);
      void type(text);
    },
    choose,
    leave,
    onKeyDown,
  };
}

/** Holds the key that saves back until the answer is here: else it would save without what was typed. */
function heldBack(event: KeyboardEvent): () => void {
  const { target, key, code, ctrlKey, metaKey } = event.nativeEvent;
  event.preventDefault();
  event.stopPropagation();
  const init = { key, code, ctrlKey, metaKey, bubbles: true, cancelable: true };
  return () => void target?.dispatchEvent(new globalThis.KeyboardEvent("keydown", init));
}

/** Keys that take the hit and also do something else: go to the next field, or save. */
function leavesField({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return (key === "Tab" && !shiftKey) || (key === "Enter" && (ctrlKey || metaKey));
}

interface Actions {
  readonly move: (by: 1 | -1) => void;
  readonly take: () => void;
  readonly close: () => void;
  readonly next: (() => void) | undefined;
}

/** What a key does, or null when it is not for the combobox. */
function actionOf({ key, ctrlKey, metaKey }: KeyboardEvent, actions: Actions, isOpen: boolean): (() => void) | null {
  const { move, take, close, next } = actions;
  if (key === "ArrowDown") return () => move(1);
  if (key === "ArrowUp") return () => move(-1);
  if (key === "Enter" && !ctrlKey && !metaKey) return isOpen ? take : (next ?? null);
  return key === "Escape" && isOpen ? close : null;
}
