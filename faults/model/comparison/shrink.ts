import type { Json, JsonObject } from "../company.ts";
import { isObject } from "../fields.ts";
import type { Command } from "./commands.ts";

/** The most smaller runs that are tried. */
const mostTries = 400;

/**
 * The smallest run found that still fails: leaves out ranges of commands first, then parts of the remaining commands.
 * Every command makes sense whatever ran before it, so every part of a run is a run.
 */
export async function shrunk(
  commands: readonly Command[],
  fails: (commands: readonly Command[]) => Promise<boolean>,
): Promise<readonly Command[]> {
  let smallest = commands;
  let tries = 0;
  const accept = async (smaller: readonly Command[]): Promise<boolean> => {
    tries += 1;
    if (tries > mostTries || !(await fails(smaller))) return false;
    smallest = smaller;
    return true;
  };
  for (let size = Math.ceil(commands.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let start = Math.max(0, smallest.length - size); ; start = Math.max(0, start - size)) {
      if (smallest.length > 1) await accept(smallest.toSpliced(start, size));
      if (start === 0) break;
    }
  for (let index = 0; index < smallest.length; index += 1)
    for (let found = true; found; ) {
      found = false;
      const command = smallest[index];
      if (command === undefined) break;
      for (const simpler of simplerForms(command)) {
        found = await accept(smallest.with(index, simpler));
        if (found) break;
      }
    }
  return smallest;
}

/** The same command without one of its parts. */
function simplerForms(command: Command): readonly Command[] {
  const forms: Command[] = [];
  if (command.key !== null) forms.push({ ...command, key: null });
  if (command.ifMatch !== "none") forms.push({ ...command, ifMatch: "none" });
  if (command.pages > 1) forms.push({ ...command, pages: 1 });
  for (const query of withOneLess(command.query)) forms.push({ ...command, query });
  if (isObject(command.body)) for (const body of withOneLess(command.body)) forms.push({ ...command, body });
  return forms;
}

/** The object without one of its members, or with one element less in one of its lists. */
function withOneLess(object: JsonObject): readonly JsonObject[] {
  const entries = Object.entries(object);
  const without = entries.map((_, index) => Object.fromEntries(entries.toSpliced(index, 1)));
  const shorter = entries.flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((_: Json, index) => ({ ...object, [name]: value.toSpliced(index, 1) })) : [],
  );
  return [...without, ...shorter];
}
