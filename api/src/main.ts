import type { MigrationOutcome } from "sqlproof/migrations";
import type { AccessOptions } from "./access/current.ts";
import { FirstUserLink } from "./access/first-user/link.ts";
import type { SingleSignOnSettings } from "./access/single-sign-on/provider.ts";
import { backUpBeforeSteps, refuseNewBesideBackups } from "./backup/before-migration.ts";
import { backupsOf } from "./backup/schedule.ts";
import { completeData } from "./first-data.ts";
import { createLog } from "./http/log.ts";
import type { RunningServer, ServerConfig } from "./http/server.ts";
import type { MailSettings } from "./mail/mailer.ts";
import { commandIn } from "./start/commands.ts";
import { type Invocation, parseConfig } from "./start/config.ts";
import { describeDatabase } from "./start/database-url.ts";
import { openDatabase, reportSource } from "./start/open-database.ts";
import { type Pages, startPages } from "./start/pages/process.ts";
import { isSingleFile } from "./start/paths.ts";
import type { Config } from "./start/settings.ts";
import { NoUserError, startError, TakenPortError } from "./start/start-errors.ts";
import { stopOnSignal } from "./start/stop/on-signal.ts";
import { surroundingsOf } from "./start/warnings/surroundings.ts";
import { startWarnings } from "./start/warnings/warnings.ts";
import { reachableHost, wayIn } from "./start/way-in.ts";
import { writesToJournal } from "./watch/journal.ts";
import type { LogFile } from "./watch/log-file.ts";
import { backupMetrics } from "./watch/process.ts";
import { startWatching } from "./watch/trace/start.ts";

const given = process.argv.slice(2);
const command = await commandIn(given);
if (command !== null) process.exit(await command.run(given.slice(1)));
const invocation = isSingleFile ? ofSingleFile(given) : parseConfig(given, process.env);
if (invocation.kind === "help" || invocation.kind === "version") console.log(invocation.text);
else if (invocation.kind === "errors") fail(invocation.errors);
else if (invocation.config.checkUpgrade) process.exitCode = await checked(invocation.config);
else await start(invocation.config).catch((error: unknown) => fail([startError(error, invocation.config)], error));

/** Tries the upgrade on a copy and starts nothing. */
async function checked(config: Config): Promise<0 | 1> {
  const { checkUpgrade } = await import("./upgrade/check.ts");
  return checkUpgrade(config, say).catch((error: unknown) => fail([startError(error, config)], error));
}

async function start(config: Config): Promise<void> {
  const begin = performance.now();
  refuseTakenPorts(config);
  const { log, logFile, watching } = await openLog(config);
  // Load the server while the database opens. Importing it here makes an unproven query a start error.
  const [opened, { startServer }, { createReporter }, { CurrentCompany }, { CurrentAccess }] = await Promise.all([
    openDatabase(config, (line) => say("Schema", line), {
      onClusterEvent: ({ event, ...about }) => log.write("warn", event, about),
      onStatement: watching.onStatement,
      beforeNew: () => refuseNewBesideBackups(config),
      beforeSteps: (steps) => backUpBeforeSteps(config, steps, (line) => say("Backup", line)),
    }),
    import("./http/server.ts"),
    import("./report-list.ts"),
    import("./company/current.ts"),
    import("./access/current.ts"),
  ]);
  const { created, migration } = opened;
  sayDatabase(config, created, migration);
  const database = watching.over(opened.database);
  await completeData(config, { database, migration }, say);
  const reporter = createReporter(database, reportSource(config), { onStatement: watching.onReportStatement });
  const company = await CurrentCompany.open(database);
  const open = wayIn(config);
  const access = await CurrentAccess.open(database, accessOptions(config, open === null || config.openToEveryone));
  const isLocked = access.isEmpty && open !== null && !config.openToEveryone;
  const firstUserLink = isLocked ? linkForFirstUser(config, open) : null;
  const backups = backupsOf(config, log, import.meta.path);
  const age = backups === null ? [] : [backupMetrics(() => backups.lastAt())];
  const metrics = [...watching.metrics, ...age, ...(logFile === null ? [] : [logFile.metrics()])];
  const server = startServer({
    config: serverConfig(config),
    ...{ database, company, access, firstUserLink, reporter, log, metrics, tracer: watching.tracer },
  });
  const pages = startingPages(config, server);
  const { foldRegularly } = await import("northwind-schema/unfolded");
  const folding = foldRegularly(database, (error) =>
    log.write("warn", "failure", { code: "texts-not-folded", reason: String(error) }),
  );
  const reopen = logFile === null ? null : () => logFile.reopen().catch((error) => say("Log", String(error)));
  const close = async () => {
    backups?.stop();
    folding.stop();
    for (const one of [reporter, database, watching]) await one.close();
  };
  stopOnSignal({ server, noticeMs: config.noticeMs, pages, onHangUp: reopen, close, say });
  const url = urlOf(config, server.port);
  say("API", `${url}   ready in ${Math.round(performance.now() - begin)} ms, Ctrl-C stops it`);
  for (const warning of startWarnings(config, surroundingsOf(config, given))) say("Warning", warning);
  if (access.isOpen && open !== null) say("Open", `${open}: whoever gets here may read and change everything`);
  if (pages !== null) say("Pages", `${(await pages).url}   ready in ${Math.round(performance.now() - begin)} ms`);
  if (firstUserLink !== null && pages !== null) sayLink(config.publicUrl?.origin ?? (await pages).url, firstUserLink);
  say("Try", `curl '${url}/api/orders?limit=1'`);
}

function sayDatabase(config: Config, created: boolean, { applied, adopted }: MigrationOutcome): void {
  say("Database", `${describeDatabase(config.database)}${created ? ", created" : ""}`);
  if (applied.length > 0) say("Schema", `${applied.length} steps applied${adopted ? ", existing data adopted" : ""}`);
}

/** Opens the log, which goes to standard output or to a file, and starts to watch as the settings ask for it. */
async function openLog(config: Config) {
  const logFile = config.logFile === null ? null : await openLogFile(config.logFile);
  const sink = logFile === null ? {} : { sink: (lines: string) => logFile.write(lines) };
  const log = createLog(config.logLevel, { isJournal: logFile === null && writesToJournal(process.env), ...sink });
  return { log, logFile, watching: await startWatching(config, config.database.engine, log) };
}

async function openLogFile(path: string): Promise<LogFile> {
  const { LogFile } = await import("./watch/log-file.ts");
  return LogFile.open(path);
}

/**
 * Beyond this machine nothing is answered before there is a user. Whoever reads what this program prints makes the first
 * one in the pages; without pages, or with other processes on the same port, it is made on the command line.
 */
function linkForFirstUser({ pages, reusePort }: Config, open: string): FirstUserLink {
  if (pages === null || reusePort) throw new NoUserError(open);
  return new FirstUserLink();
}

function sayLink(origin: string, { secret }: FirstUserLink): void {
  say("Locked", "there is no user yet, and nothing is answered before. Make the first one within 15 minutes:");
  say("", `${origin}/first-user#${secret}`);
}

function accessOptions(config: Config, isOpenWithoutUsers: boolean): AccessOptions {
  const { hasSecureCookies } = serverConfig(config);
  return {
    ...anonymousOf(config),
    ...{ requiresSecondFactor: config.requireSecondFactor, isOpenWithoutUsers, hasSecureCookies },
  };
}

/** Whoever asks without signing in, if that is meant. */
function anonymousOf({ anonymous: role, anonymousNetworks: networks }: Config): Pick<AccessOptions, "anonymous"> {
  return role === null ? {} : { anonymous: { role, networks } };
}

/** The pages are a proxy on this machine: what they say of a browser's address is believed while they run. */
function serverConfig(config: Config): ServerConfig & { readonly hasSecureCookies: boolean } {
  const ownPages = config.pages === null ? [] : ["127.0.0.1", "::1"];
  return {
    ...config,
    writePolicy: config,
    hasSecureCookies: config.publicUrl?.protocol === "https:",
    trustedProxies: [...config.trustedProxies, ...ownPages],
    singleSignOn: singleSignOn(config),
    mail: mail(config),
  };
}

/** Null if no mail is sent; half of it does not get here. */
function mail({ smtpUrl: server, mailFrom: from, publicUrl }: Config): MailSettings | null {
  return server === null || from === null || publicUrl === null ? null : { server, from, publicUrl };
}

/** Null if it is not set up; half of it does not get here. */
function singleSignOn(config: Config): SingleSignOnSettings | null {
  const { oidcIssuer: issuer, oidcClientId: clientId, publicUrl } = config;
  if (issuer === null || clientId === null || publicUrl === null) return null;
  const { oidcClientSecret: clientSecret, oidcName: name, oidcRolesClaim: rolesClaim } = config;
  return { issuer, clientId, clientSecret, name, rolesClaim, publicUrl };
}

/** The single file has pages of its own, and takes `--no-pages` as `npm start` does. */
function ofSingleFile(options: readonly string[]): Invocation {
  const others = options.filter((option) => option !== "--no-pages");
  const isWithout = others.length < options.length || process.env.PAGES === "none";
  return parseConfig(others, { ...process.env, PAGES: isWithout ? "none" : "its own" });
}

/** Starts the pages, which are a client of the API, after the API. Nothing waits for them. */
function startingPages(config: Config, server: RunningServer): Promise<Pages> | null {
  const { pages: program, host, hostNames, webPort: port } = config;
  if (program === null) return null;
  const onLine = (line: string) => say("Pages", line);
  const starting = startPages({
    program,
    host,
    hostNames,
    publicUrl: config.publicUrl,
    port,
    shownHost: reachableHost(host),
    apiUrl: urlOf(config, server.port),
    onLine,
  });
  return starting.then((pages) => {
    server.pagesAt(pages.url);
    return pages;
  });
}

function urlOf({ host }: Config, port: number): string {
  return `http://${reachableHost(host)}:${port}`;
}

/** Checks the ports before anything is created, because the server binds them last. */
function refuseTakenPorts({ host, port, reusePort, pages, webPort }: Config): void {
  // A shared port cannot be checked like this: the check would take connections from the other processes.
  if (!reusePort) refuseTakenPort(host, port, "--port");
  if (pages !== null) refuseTakenPort(host, webPort, "--web-port");
}

function refuseTakenPort(hostname: string, port: number, option: "--port" | "--web-port"): void {
  if (port === 0) return;
  try {
    Bun.listen({ hostname, port, socket: { data() {} } }).stop(true);
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw isTaken ? new TakenPortError(hostname, port, option) : error;
  }
}

function say(topic: string, text: string): void {
  console.log(`${topic.padEnd(10)}${text}`);
}

/** Prints one line per error, with the stack only if LOG_LEVEL is debug, and exits with 1. */
function fail(errors: readonly string[], cause?: unknown): never {
  for (const error of errors) console.error(error);
  if (process.env.LOG_LEVEL === "debug" && cause instanceof Error) console.error(cause.stack);
  process.exit(1);
}
