import { parseArgs } from "node:util";
import { type DatabaseAddress, parseDatabaseUrl } from "./database-url.ts";
import { Fault, logLevels, oneOf, origins, text, wholeNumber, yesOrNo } from "./setting-values.ts";

/** One setting: an option, the environment variable beside it, and how its text becomes a value. */
interface Setting<T> {
  readonly option: string;
  readonly variable: string;
  /** What stands for the value in `--help`; null for a switch, which takes none. */
  readonly placeholder: string | null;
  readonly fallback: string;
  readonly meaning: string;
  readonly parse: (value: string) => T | Fault;
}

const setting = <T>(value: Setting<T>): Setting<T> => value;

/** Every setting there is. The command line, the environment and `--help` all come from this table. */
const settings = {
  port: setting({
    option: "port",
    variable: "PORT",
    placeholder: "NUMBER",
    fallback: "8000",
    meaning: "Port to listen on; 0 takes a free one.",
    parse: wholeNumber("a port", 0, 65_535),
  }),
  host: setting({
    option: "host",
    variable: "HOST",
    placeholder: "ADDRESS",
    fallback: "127.0.0.1",
    meaning: "Address to listen on; 0.0.0.0 lets other machines in.",
    parse: text("an address"),
  }),
  database: setting({
    option: "database",
    variable: "DATABASE_URL",
    placeholder: "URL",
    fallback: "sqlite:data/northwind.db",
    meaning: "sqlite:FILE, or mysql://USER:PASSWORD@HOST:PORT/NAME for MariaDB.",
    parse: parseDatabaseUrl,
  }),
  noSample: setting({
    option: "no-sample",
    variable: "NO_SAMPLE",
    placeholder: null,
    fallback: "no",
    meaning: "Leave a database that is created now empty: no sample company.",
    parse: yesOrNo,
  }),
  logLevel: setting({
    option: "log-level",
    variable: "LOG_LEVEL",
    placeholder: "LEVEL",
    fallback: "info",
    meaning: `Least serious lines to log: ${logLevels.join(", ")}.`,
    parse: oneOf(logLevels),
  }),
  requireIfMatch: setting({
    option: "require-if-match",
    variable: "REQUIRE_IF_MATCH",
    placeholder: null,
    fallback: "no",
    meaning: "Refuse to change or delete (428) without the ETag that was read.",
    parse: yesOrNo,
  }),
  requireIdempotencyKey: setting({
    option: "require-idempotency-key",
    variable: "REQUIRE_IDEMPOTENCY_KEY",
    placeholder: null,
    fallback: "no",
    meaning: "Refuse to write (400) without an Idempotency-Key.",
    parse: yesOrNo,
  }),
  corsOrigins: setting({
    option: "cors-origins",
    variable: "CORS_ORIGINS",
    placeholder: "LIST",
    fallback: "",
    meaning: "Origins whose pages may call the API, separated by commas.",
    parse: origins,
  }),
  poolSize: setting({
    option: "pool-size",
    variable: "POOL_SIZE",
    placeholder: "NUMBER",
    fallback: "10",
    meaning: "Most connections to MariaDB at once.",
    parse: wholeNumber("a number of connections", 1, 1000),
  }),
  acquireTimeoutMs: setting({
    option: "acquire-timeout-ms",
    variable: "ACQUIRE_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "3000",
    meaning: "How long a request waits for a connection to MariaDB.",
    parse: wholeNumber("a time in milliseconds", 1, 60_000),
  }),
  // Shorter than the server's idle limit of 10 s: a client must get an answer, not a cut connection.
  statementTimeoutMs: setting({
    option: "statement-timeout-ms",
    variable: "STATEMENT_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "8000",
    meaning: "How long MariaDB may work on one statement.",
    parse: wholeNumber("a time in milliseconds", 1, 60_000),
  }),
  stopTimeoutMs: setting({
    option: "stop-timeout-ms",
    variable: "STOP_TIMEOUT_MS",
    placeholder: "NUMBER",
    fallback: "10000",
    meaning: "How long requests in flight may take to finish when the program is stopped.",
    parse: wholeNumber("a time in milliseconds", 0, 600_000),
  }),
};

type SettingName = keyof typeof settings;

/** Everything that can be set, parsed once at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly database: DatabaseAddress;
  readonly noSample: boolean;
  readonly logLevel: (typeof logLevels)[number];
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
  readonly corsOrigins: readonly string[];
  readonly poolSize: number;
  readonly acquireTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly stopTimeoutMs: number;
}

/** What the command line asks for: a run with these settings, help, or nothing because of these faults. */
export type Request =
  | { readonly kind: "run"; readonly config: Config }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

/** Reads the command line, then the environment, then the defaults; names every fault at once. */
export function parseConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Request {
  const { given, help, faults } = readCommandLine(args);
  if (help) return { kind: "help", text: helpText() };
  const read = <T>({ option, variable, fallback, parse }: Setting<T>): T => {
    const onCommandLine = given.get(option);
    const value = onCommandLine ?? (environment[variable] || fallback);
    const parsed = parse(value);
    if (!(parsed instanceof Fault)) return parsed;
    faults.push(`${onCommandLine === undefined ? variable : `--${option}`}: ${parsed.words}`);
    const standIn = parse(fallback);
    if (standIn instanceof Fault) throw new Error(`The default of --${option} is wrong: ${standIn.words}`);
    return standIn;
  };
  const config: Config = {
    port: read(settings.port),
    host: read(settings.host),
    database: read(settings.database),
    noSample: read(settings.noSample),
    logLevel: read(settings.logLevel),
    requireIfMatch: read(settings.requireIfMatch),
    requireIdempotencyKey: read(settings.requireIdempotencyKey),
    corsOrigins: read(settings.corsOrigins),
    poolSize: read(settings.poolSize),
    acquireTimeoutMs: read(settings.acquireTimeoutMs),
    statementTimeoutMs: read(settings.statementTimeoutMs),
    stopTimeoutMs: read(settings.stopTimeoutMs),
  };
  return faults.length === 0 ? { kind: "run", config } : { kind: "faults", faults };
}

interface CommandLine {
  readonly given: ReadonlyMap<string, string>;
  readonly help: boolean;
  readonly faults: string[];
}

function readCommandLine(args: readonly string[]): CommandLine {
  const switches = Object.values(settings).filter(({ placeholder }) => placeholder === null);
  const options = {
    help: { type: "boolean", short: "h" } as const,
    ...Object.fromEntries(Object.values(settings).map(({ option }) => [option, { type: "string" } as const])),
    ...Object.fromEntries(switches.map(({ option }) => [option, { type: "boolean" } as const])),
  };
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const given = new Map<string, string>();
  const faults: string[] = [];
  let help = false;
  // What follows an unknown option is most likely its value, not a second fault.
  let unknownAt = Number.NaN;
  for (const token of tokens) {
    if (token.kind === "positional" && token.index !== unknownAt + 1) faults.push(strayFault(token.value));
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const known = Object.values(settings).find(({ option }) => option === name);
    if (name === "help") help = true;
    else if (known === undefined) {
      faults.push(unknownFault(rawName));
      unknownAt = token.index;
    } else if (known.placeholder === null && value === undefined) given.set(name, "yes");
    else if (known.placeholder === null) faults.push(`--${name} takes no value.`);
    else if (value === undefined || value === "" || value.startsWith("--")) {
      faults.push(`--${name} needs a value: --${name} ${known.placeholder}.`);
    } else if (given.has(name)) faults.push(`--${name} is given twice.`);
    else given.set(name, value);
  }
  return { given, help, faults };
}

/** A stray word is not repeated when it looks like a URL: it may hold a password. */
function strayFault(word: string): string {
  if (word.includes("://") || word.startsWith("sqlite:")) return "A database is named with its option: --database URL.";
  return `"${word}" is no option: options begin with --, and \`npm start -- --help\` lists them.`;
}

function unknownFault(rawName: string): string {
  const near = nearestOption(rawName.replace(/^-+/, ""));
  const advice = near === null ? "`npm start -- --help` lists the options." : `did you mean --${near}?`;
  return `Unknown option ${rawName}: ${advice}`;
}

function nearestOption(name: string): string | null {
  const names = [...Object.values(settings).map(({ option }) => option), "help"];
  const ranked = names.map((option) => ({ option, distance: editDistance(name, option) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, Math.floor(name.length / 3)) ? best.option : null;
}

/** The least number of letters to insert, delete or replace (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function helpText(): string {
  const names: SettingName[] = Object.keys(settings).filter((name): name is SettingName => name in settings);
  const rows = names.map((name) => {
    const { option, variable, placeholder, fallback, meaning } = settings[name];
    const head = `  --${option}${placeholder === null ? "" : ` ${placeholder}`}`;
    const standard = fallback === "" || placeholder === null ? "" : ` Default: ${fallback}.`;
    return `${head.padEnd(32)}${meaning}${standard}\n${" ".repeat(32)}Environment: ${variable}`;
  });
  return [
    "Northwind Orders: the orders API on an embedded database or on MariaDB.",
    "",
    "  npm start                              create data/northwind.db if it is missing, and serve it",
    "  npm start -- --port 9000               options stand after the two dashes",
    "",
    ...rows,
    "  --help                          Show this and end.",
    "",
    "An option wins over its environment variable. Ctrl-C finishes the requests in flight and stops;",
    "a second Ctrl-C stops at once.",
  ].join("\n");
}
