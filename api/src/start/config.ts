import { readCommandLine } from "./command-line.ts";
import { command, isSingleFile } from "./paths.ts";
import { impossible } from "./setting-conflicts.ts";
import { SettingError } from "./setting-values.ts";
import { type Config, type Setting, settings } from "./settings.ts";

type SettingName = keyof typeof settings;

/** What the command line asks for: a run with these settings, the help text, or nothing because of these errors. */
export type Invocation =
  | { readonly kind: "run"; readonly config: Config }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/** Reads the command line, then the environment, then the defaults; names every error at once. */
export function parseConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation {
  const { given, help, errors } = readCommandLine(args, Object.values(settings));
  if (help) return { kind: "help", text: helpText() };
  const read = <T>({ option, variable, fallback, parse }: Setting<T>): T => {
    const onCommandLine = given.get(option);
    const value = onCommandLine ?? (environment[variable] || fallback);
    const parsed = parse(value);
    if (!(parsed instanceof SettingError)) return parsed;
    errors.push(`${onCommandLine === undefined ? variable : `--${option}`}: ${parsed.words}`);
    const standIn = parse(fallback);
    if (standIn instanceof SettingError) throw new Error(`The default of --${option} is wrong: ${standIn.words}`);
    return standIn;
  };
  const config: Config = {
    port: read(settings.port),
    host: read(settings.host),
    webPort: read(settings.webPort),
    pages: read(settings.pages),
    database: read(settings.database),
    noSample: read(settings.noSample),
    sampleDate: read(settings.sampleDate),
    logLevel: read(settings.logLevel),
    requireIfMatch: read(settings.requireIfMatch),
    requireIdempotencyKey: read(settings.requireIdempotencyKey),
    corsOrigins: read(settings.corsOrigins).flatMap((origin) =>
      origin === "pages" ? originsOfPages(read(settings.host), read(settings.webPort)) : [origin],
    ),
    poolSize: read(settings.poolSize),
    maxInFlight: read(settings.maxInFlight),
    acquireTimeoutMs: read(settings.acquireTimeoutMs),
    statementTimeoutMs: read(settings.statementTimeoutMs),
    reusePort: read(settings.reusePort),
    noticeMs: read(settings.noticeMs),
    stopTimeoutMs: read(settings.stopTimeoutMs),
  };
  if (errors.length === 0) errors.push(...impossible(config));
  return errors.length === 0 ? { kind: "run", config } : { kind: "errors", errors };
}

/** Where the pages are, as a browser on this computer names it: a front end of the original's stands there as well. */
function originsOfPages(host: string, port: number): readonly string[] {
  // A free port is not known before it is taken.
  if (port === 0) return [];
  const isEverywhere = host === "0.0.0.0" || host === "::";
  const names = new Set([
    "localhost",
    "127.0.0.1",
    isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host,
  ]);
  const urls = [...names].map((name) => `http://${name}:${port}`);
  return urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : []));
}

const calls = [
  "  npm start                              create data/northwind.db if it is missing; serve it and its pages",
  "  npm start -- --no-pages                the API alone",
  "  npm start -- --port 9000               options stand after the two dashes",
];

const callsOfSingleFile = [
  `  ${command.padEnd(39)}create data/northwind.db in the current folder if it is missing; serve it`,
  `  ${`${command} --port 9000`.padEnd(39)}options stand behind it; a relative FILE begins in the current folder`,
];

function helpText(): string {
  const all: SettingName[] = Object.keys(settings).filter((name): name is SettingName => name in settings);
  const names = isSingleFile ? all.filter((name) => name !== "pages" && name !== "webPort") : all;
  const rows = names.map((name) => {
    const { option, variable, placeholder, fallback, meaning } = settings[name];
    const head = `  --${option}${placeholder === null ? "" : ` ${placeholder}`}`;
    const standard = placeholder === null ? "" : ` Default: ${fallback}.`;
    return `${head.padEnd(32)}${meaning}${standard}\n${" ".repeat(32)}Environment: ${variable}`;
  });
  return [
    "Northwind Orders: an order desk and its API, on an embedded database or on MariaDB.",
    "",
    ...(isSingleFile ? callsOfSingleFile : calls),
    "",
    ...rows,
    "  --help                          Show this and end.",
    "",
    "An option wins over its environment variable. Ctrl-C finishes the requests in flight and stops;",
    "a second Ctrl-C stops at once.",
  ].join("\n");
}
