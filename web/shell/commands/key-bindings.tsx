"use client";
import { useEffect } from "react";
import { createKeybindingsHandler } from "tinykeys";
import type { EarlyInput } from "../early-input.ts";
import { type Command, useAllCommands } from "./registry.tsx";

/** Binds the keys of every registered command, and replays the keys that were pressed before this was loaded. */
export function KeyBindings({ early }: { readonly early: EarlyInput }) {
  const commands = useAllCommands();
  useEffect(() => {
    const handler = createKeybindingsHandler(bindingsOf(commands), { ignore: () => false });
    addEventListener("keydown", handler);
    // Not before the global commands are registered: the palette is one of them.
    if (!early.isReplayed && commands.some(({ id }) => id === "palette")) void replay(early, handler);
    // Tells tests that the keys work.
    document.documentElement.dataset.keys = "bound";
    return () => removeEventListener("keydown", handler);
  }, [commands, early]);
  return null;
}

async function replay(early: EarlyInput, handler: (event: KeyboardEvent) => void): Promise<void> {
  early.isReplayed = true;
  const opening = early.keys.findIndex(({ key, ctrlKey, metaKey }) => key === "k" && (ctrlKey || metaKey));
  const end = opening < 0 ? early.keys.length : opening + 1;
  // What came after that was meant for the palette's field.
  early.text = early.keys
    .slice(end)
    .map(({ key }) => (key.length === 1 ? key : ""))
    .join("");
  for (const event of early.keys.slice(0, end)) {
    handler(event);
    // The next key belongs to the page that this one led to.
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
}

function bindingsOf(commands: readonly Command[]): Record<string, (event: KeyboardEvent) => void> {
  const keys: Record<string, (event: KeyboardEvent) => void> = {};
  // The first match runs alone: what a sequence like `g i` ends with must not be taken for a command of one key.
  const isSequence = ({ keys }: Command) => keys?.includes(" ") === true;
  const sequencesFirst = commands.toSorted((a, b) => Number(isSequence(b)) - Number(isSequence(a)));
  for (const command of sequencesFirst) {
    if (command.keys === null || command.isLocal === true) continue;
    keys[command.keys] = (event) => {
      // An open dialog has its own keys, and letters typed into a field are no commands.
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
