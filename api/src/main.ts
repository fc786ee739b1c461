import type { Database } from "sqlproof";
import { today } from "./contract/text.ts";
import { createLog } from "./http/log.ts";
import type { RunningServer } from "./http/server.ts";
import { parseConfig } from "./start/config.ts";
import { describeDatabase } from "./start/database-url.ts";
import { openDatabase, reportSource } from "./start/open-database.ts";
import { isSingleFile } from "./start/paths.ts";
import type { Config } from "./start/settings.ts";
import { startError, TakenPortError } from "./start/start-errors.ts";
import { type Pages, startPages } from "./start/web-process.ts";

/** Ctrl-C in a terminal arrives up to three times at once: directly, through `npm` and through `start.mjs`. */
const signalEchoMs = 1000;

const given = process.argv.slice(2);
const invocation = parseConfig(isSingleFile ? withoutPages(given) : given, process.env);
if (invocation.kind === "help") console.log(invocation.text);
else if (invocation.kind === "errors") fail(invocation.errors);
else
  await start(isSingleFile ? { ...invocation.config, pages: null } : invocation.config).catch((error: unknown) =>
    fail([startError(error, invocation.config)], error),
  );

async function start(config: Config): Promise<void> {
  const begin = performance.now();
  refuseTakenPorts(config);
  const log = createLog(config.logLevel);
  // The server is loaded while the database is asked; and here, so that a query without its proof is an error of the start.
  const [{ database, created, migration }, { startServer }, { createReporter }] = await Promise.all([
    openDatabase(
      config,
      (line) => say("Schema", line),
      ({ event, ...about }) => log.write("warn", event, about),
    ),
    import("./http/server.ts"),
    import("./report-list.ts"),
  ]);
  say("Database", `${describeDatabase(config.database)}${created ? ", created" : ""}`);
  if (migration.applied.length > 0) {
    say("Schema", `${migration.applied.length} steps done${migration.adopted ? ", existing data taken over" : ""}`);
  }
  if (migration.adopted) sayDateUnused(config, "existing data was taken over");
  else await provideSample(config, database);
  const reporter = createReporter(database, reportSource(config));
  const server = startServer({ config: { ...config, writePolicy: config }, database, reporter, log });
  const pages = startingPages(config, server);
  stopOnSignal(server, config.noticeMs, pages, async () => {
    await reporter.close();
    await database.close();
  });
  const url = urlOf(config, server.port);
  say("API", `${url}   ready in ${Math.round(performance.now() - begin)} ms, Ctrl-C stops it`);
  if (pages !== null) say("Pages", `${(await pages).url}   ready in ${Math.round(performance.now() - begin)} ms`);
  if (isSingleFile) say("Pages", "none: this file is the API alone");
  say("Try", `curl '${url}/api/orders?limit=1'`);
}

/** The single file has no pages to leave out; `npm start` takes the option as well, so that a script may give it to both. */
function withoutPages(options: readonly string[]): readonly string[] {
  return options.filter((option) => option !== "--no-pages");
}

/** The pages are a client of the API: they start when it answers, and nothing waits for them. */
function startingPages(config: Config, server: RunningServer): Promise<Pages> | null {
  const { pages: program, host, webPort: port } = config;
  if (program === null) return null;
  const tell = (line: string) => say("Pages", line);
  return startPages({ program, host, port, shownHost: reachableHost(host), apiUrl: urlOf(config, server.port), tell });
}

function urlOf({ host }: Config, port: number): string {
  return `http://${reachableHost(host)}:${port}`;
}

/** Loads the sample company into a database that this program made, or notes that nobody wants it. */
async function provideSample(config: Config, database: Database): Promise<void> {
  const { noSample, sampleDate } = config;
  const { isSampleDecided } = await import("northwind-schema/sample/setup-step");
  if (await isSampleDecided(database)) return sayDateUnused(config, "this database was created before");
  const { declineSample, loadSample } = await import("northwind-schema/sample");
  const begin = performance.now();
  const day = sampleDate ?? today();
  if (noSample) await declineSample(database, day);
  else if (await loadSample(database, day)) {
    say(
      "Sample",
      `a trader with two years of orders before ${day}, loaded in ${Math.round(performance.now() - begin)} ms`,
    );
  }
}

/** Whoever names a day sees why there is no company of that day. */
function sayDateUnused({ sampleDate }: Config, why: string): void {
  if (sampleDate !== null) say("Sample", `--sample-date changes nothing: ${why}`);
}

/** Looked at before anything is created: binding it for real comes last. */
function refuseTakenPorts({ host, port, reusePort, pages, webPort }: Config): void {
  // A shared port cannot be looked at like this: the look itself would take connections from the others.
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

function stopOnSignal(
  server: RunningServer,
  noticeMs: number,
  pages: Promise<Pages> | null,
  close: () => Promise<void>,
): void {
  let firstAt: number | null = null;
  const onSignal = async (signal: NodeJS.Signals) => {
    if (firstAt !== null) {
      if (performance.now() - firstAt < signalEchoMs) return;
      say("Stopped", "at once; requests in flight were cut");
      process.exit(1);
    }
    firstAt = performance.now();
    // A service manager says SIGTERM, and a balancer may still send requests; in a terminal nobody wants to wait.
    const notice = signal === "SIGTERM" ? noticeMs : 0;
    say(
      "Stopping",
      notice > 0 ? `not ready any more; the last requests for ${notice} ms` : "finishing the requests in flight",
    );
    await server.stop(notice);
    // After the API: a page that is still being made gets its answer.
    await (await pages)?.stop();
    await close();
    say("Stopped", "nothing is left open");
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, (name) => void onSignal(name));
}

/** An address that listens everywhere is no address to type. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function say(what: string, words: string): void {
  console.log(`${what.padEnd(10)}${words}`);
}

/** One line per error; the stack only for those who ask for it. */
function fail(errors: readonly string[], cause?: unknown): void {
  for (const error of errors) console.error(error);
  if (process.env.LOG_LEVEL === "debug" && cause instanceof Error) console.error(cause.stack);
  process.exit(1);
}
