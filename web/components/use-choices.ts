"use client";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

/** Something to choose: its id and its name, and a few words that tell it from others of the same name. */
export interface Choice {
  readonly id: number;
  readonly name: string;
  readonly about?: string;
}

/** Finds what fits the typed text, best first. Aborted when more was typed. */
export type Search = (typed: string, signal: AbortSignal) => Promise<readonly Choice[]>;

interface Choices {
  /** What was typed, or null when nothing is being chosen. */
  readonly typed: string | null;
  readonly found: readonly Choice[] | null;
  /** The place of the choice that Enter takes. */
  readonly active: number;
  readonly setActive: (place: number) => void;
  readonly type: (text: string) => void;
  readonly choose: (choice: Choice) => void;
  /** The focus went elsewhere: an emptied field means nobody, anything else is given up. */
  readonly leave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What a combobox knows and does: typing searches, arrows move, Enter takes, Escape gives the old value back. */
export function useChoices(search: Search, onChange: (choice: Choice | null) => void): Choices {
  const [typed, setTyped] = useState<string | null>(null);
  const [found, setFound] = useState<readonly Choice[] | null>(null);
  const [active, setActive] = useState(0);
  const pending = useRef<AbortController | null>(null);
  useEffect(() => () => pending.current?.abort(), []);

  const close = () => {
    pending.current?.abort();
    setTyped(null);
    setFound(null);
  };
  const choose = (choice: Choice) => {
    onChange(choice);
    close();
  };
  const type = async (text: string, then?: (choices: readonly Choice[]) => void) => {
    setTyped(text);
    pending.current?.abort();
    const request = new AbortController();
    pending.current = request;
    const choices = await search(text, request.signal);
    if (request.signal.aborted) return;
    setFound(choices);
    setActive(0);
    then?.(choices);
  };
  const take = () => {
    const chosen = found?.[active];
    if (chosen !== undefined && typed !== null) choose(chosen);
    // Enter came before the answer did: the answer decides.
    else if (typed !== null && typed !== "") void type(typed, ([first]) => first !== undefined && choose(first));
  };
  const move = (by: 1 | -1) => {
    const count = found?.length ?? 0;
    if (typed === null) void type("");
    else if (count > 0) setActive((place) => (place + by + count) % count);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = actionOf(event.key, { move, take, close }, typed !== null);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const leave = () => {
    if (typed?.trim() === "") onChange(null);
    close();
  };
  return { typed, found, active, setActive, type: (text) => void type(text), choose, leave, onKeyDown };
}

interface Actions {
  readonly move: (by: 1 | -1) => void;
  readonly take: () => void;
  readonly close: () => void;
}

/** What a key does, or null when it is none of ours. */
function actionOf(key: string, { move, take, close }: Actions, isOpen: boolean): (() => void) | null {
  if (key === "ArrowDown") return () => move(1);
  if (key === "ArrowUp") return () => move(-1);
  if (key === "Enter" && isOpen) return take;
  return key === "Escape" && isOpen ? close : null;
}
