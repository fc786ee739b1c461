import { hostname } from "node:os";
import type { Database, StatementObserver } from "sqlproof";
import { version } from "../../../../package.json" with { type: "json" };
import type { MetricsPart } from "../metrics.ts";
import type { WatchConfig } from "../settings.ts";
import { activeSpan } from "./context.ts";
import type { Tracer } from "./tracer.ts";

/** The log, as far as it is needed here. */
interface WatchLog {
  write(
    level: "warn",
    event: "slow-statement" | "failure" | "outage-over",
    fields: Readonly<Record<string, string | number | boolean | null>>,
  ): void;
}

/** What watches statements and requests, as the settings ask for it. */
export interface Watching {
  /** Undefined if nobody watches: then statements cost what they cost without. */
  readonly onStatement: StatementObserver | undefined;
  /** The same for the statements of the report thread, which sends only slow ones. */
  readonly onReportStatement: StatementObserver | undefined;
  readonly tracer: Tracer | null;
  readonly metrics: readonly MetricsPart[];
  /** The database as the server shall use it. */
  over(database: Database): Database;
  close(): Promise<void>;
}

/** Loads and starts what the settings ask for, and nothing else. */
export async function startWatching(
  config: WatchConfig,
  engine: "mariadb" | "sqlite",
  log: WatchLog,
): Promise<Watching> {
  const slow = await slowStatements(config, log);
  const traces = await tracing(config, engine, log);
  const observers = [...(slow === null ? [] : [slow.saw]), ...(traces === null ? [] : [traces.tracer.saw])];
  const [first, second] = observers;
  return {
    onStatement:
      first === undefined || second === undefined
        ? first
        : (statement) => {
            first(statement);
            second(statement);
          },
    onReportStatement: slow?.saw,
    tracer: traces?.tracer ?? null,
    metrics: [...(slow === null ? [] : [slow.metrics]), ...(traces === null ? [] : [traces.metrics])],
    over(database) {
      slow?.planWith(database);
      return traces?.over(database) ?? database;
    },
    close: async () => traces?.close(),
  };
}

async function slowStatements({ slowStatementMs: fromMs }: WatchConfig, log: WatchLog) {
  if (fromMs === null) return null;
  const { SlowStatements } = await import("../slow/slow-statements.ts");
  const slow = new SlowStatements({ fromMs, write: (line) => log.write("warn", "slow-statement", { ...line }) });
  const saw: StatementObserver = (statement) => slow.saw(statement, activeSpan()?.options.traceId ?? null);
  return { saw, metrics: slow.metrics(), planWith: (database: Database) => slow.planWith(database) };
}

async function tracing(config: WatchConfig, engine: string, log: WatchLog) {
  const { otlpEndpoint: endpoint, otlpHeaders: headers, traceSample } = config;
  if (endpoint === null) return null;
  const [{ Tracer }, { Exporter }, { tracedDatabase }] = await Promise.all([
    import("./tracer.ts"),
    import("./exporter.ts"),
    import("./traced-database.ts"),
  ]);
  const resource = { service: "northwind", version, instance: `${hostname()}:${process.pid}` };
  const exporter = new Exporter({
    ...{ endpoint, headers, resource },
    onChange: (problem) =>
      problem === null
        ? log.write("warn", "outage-over", { code: "traces-not-exported" })
        : log.write("warn", "failure", { code: "traces-not-exported", reason: problem }),
  });
  const tracer = new Tracer({ share: traceSample, engine, take: exporter.take });
  return {
    tracer,
    metrics: exporter.metrics(),
    over: (database: Database) => tracedDatabase(database, tracer),
    close: () => exporter.close(),
  };
}
