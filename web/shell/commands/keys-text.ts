/** How keys are written for people: `g o` as two keys, `$mod` as the key of this system. */
export function keysText(keys: string, isMac: boolean): readonly string[] {
  return keys.split(" ").map((press) =>
    press
      // A key in brackets may be held: it is not part of what to press.
      .replace(/\[\w+\]\+/g, "")
      .split("+")
      .map((key) => names.get(key)?.(isMac) ?? (key.length === 1 ? key.toUpperCase() : key))
      .join(isMac ? "" : "+"),
  );
}

const names: ReadonlyMap<string, (isMac: boolean) => string> = new Map<string, (isMac: boolean) => string>([
  ["$mod", (mac) => (mac ? "⌘" : "Ctrl")],
  ["Shift", (mac) => (mac ? "⇧" : "Shift")],
  ["Enter", () => "↵"],
  ["Escape", () => "Esc"],
  ["ArrowDown", () => "↓"],
  ["ArrowUp", () => "↑"],
  ["Slash", () => "/"],
]);

/** True on a Mac, where the key beside the space bar is called otherwise. */
export function isMac(userAgent: string): boolean {
  return /Mac|iPhone|iPad/.test(userAgent);
}
