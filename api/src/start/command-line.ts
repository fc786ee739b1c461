import { parseArgs } from "node:util";
import { nearestWord } from "./nearest-word.ts";
import { command, isSingleFile } from "./paths.ts";

/** An option that the program knows. */
interface KnownOption {
  readonly option: string;
  /** The placeholder for its value in `--help`; null for a switch, which takes none. */
  readonly placeholder: string | null;
}

interface CommandLine {
  readonly given: ReadonlyMap<string, string>;
  readonly help: boolean;
  readonly version: boolean;
  readonly errors: string[];
}

/** Reads the given options by name, without parsing their values, and collects every error. */
export function readCommandLine(args: readonly string[], known: readonly KnownOption[]): CommandLine {
  const switches = known.filter(({ placeholder }) => placeholder === null);
  const options = {
    help: { type: "boolean", short: "h" } as const,
    version: { type: "boolean" } as const,
    ...Object.fromEntries(known.map(({ option }) => [option, { type: "string" } as const])),
    ...Object.fromEntries(switches.map(({ option }) => [option, { type: "boolean" } as const])),
  };
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const given = new Map<string, string>();
  const errors: string[] = [];
  let help = false;
  let version = false;
  // The word after an unknown option is most likely its value, so it is not reported as a second error.
  let unknownAt = Number.NaN;
  let isListed = false;
  for (const token of tokens) {
    if (token.kind === "positional" && token.index !== unknownAt + 1) errors.push(strayError(token.value));
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const setting = known.find(({ option }) => option === name);
    if (name === "help") help = true;
    else if (name === "version") version = true;
    else if (setting === undefined) {
      const nearest = nearestWord(rawName.replace(/^-+/, ""), optionNames(known));
      errors.push(unknownError(rawName, nearest));
      if (nearest === null) isListed = true;
      unknownAt = token.index;
    } else if (setting.placeholder === null && value === undefined) given.set(name, "yes");
    else if (setting.placeholder === null) errors.push(`--${name} takes no value.`);
    else if (value === undefined || value === "" || value.startsWith("--")) {
      errors.push(`--${name} needs a value: --${name} ${setting.placeholder}.`);
    } else if (given.has(name)) errors.push(`--${name} is given twice.`);
    else given.set(name, value);
  }
  if (isListed)
    errors.push(
      `The options are ${optionNames(known)
        .map((name) => `--${name}`)
        .join(", ")}.`,
    );
  return { given, help, version, errors };
}

/** The error for a word that is not an option. It does not repeat a URL, which may contain a password. */
function strayError(word: string): string {
  if (word.includes("://") || word.startsWith("sqlite:")) return "To choose a database, use the option --database URL.";
  return `"${word}" is not an option: options begin with --, and \`${command} --help\` lists them.`;
}

function unknownError(rawName: string, nearest: string | null): string {
  const advice = nearest === null ? `\`${command} --help\` lists the options.` : `did you mean --${nearest}?`;
  return `Unknown option ${rawName}: ${advice}`;
}

/** The names of the options, as somebody gives them: the pages of the single file are always its own. */
function optionNames(known: readonly KnownOption[]): readonly string[] {
  const names = known.map(({ option }) => option).filter((name) => name !== "pages" || !isSingleFile);
  return [...names, "no-pages", "help", "version"];
}
