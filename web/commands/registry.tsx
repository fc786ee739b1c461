"use client";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { tinykeys } from "tinykeys";
import type { MessageKey } from "../messages/text.ts";

/** Something that can be done on this page, or everywhere. */
export interface Command {
  readonly id: string;
  readonly label: MessageKey;
  /** In tinykeys' words: `n`, `g o`, `$mod+Enter`. Null when it has none. */
  readonly keys: string | null;
  readonly run: () => void;
  /** Works while one is typing, too. Only for keys that type nothing. */
  readonly whileTyping?: true;
  /** Works while a dialog is in front, too. */
  readonly overDialogs?: true;
  /** The key works where the focus is on what it acts on, which listens to it itself: here it is only listed. */
  readonly isLocal?: true;
}

interface Registry {
  readonly commands: readonly Command[];
  readonly add: (commands: readonly Command[]) => () => void;
}

const RegistryContext = createContext<Registry | null>(null);

/** Knows every command of the page in front: keys run them, the palette and the list of keys show them. */
export function CommandProvider({ children }: { readonly children: ReactNode }) {
  const [groups, setGroups] = useState<readonly (readonly Command[])[]>([]);
  const add = useCallback((commands: readonly Command[]) => {
    setGroups((all) => [...all, commands]);
    return () => setGroups((all) => all.filter((group) => group !== commands));
  }, []);
  const commands = useMemo(() => groups.flat(), [groups]);
  useEffect(() => bound(commands), [commands]);
  const registry = useMemo(() => ({ commands, add }), [commands, add]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

function bound(commands: readonly Command[]): () => void {
  const keys: Record<string, (event: KeyboardEvent) => void> = {};
  for (const command of commands) {
    if (command.keys === null || command.isLocal === true) continue;
    keys[command.keys] = (event) => {
      // A dialog in front has keys of its own, and letters that are typed are no commands.
      const isCovered = document.querySelector("dialog[open]") !== null;
      if (isCovered && command.overDialogs !== true) return;
      if (isTyping(event) && command.whileTyping !== true) return;
      event.preventDefault();
      command.run();
    };
  }
  return tinykeys(window, keys, { ignore: () => false });
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

function useRegistry(): Registry {
  const registry = useContext(RegistryContext);
  if (registry === null) throw new Error("commands outside CommandProvider");
  return registry;
}

/** Every command that there is now. */
export function useAllCommands(): readonly Command[] {
  return useRegistry().commands;
}

/**
 * Makes what this component can do known for as long as it is on the page. The commands may close over changing state:
 * always the latest is run, and only a change of ids or keys counts as a change.
 */
export function useCommands(commands: readonly Command[]): void {
  const { add } = useRegistry();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = JSON.stringify(
    commands.map(({ id, label, keys, whileTyping, isLocal }) => [id, label, keys, whileTyping, isLocal]),
  );
  useEffect(() => {
    const known = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find(({ id }) => id === command.id)?.run(),
    }));
    // Read again only when the shape differs.
    return shape === "" ? undefined : add(known);
  }, [add, shape]);
}
