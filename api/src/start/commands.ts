/** A command of the program: takes the words after its name, and returns the exit code. */
export interface CommandModule {
  run(words: readonly string[]): Promise<number>;
}

/** The commands by the first word of the command line. A module is loaded when its command is given. */
const commands: ReadonlyMap<string, () => Promise<CommandModule>> = new Map([
  ["backup", () => import("../backup/commands/backup.ts")],
  ["restore", () => import("../backup/commands/restore.ts")],
  ["verify", () => import("../backup/commands/verify.ts")],
  ["prove", () => import("../prove/main.ts")],
  ["move", () => import("../move/main.ts")],
  ["ready", () => import("../ready/main.ts")],
  ["user", () => import("../../user.ts")],
]);

/** Their names, all of which `--help` lists. */
export const commandNames: readonly string[] = [...commands.keys()];

/** The module of the command that is given, or null if the server is to be started. */
export async function commandIn(words: readonly string[]): Promise<CommandModule | null> {
  return (await commands.get(words[0] ?? "")?.()) ?? null;
}
