"use client";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { MessageKey } from "../../messages/text.ts";
import { HeldKeys } from "./held-keys.ts";

/** Something to choose: its id and name, and a few words that tell it from others of the same name. */
export interface Choice {
  readonly id: number;
  readonly name: string;
  readonly about?: string;
  /** A warning beside it, like that a product is discontinued. */
  readonly mark?: MessageKey;
  /** An exact quantity to choose by, like what is available of a product; its label has a place for `{value}`. */
  readonly figure?: { readonly label: MessageKey; readonly value: `${number}`; readonly isThere: boolean };
  /** It is called exactly what was typed. */
  readonly isExact?: boolean;
}

/** Whether several are called exactly what was typed: then only the user can choose. */
export function isAmbiguous(choices: readonly Choice[]): boolean {
  return choices.filter(({ isExact }) => isExact === true).length > 1;
}

/** The index of no choice. */
const none = -1;

/** Nothing is typed that could be searched for. */
function isEmpty(text: string): boolean {
  return text.trim() === "";
}

/** Finds what matches the typed text, best first; null if it could not search. Aborted when more is typed. */
export type Search<C extends Choice = Choice> = (typed: string, signal: AbortSignal) => Promise<readonly C[] | null>;

interface Choices<C extends Choice> {
  /** What was typed, or null when nothing is being chosen. */
  readonly typed: string | null;
  readonly found: readonly C[] | null;
  /** The search could not be done. */
  readonly isFailed: boolean;
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
  readonly isFailed: boolean;
}

/** The typed text and what was found for it. Of several searches only the last one counts. */
function useSearched<C extends Choice>(search: Search<C>) {
  const [typed, setTyped] = useState<string | null>(null);
  const [found, setFound] = useState<Found<C> | null>(null);
  const [active, setActive] = useState(0);
  /** The arrows have opened the list, or moved in it. */
  const [isWalked, setWalked] = useState(false);
  const pending = useRef<AbortController | null>(null);
  useEffect(() => () => pending.current?.abort(), []);
  const stop = () => {
    pending.current?.abort();
    setTyped(null);
    setFound(null);
  };
  const type = async (text: string, then?: (choices: readonly C[]) => void) => {
    setTyped(text);
    setWalked(false);
    // Of all there is, nobody has meant the first: only the arrows choose from it.
    if (isEmpty(text)) setActive(none);
    pending.current?.abort();
    const request = new AbortController();
    pending.current = request;
    const answer = await search(text, request.signal);
    if (request.signal.aborted) return;
    const choices = answer ?? [];
    setFound({ typed: text, choices, isFailed: answer === null });
    if (!isEmpty(text)) setActive(isAmbiguous(choices) ? none : 0);
    then?.(choices);
  };
  const move = (by: 1 | -1) => {
    const count = found?.choices.length ?? 0;
    if (typed === null) {
      void type("");
      setActive(0);
    } else if (count > 0) setActive((place) => (place === none && by < 0 ? count - 1 : (place + by + count) % count));
    setWalked(typed === null || count > 0);
  };
  const isFresh = found?.typed === typed;
  /** Passes on the active hit, or the first one as soon as the answer to the typed text arrives. */
  const best = (then: (hit: C | undefined) => void) => {
    if (isFresh || typed === null || isEmpty(typed)) then(isFresh ? found?.choices[active] : undefined);
    else void type(typed, (choices) => then(isAmbiguous(choices) ? undefined : choices[0]));
  };
  const isEmptied = typed !== null && isEmpty(typed) && !isWalked;
  return { typed, found, isFresh, isEmptied, active, setActive, stop, type, move, best };
}

/** The callbacks of a combobox. */
interface Callbacks<C extends Choice> {
  /** Something is chosen already. */
  readonly isFilled: boolean;
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
  /** An emptied field clears its value. */
  const clear = () => {
    onChange(null);
    close();
  };
  return { isLeaving, fold, close, choose, clear };
}

/** The ways to take the hit: at once, or when the answer to what was typed is here. */
function useTaking<C extends Choice>(
  { isFresh, best }: Pick<ReturnType<typeof useSearched<C>>, "isFresh" | "best">,
  { isLeaving, fold, choose }: Pick<ReturnType<typeof useSettling<C>>, "isLeaving" | "fold" | "choose">,
  onEnter: Callbacks<C>["onEnter"],
) {
  const [held] = useState(() => new HeldKeys());
  const take = (next: (taken: C) => void) =>
    best((hit) =>
      held.release(() => {
        if (hit !== undefined) {
          choose(hit);
          next(hit);
        } else if (isLeaving.current) fold();
      }),
    );
  const takeByEnter = () => {
    if (onEnter !== undefined && !isFresh) held.begin();
    take((taken) => onEnter?.(taken));
  };
  return { held, take, takeByEnter };
}

/**
 * State and keys of a combobox: typing searches, arrows move, Enter takes the hit and calls `onEnter` (with what was
 * taken, or null when nothing was being chosen), Tab takes as well, Escape restores the value. A key pressed before the
 * answer arrives waits for it: fast typing never takes the hit of an earlier letter, and what is typed after Enter goes
 * to the next field. If several are called exactly what was typed, none is taken until the arrows have moved to it. In
 * an emptied field Enter takes none.
 */
export function useChoices<C extends Choice>(
  search: Search<C>,
  { isFilled, onChange, onEnter, onUnmatched }: Callbacks<C>,
): Choices<C> {
  const searched = useSearched(search);
  const { typed, found, isFresh, isEmptied, active, setActive, stop, type, move, best } = searched;
  const settling = useSettling(stop, { onChange, onUnmatched });
  const { isLeaving, fold, close, choose, clear } = settling;
  const { held, take, takeByEnter } = useTaking(searched, settling, onEnter);
  const onKeyDown = (event: KeyboardEvent) => {
    if (held.holds(event)) return;
    const isTab = event.key === "Tab";
    if (typed !== null && leavesField(event) && !(isEmptied && isTab)) {
      isLeaving.current = isTab;
      if (isTab || (isFresh && !isEmptied)) return take(() => undefined);
      const sendAgain = heldBack(event);
      // Drawn before the key goes on: what saves must know of the choice, or that the value is gone.
      const settle = (hit: C | undefined) => {
        if (hit !== undefined || isEmptied) flushSync(hit === undefined ? clear : () => choose(hit));
        sendAgain();
      };
      return isEmptied ? settle(undefined) : best(settle);
    }
    const actions = {
      move,
      take: () => {
        if (!isEmptied) return takeByEnter();
        clear();
        if (!isFilled) onEnter?.(null);
      },
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
    held.drop();
    if (isEmptied) onChange(null);
    fold();
  };
  return {
    typed,
    found: found?.choices ?? null,
    isFailed: found?.isFailed === true,
    active,
    setActive,
    type: (text) => {
      onUnmatched(isEmpty(text) ? null : text);
      void type(text);
    },
    ...{ choose, leave, onKeyDown },
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
