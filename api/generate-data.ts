// `npm run generate-data`: fills a database with any number of realistic orders.
import { parseArgs } from "node:util";
import { generateOrders } from "../schema/sample/generate.ts";
import { loadSample, sampleTimeZone } from "../schema/sample/load.ts";
import { Progress } from "../schema/sample/progress.ts";
import { backUpBeforeSteps } from "./src/backup/before-migration.ts";
import { businessDay } from "./src/company/business-time.ts";
import { companyRow } from "./src/company/queries.ts";
import { parseConfig } from "./src/start/config.ts";
import { describeDatabase } from "./src/start/database-url.ts";
import { openDatabase } from "./src/start/open-database.ts";
import { SettingError, sampleDay } from "./src/start/setting-values.ts";
import type { Config } from "./src/start/settings.ts";
import { startError } from "./src/start/start-errors.ts";

const help = `Fills a database with realistic orders, their details and invoices, and customers in proportion

Usage: npm run generate-data -- [options]

  --orders NUMBER    How many orders to add. Default: 10000.
  --seed NUMBER      The same seed creates the same rows on equal databases, on every engine. Default: 1.
  --today DAY        Date the orders within the five years before DAY, like 2024-01-15 (SAMPLE_DATE). Default: today.
  --database URL     sqlite:FILE, or mysql://USER:PASSWORD@HOST:PORT/NAME for MariaDB (DATABASE_URL).
                     Default: sqlite:data/northwind.db. A missing database is created, with the sample company.
  --help             Print this.
`;

const mostOrders = 100_000_000;
/** A transaction of many rows takes longer than any request may. */
const statementTimeoutMs = 600_000;

interface Options {
  readonly orders: number;
  readonly seed: number;
  /** Null for the business day of the company. */
  readonly today: string | null;
  readonly config: Config;
}

/** The options of the command line, "help", or the words that say what is wrong. */
function readCommandLine(): Options | "help" | string {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      options: { orders: text, seed: text, today: text, database: text, help: { type: "boolean" } },
    });
    if (values.help) return "help";
    const orders = wholeNumber("--orders", values.orders ?? "10000", mostOrders);
    const seed = wholeNumber("--seed", values.seed ?? "1", 0xffff_ffff);
    const request = parseConfig(values.database === undefined ? [] : ["--database", values.database], process.env);
    if (request.kind !== "run") return request.kind === "errors" ? request.errors.join("\n") : "help";
    return {
      orders,
      seed,
      today: day(values.today, request.config),
      config: { ...request.config, statementTimeoutMs },
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function wholeNumber(option: string, value: string, most: number): number {
  const number = /^\d{1,10}$/.test(value) ? Number.parseInt(value, 10) : -1;
  if (number < 0 || number > most) throw new Error(`${option} must be a whole number from 0 to ${most}.`);
  return number;
}

function day(value: string | undefined, { sampleDate }: Config): string | null {
  if (value === undefined || value === "today") return sampleDate;
  const parsed = sampleDay(value);
  if (parsed instanceof SettingError) throw new Error(`--today: ${parsed.message}`);
  return parsed;
}

async function fill({ orders, seed, today: wantedDay, config }: Options): Promise<void> {
  const { database, migration } = await openDatabase(config, console.log, {
    beforeSteps: (steps) => backUpBeforeSteps(config, steps, console.log),
  });
  try {
    if (!migration.adopted && (await loadSample(database, wantedDay ?? businessDay(sampleTimeZone))))
      console.log("The sample company is loaded.");
    const today = wantedDay ?? businessDay((await database.one(companyRow)).time_zone);
    console.log(`Adding ${orders} orders to ${describeDatabase(config.database)} ...`);
    const progress = new Progress(orders, console.log);
    const made = await generateOrders(database, { orders, seed, today, onProgress: (done) => progress.at(done) });
    console.log(
      `Added ${made.orders} orders with ${made.details} details and ${made.invoices} invoices, ` +
        `${made.customers} customers and ${made.employees} employees in ${progress.summary()}.`,
    );
  } finally {
    await database.close();
  }
}

const options = readCommandLine();
if (options === "help") {
  console.log(help);
} else if (typeof options === "string") {
  console.error(`${options}\nnpm run generate-data -- --help explains the options.`);
  process.exitCode = 1;
} else {
  try {
    await fill(options);
  } catch (error) {
    console.error(startError(error, options.config));
    process.exitCode = 1;
  }
}
