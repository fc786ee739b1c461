"use client";
import { useEffect, useRef } from "react";
import { createKeybindingsHandler } from "tinykeys";
import { type Command, useAllCommands } from "./registry.tsx";

/** Makes the keys of every known command work, those that were pressed before this was here as well. */
export function KeyBindings({ missed }: { readonly missed: KeyboardEvent[] }) {
  const commands = useAllCommands();
  const hasHeard = useRef(false);
  useEffect(() => {
    const handler = createKeybindingsHandler(bindingsOf(commands), { ignore: () => false });
    addEventListener("keydown", handler);
    // Not before the commands of every page are known: the palette is one of them.
    if (!hasHeard.current && commands.some(({ id }) => id === "palette")) {
      hasHeard.current = true;
      for (const event of missed) handler(event);
    }
    return () => removeEventListener("keydown", handler);
  }, [commands, missed]);
  return null;
}

function bindingsOf(commands: readonly Command[]): Record<string, (event: KeyboardEvent) => void> {
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
  return keys;
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
