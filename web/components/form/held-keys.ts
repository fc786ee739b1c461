import type { KeyboardEvent } from "react";
import { flushSync } from "react-dom";

/** Keys that are pressed after Enter while its answer is awaited: they are meant for the field that comes next. */
export class HeldKeys {
  #keys: readonly string[] | null = null;

  begin(): void {
    this.#keys ??= [];
  }

  /** Whether the key is held back: one that writes, or Enter. Any other gives those that are held to the field. */
  holds(event: KeyboardEvent): boolean {
    if (this.#keys === null) return false;
    const { key, ctrlKey, metaKey, altKey } = event;
    const writes = key.length === 1 && !ctrlKey && !metaKey && !altKey;
    if (!writes && (key !== "Enter" || ctrlKey || metaKey)) {
      this.release(() => undefined);
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#keys = [...this.#keys, key];
    return true;
  }

  /** Gives the keys to the field that has the focus after `goOn`. What follows an Enter goes to the field after it. */
  release(goOn: () => void): void {
    const keys = this.#keys;
    this.#keys = null;
    if (keys === null) goOn();
    else flushSync(goOn);
    // The only way to write as a user does: the field hears of it, and Undo takes it back.
    for (const key of keys ?? [])
      if (key !== "Enter") document.execCommand("insertText", false, key);
      else flushSync(() => pressEnter());
  }

  drop(): void {
    this.#keys = null;
  }
}

function pressEnter(): void {
  const init = { key: "Enter", bubbles: true, cancelable: true };
  document.activeElement?.dispatchEvent(new globalThis.KeyboardEvent("keydown", init));
}
