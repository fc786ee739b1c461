import { parseArgs } from "node:util";
import { parseConfig } from "../../start/config.ts";
import { commandLine } from "../../start/paths.ts";
import type { Config } from "../../start/settings.ts";

/** An option of a command: with a value, or a switch. */
export interface CommandOption {
  readonly name: string;
  readonly type: "string" | "boolean";
}

/** What the words after a command say. */
export type CommandWords =
  | { readonly kind: "run"; readonly given: GivenOptions; readonly config: Config }
  | { readonly kind: "help" }
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/** The options that were given. */
export class GivenOptions {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  /** The value of an option, or null. */
  text(name: string): string | null {
    const value = this.values[name];
    return typeof value === "string" && value !== "" ? value : null;
  }

  has(name: string): boolean {
    return this.values[name] === true;
  }
}

/** Reads the options of a command; `--database` and `--help` belong to each. No word may stand alone. */
export function readCommandWords(words: readonly string[], options: readonly CommandOption[]): CommandWords {
  const known = Object.fromEntries(options.map(({ name, type }) => [name, { type } as const]));
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { ...known, database: { type: "string" }, help: { type: "boolean", short: "h" } } as const,
    });
    const given = new GivenOptions(values);
    if (given.has("help")) return { kind: "help" };
    const database = given.text("database");
    // Settings of the server that are wrong or incomplete here are none of a command's business.
    const { DATABASE_URL, DATABASE_URL_FILE, BACKUP_TO } = process.env;
    const environment = { DATABASE_URL, DATABASE_URL_FILE, BACKUP_TO };
    const parsed = parseConfig(database === null ? [] : ["--database", database], environment);
    if (parsed.kind === "errors") return parsed;
    return parsed.kind === "run" ? { kind: "run", given, config: parsed.config } : { kind: "help" };
  } catch (error) {
    // The words of parseArgs name the option; a URL with a password never is one.
    return { kind: "errors", errors: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Prints what is wrong with a command line, each on a line of its own; the exit code. */
export function refused(name: string, errors: readonly string[]): number {
  for (const error of errors) console.error(error);
  console.error(`${commandLine(name)} --help explains the options.`);
  return 2;
}
