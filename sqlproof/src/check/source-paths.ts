import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The files that match a glob of `*`, `**`, `?` and `{a,b}`, relative to the root. Hidden files and installed packages
 * are no sources.
 */
export function pathsMatching(root: string, glob: string): string[] {
  const segments = glob.replace(/^(\.\/)+/, "").split("/");
  const varying = segments.findIndex((segment) => /[*?{]/.test(segment));
  const folder = segments.slice(0, varying === -1 ? -1 : varying).join("/");
  const pattern = new RegExp(`^${segments.map(segmentPattern).join("")}$`);
  return [...filesBelow(root, folder)].filter((path) => pattern.test(path));
}

function segmentPattern(segment: string, index: number, all: readonly string[]): string {
  const isLast = index === all.length - 1;
  if (segment === "**") return isLast ? ".*" : "(?:[^/]+/)*";
  let depth = 0;
  const text = segment.replace(/[*?{},]|[^\w*?{},]/g, (character) => {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (character === ",") return depth > 0 ? "|" : ",";
    return wildcards.get(character) ?? `\\${character}`;
  });
  return isLast ? text : `${text}/`;
}

const wildcards: ReadonlyMap<string, string> = new Map([
  ["*", "[^/]*"],
  ["?", "[^/]"],
  ["{", "(?:"],
  ["}", ")"],
]);

function* filesBelow(root: string, folder: string): Generator<string> {
  for (const entry of entriesOf(join(root, folder))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else yield path;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that is not there has no sources.
    return [];
  }
}
