"use client";
import { useEffect } from "react";
import { createKeybindingsHandler } from "tinykeys";
import type { Missed } from "../load-on-interaction.tsx";
import { type Command, useAllCommands } from "./registry.tsx";

/** Makes the keys of every known command work, those that were pressed before this was here as well. */
export function KeyBindings({ missed }: { readonly missed: Missed }) {
  const commands = useAllCommands();
  useEffect(() => {
    const handler = createKeybindingsHandler(bindingsOf(commands), { ignore: () => false });
    addEventListener("keydown", handler);
    // Not before the commands of every page are known: the palette is one of them.
    if (!missed.isHeard && commands.some(({ id }) => id === "palette")) void hear(missed, handler);
    // For whoever drives a page by its keys without eyes.
    document.documentElement.dataset.keys = "heard";
    return () => removeEventListener("keydown", handler);
  }, [commands, missed]);
  return null;
}

async function hear(missed: Missed, handler: (event: KeyboardEvent) => void): Promise<void> {
  missed.isHeard = true;
  const opening = missed.keys.findIndex(({ key, ctrlKey, metaKey }) => key === "k" && (ctrlKey || metaKey));
  const end = opening < 0 ? missed.keys.length : opening + 1;
  // What came after that was meant for the palette's field.
  missed.text = missed.keys
    .slice(end)
    .map(({ key }) => (key.length === 1 ? key : ""))
    .join("");
  for (const event of missed.keys.slice(0, end)) {
    handler(event);
    // The next key means something on the page that this one has led to.
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
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
