import { keysText } from "./keys-text.ts";

interface Props {
  readonly keys: string;
  readonly isMac: boolean;
}

/** Keys as little caps. */
export function KeyCaps({ keys, isMac }: Props) {
  return (
    <span className="inline-flex gap-1" aria-hidden>
      {keysText(keys, isMac).map((text) => (
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
