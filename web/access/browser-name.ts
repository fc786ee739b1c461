const known = [
  ["Edg/", "Edge"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;

/** What people call a browser, out of what it says of itself. */
export function browserName(agent: string | null): string {
  const text = agent ?? "";
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(text)?.[0];
  const name = known.find(([mark]) => text.includes(mark))?.[1] ?? (text.split("/", 1)[0] || "?");
  return system === undefined ? name : `${name}, ${system}`;
}
