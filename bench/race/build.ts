import type { Contestant } from "./contestant.ts";
import { outputOf } from "./wrk.ts";

/** Builds a contestant, quickly when it is built already. Answers what went wrong, or null. */
export async function build({ folder, build: [program, ...words] }: Contestant): Promise<string | null> {
  if (program === undefined) return null;
  try {
    await outputOf(program, words, folder);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
