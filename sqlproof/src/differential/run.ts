// The differential run: every proven query on both engines over the same generated rows, with results compared.
// `fill` and `parameters` generate data, `execute` runs queries, `compare` and `order` judge the results.
import type { Location } from "../check/parse/source-files.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../test-server/private-mariadb.ts";
import { compareMultiset, type RowDifference } from "./compare.ts";
import { type Engines, openEngines, type Server } from "./engines.ts";
import { type Content, fill } from "./fill.ts";
import type { ProjectQuery, ProvenProject } from "./proven-project.ts";
import { QueryRunner } from "./query-runner.ts";
import { Random } from "./random.ts";
import { readAll } from "./table-queries.ts";
import type { Parameters } from "./values.ts";

export interface DifferentialOptions {
  readonly seed: number;
  /** The number of generated rows per table. */
  readonly rows: number;
  /** The number of executions per query. */
  readonly rounds: number;
  /** Runs only queries whose text contains this, with the same rows and parameters as in a complete run. */
  readonly query?: string;
  /** A running server to use; by default a private one is started. */
  readonly server?: Server;
}

/** One execution whose results differ between the engines. */
export interface Difference extends RowDifference {
  /** Null when the stored rows themselves differ. */
  readonly query: string | null;
  readonly places: readonly Location[];
  readonly round: number;
  readonly params: Parameters;
}

export interface DifferentialReport {
  readonly queries: number;
  /** How many of them returned or changed a row. */
  readonly withRows: number;
  readonly executions: number;
  readonly rowsCompared: number;
  /** The number of executions that both engines refused for the same reason. */
  readonly rejections: number;
  /** The queries of which SQLite refused executions because of its 64 bits, and how many: nothing was compared there. */
  readonly beyond64Bits: ReadonlyMap<string, number>;
  /** The queries of which MariaDB did not answer an execution within its time limit, each with the parameters. */
  readonly tooLong: ReadonlyMap<string, Parameters>;
  /** The first difference of each query. */
  readonly differences: readonly Difference[];
  /** Queries that never returned or changed a row: they ran, but were hardly tested. */
  readonly neverHit: readonly string[];
}

/** Runs every query of the project on both engines over the same generated rows and compares the results. */
export async function runDifferential(
  project: ProvenProject,
  options: DifferentialOptions,
): Promise<DifferentialReport> {
  const own = options.server === undefined ? await startPrivateMariadb() : null;
  try {
    const engines = await openEngines(options.server ?? serverOf(own), project.migrations);
    try {
      return await runOn(engines, project, options);
    } finally {
      await engines.close();
    }
  } finally {
    await own?.stop();
  }
}

/** The queries that are to run. */
export function queriesOf(
  { queries }: ProvenProject,
  { query }: Pick<DifferentialOptions, "query">,
): readonly ProjectQuery[] {
  return query === undefined ? queries : queries.filter(({ text }) => text.includes(query));
}

function serverOf(own: PrivateMariadb | null): Server {
  if (own === null) throw new Error("no server to run on");
  const { host, port, user, password } = own;
  return { host, port, user, password };
}

async function runOn(
  engines: Engines,
  project: ProvenProject,
  options: DifferentialOptions,
): Promise<DifferentialReport> {
  const random = new Random(options.seed);
  const content = await fill(engines, random, options.rows);
  const report = { queries: 0, withRows: 0, executions: 0, rowsCompared: 0, rejections: 0 };
  const differences: Difference[] = [];
  const neverHit: string[] = [];
  const beyond64Bits = new Map<string, number>();
  const tooLong = new Map<string, Parameters>();
  for (const [table, unlike] of await storedDifferences(engines, content))
    differences.push({ ...unlike, query: null, places: [], round: 0, params: {}, what: `stored rows of ${table}` });
  for (const query of queriesOf(project, options)) {
    report.queries += 1;
    const runner = await QueryRunner.prepare(engines, query, content);
    let hits = 0;
    for (let round = 0; round < options.rounds; round += 1) {
      const result = await runner.execute(random.fork(`${round} ${query.text}`));
      report.executions += 1;
      report.rowsCompared += result.rowsCompared;
      report.rejections += result.refused ? 1 : 0;
      hits += result.hits;
      if (result.tooLong) {
        tooLong.set(query.text, result.params);
        break;
      }
      if (result.beyond64Bits) beyond64Bits.set(query.text, (beyond64Bits.get(query.text) ?? 0) + 1);
      if (result.difference === null || result.beyond64Bits) continue;
      const { text, places } = query;
      differences.push({ ...result.difference, query: text, places, round, params: result.params });
      break;
    }
    report.withRows += hits > 0 ? 1 : 0;
    if (hits === 0 && !beyond64Bits.has(query.text) && !tooLong.has(query.text)) neverHit.push(query.text);
  }
  return { ...report, beyond64Bits, tooLong, differences, neverHit };
}

/** Reads every table back: the stored values and the generated columns. */
async function storedDifferences(engines: Engines, content: Content): Promise<[string, RowDifference][]> {
  const found: [string, RowDifference][] = [];
  for (const [name, rows] of content) {
    const table = engines.catalog.get(name);
    if (table === undefined) continue;
    const unlike = compareMultiset(await engines.mariadb.all(readAll(table), {}), rows);
    if (unlike !== null) found.push([name, unlike]);
  }
  return found;
}
