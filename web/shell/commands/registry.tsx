// Commands: everything a user can do by key or palette. Pages register theirs here;
// key-bindings.tsx runs them, the palette and the list of keys show them.
"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { MessageKey } from "../../messages/text.ts";

/** Something that can be done on this page, or everywhere. */
export interface Command {
  readonly id: string;
  readonly label: MessageKey;
  /** In the notation of tinykeys: `n`, `g o`, `$mod+Enter`. Null when it has none. */
  readonly keys: string | null;
  readonly run: () => void;
  /** Works while the user types, too. Only for keys that type nothing. */
  readonly whileTyping?: true;
  /** Works while a dialog is open, too. */
  readonly overDialogs?: true;
  /** The focused element handles the key itself; here it is only listed. */
  readonly isLocal?: true;
}

/*
 * Every command of the current page. Not a React context: only what has commands or lists them loads this,
 * and the shell has none before it is used.
 */
let groups: readonly (readonly Command[])[] = [];
let known: readonly Command[] = [];
const none: readonly Command[] = [];
const watchers = new Set<() => void>();

function put(next: typeof groups): void {
  groups = next;
  known = next.flat();
  for (const changed of watchers) changed();
}

function add(commands: readonly Command[]): () => void {
  put([...groups, commands]);
  return () => put(groups.filter((group) => group !== commands));
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Every command that there is now. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    watch,
    () => known,
    () => none,
  );
}

/**
 * Registers commands for as long as the component is on the page. They may close over changing state: always the latest
 * is run, and only a change of ids or keys counts as a change.
 */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = JSON.stringify(
    commands.map(({ id, label, keys, whileTyping, isLocal }) => [id, label, keys, whileTyping, isLocal]),
  );
  useEffect(() => {
    const own = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find(({ id }) => id === command.id)?.run(),
    }));
    // Read again only when the shape differs.
    return shape === "" ? undefined : add(own);
  }, [shape]);
}
