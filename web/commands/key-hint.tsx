"use client";
import { useSyncExternalStore } from "react";
import { isMac, keysText } from "./keys-text.ts";

const never = () => () => undefined;

/** The keys of a command as little caps, drawn only in the browser: the server does not know the keyboard. */
export function KeyHint({ keys }: { readonly keys: string }) {
  const mac = useSyncExternalStore<boolean | null>(never, isMac, () => null);
  if (mac === null) return null;
  return (
    <span className="inline-flex gap-1" aria-hidden>
      {keysText(keys, mac).map((text) => (
        <kbd
          key={text}
          className="min-w-5 rounded border border-line bg-canvas px-1.5 py-0.5 text-center font-sans text-muted text-xs"
        >
          {text}
        </kbd>
      ))}
    </span>
  );
}
