// Everything that happens before the server starts: `config.ts` reads the settings, `open-database.ts` opens and
// migrates the database, `pages/` runs the pages, and `start-errors.ts` explains why a start failed.
import { readFileSync } from "node:fs";
import { backupConfig } from "../backup/settings.ts";
import { otlpHeadersVariable, watchConfig } from "../watch/settings.ts";

import { readCommandLine } from "./command-line.ts";
import { command, isSingleFile } from "./paths.ts";
import type { Setting } from "./setting.ts";
import { settingConflicts } from "./setting-conflicts.ts";
import { SettingError } from "./setting-values.ts";
import { type Config, settings } from "./settings.ts";
import { clientSecretVariable, signOnConfig } from "./sign-on-settings.ts";
import { versionText } from "./version.ts";

type SettingName = keyof typeof settings;

/** The result of reading the command line: settings to run with, the text to print instead, or errors. */
export type Invocation =
  | { readonly kind: "run"; readonly config: Config }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "version"; readonly text: string }
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/** Reads each setting from the command line, the environment or its default, and reports all errors together. */
export function parseConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation {
  const { given, help, version, errors } = readCommandLine(args, Object.values(settings));
  if (help) return { kind: "help", text: helpText() };
  if (version) return { kind: "version", text: versionText() };
  const textOf = (variable: string) => valueIn(environment, variable, errors);
  const read = <T>({ option, variable, fallback, parse }: Setting<T>): T => {
    const onCommandLine = given.get(option);
    const value = onCommandLine ?? (textOf(variable) || fallback);
    const parsed = parse(value);
    if (!(parsed instanceof SettingError)) return parsed;
    errors.push(`${onCommandLine === undefined ? variable : `--${option}`}: ${parsed.message}`);
    const parsedDefault = parse(fallback);
    if (parsedDefault instanceof SettingError)
      throw new Error(`The default of --${option} is wrong: ${parsedDefault.message}`);
    return parsedDefault;
  };
  const url = read(settings.publicUrl);
  const config: Config = {
    port: read(settings.port),
    host: read(settings.host),
    hostNames: [...read(settings.hostNames), ...(url === null ? [] : [url.hostname])],
    publicUrl: url,
    trustedProxies: read(settings.trustedProxies),
    ...signOnConfig(read, textOf(clientSecretVariable)),
    ...backupConfig(read),
    openToEveryone: read(settings.openToEveryone),
    requireSecondFactor: read(settings.requireSecondFactor),
    anonymous: read(settings.anonymous),
    anonymousNetworks: read(settings.anonymousNetworks),
    webPort: read(settings.webPort),
    pages: read(settings.pages),
    database: read(settings.database),
    noSample: read(settings.noSample),
    sampleDate: read(settings.sampleDate),
    checkUpgrade: read(settings.checkUpgrade),
    checkFolder: read(settings.checkFolder),
    logLevel: read(settings.logLevel),
    ...watchConfig(read, environment[otlpHeadersVariable]),
    requireIfMatch: read(settings.requireIfMatch),
    requireIdempotencyKey: read(settings.requireIdempotencyKey),
    corsOrigins: read(settings.corsOrigins).flatMap((origin) =>
      origin === "pages"
        ? [...originsOfPages(read(settings.host), read(settings.webPort)), ...(url === null ? [] : [url.origin])]
        : [origin],
    ),
    poolSize: read(settings.poolSize),
    maxInFlight: read(settings.maxInFlight),
    acquireTimeoutMs: read(settings.acquireTimeoutMs),
    statementTimeoutMs: read(settings.statementTimeoutMs),
    allowImport: read(settings.allowImport),
    reusePort: read(settings.reusePort),
    noticeMs: read(settings.noticeMs),
    stopTimeoutMs: read(settings.stopTimeoutMs),
  };
  if (errors.length === 0) errors.push(...settingConflicts(config));
  return errors.length === 0 ? { kind: "run", config } : { kind: "errors", errors: [...new Set(errors)] };
}

/** A variable, or the content of the file that NAME_FILE names: containers and service managers give secrets so. */
function valueIn(
  environment: Readonly<Record<string, string | undefined>>,
  variable: string,
  errors: string[],
): string | undefined {
  const file = environment[`${variable}_FILE`];
  if (environment[variable] || !file) return environment[variable];
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    errors.push(`${variable}_FILE: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** The origins of the pages as a browser on this computer names them. Front ends of the original API use them too. */
function originsOfPages(host: string, port: number): readonly string[] {
  // A free port is picked later, so its origin is not known yet.
  if (port === 0) return [];
  const listensEverywhere = host === "0.0.0.0" || host === "::";
  const names = new Set([
    "localhost",
    "127.0.0.1",
    listensEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host,
  ]);
  const urls = [...names].map((name) => `http://${name}:${port}`);
  return urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : []));
}

const usage = [
  "  npm start                              create data/northwind.db if it is missing; serve the API and the pages",
  "  npm start -- --no-pages                serve the API only",
  "  npm start -- --port 9000               options follow the two dashes",
  "  npm run COMMAND -- --help              explains a command: backup, restore, verify, prove, move or user",
];

const singleFileUsage = [
  `  ${command.padEnd(39)}create data/northwind.db in the current folder if it is missing; serve API and pages`,
  `  ${`${command} --no-pages`.padEnd(39)}serve the API only`,
  `  ${`${command} --port 9000`.padEnd(39)}with options; a relative FILE is resolved in the current folder`,
  `  ${`${command} COMMAND --help`.padEnd(39)}explains a command: backup, restore, verify, prove, move, user or ready`,
];

function helpText(): string {
  const all: SettingName[] = Object.keys(settings).filter((name): name is SettingName => name in settings);
  const names = isSingleFile ? all.filter((name) => name !== "pages") : all;
  const rows = names.map((name) => {
    const { option, variable, placeholder, fallback, meaning } = settings[name];
    const head = `  --${option}${placeholder === null ? "" : ` ${placeholder}`}`;
    const byDefault = placeholder === null ? "" : ` Default: ${fallback}.`;
    return `${head.padEnd(32)}${meaning}${byDefault}\n${" ".repeat(32)}Environment: ${variable}`;
  });
  return [
    "Northwind Orders: an order desk and its API, on an embedded database or on MariaDB.",
    "",
    ...(isSingleFile ? singleFileUsage : usage),
    "",
    ...rows,
    "  --help                          Show this help and exit.",
    "  --version                       Show the version and the last step of its schema, and exit.",
    "",
    "An option overrides its environment variable. NAME_FILE=/path gives a variable from a file, such as a secret.",
    "Ctrl-C finishes the requests in flight and stops; a second Ctrl-C stops at once.",
  ].join("\n");
}
