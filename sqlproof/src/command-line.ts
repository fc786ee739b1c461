import { nearest } from "./check/parse/words.ts";

/** A mistake in the words behind `sqlproof`, in one sentence. */
export class MisuseError extends Error {
  override readonly name = "MisuseError";
}

/** The options of each command: whether a value follows. */
const commands = {
  check: { frozen: false, offline: false, watch: false, help: false, version: false },
  differential: { seed: true, rows: true, rounds: true, query: true, help: false, version: false },
} as const;

type Command = keyof typeof commands;

/** Other words for `--help` and `--version`, as other programs take them. */
const wordsOf: ReadonlyMap<string, "help" | "version"> = new Map([
  ["help", "help"],
  ["-h", "help"],
  ["version", "version"],
  ["-v", "version"],
]);

/** What is wanted, with the values of its options; those without a value have an empty one. */
export interface CommandLine {
  readonly command: Command | "help" | "version";
  readonly options: ReadonlyMap<string, string>;
}

/** Reads the words behind `sqlproof`. Throws `MisuseError`. */
export function readCommandLine(words: readonly string[]): CommandLine {
  for (const wanted of ["help", "version"] as const)
    if (words.includes(`--${wanted}`)) return { command: wanted, options: new Map() };
  const first = words.find((word) => !word.startsWith("-"));
  const alone = wordsOf.get(first ?? words[0] ?? "");
  if (alone !== undefined) return { command: alone, options: new Map() };
  const command = commandOf(first);
  const options = new Map<string, string>();
  const rest = [...words];
  rest.splice(words.indexOf(command), 1);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const wanted = wordsOf.get(word);
    if (wanted !== undefined) return { command: wanted, options: new Map() };
    const [name = "", ...given] = word.split("=");
    const takesValue = optionOf(command, name);
    if (!takesValue && given.length > 0) throw new MisuseError(`${name} takes no value`);
    const value = given.length > 0 || !takesValue ? given.join("=") : rest.shift();
    const isMissing = value === undefined || value === "" || (given.length === 0 && value.startsWith("--"));
    if (takesValue && isMissing) throw new MisuseError(`${name} takes a value`);
    if (options.has(name.slice(2))) throw new MisuseError(`${name} is given twice`);
    options.set(name.slice(2), value ?? "");
  }
  const [one, other] = ["offline", "frozen", "watch"].filter((name) => options.has(name));
  if (other !== undefined) throw new MisuseError(`--${one} and --${other} exclude each other`);
  return { command, options };
}

function commandOf(word: string | undefined): Command {
  if (word === "check" || word === "differential") return word;
  if (word === undefined) throw new MisuseError("name a command: check or differential");
  const meant = nearest(word, [...Object.keys(commands), "help", "version"]);
  const instead = meant === null ? "it has check, differential, help and version" : `write ${meant}`;
  throw new MisuseError(`"${word}" is no command: ${instead}`);
}

/** Whether an option takes a value. */
function optionOf(command: Command, word: string): boolean {
  if (!word.startsWith("-"))
    throw new MisuseError(
      command === "check"
        ? `check takes no "${word}": sqlproof.json names the files`
        : `differential takes no "${word}": --query selects queries`,
    );
  const known = new Map<string, boolean>(
    Object.entries(commands[command]).map(([name, takes]) => [`--${name}`, takes]),
  );
  const takesValue = known.get(word);
  if (takesValue !== undefined) return takesValue;
  const meant = word.startsWith("--") ? nearest(word, [...known.keys()]) : null;
  const instead = meant === null ? `it has ${[...known.keys()].join(", ")}` : `write ${meant}`;
  throw new MisuseError(`${word} is no option of ${command}: ${instead}`);
}
