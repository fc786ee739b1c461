// `npm run faults`: runs the rows of the fault programme, one after the other, and reports what broke.
// Each row injects one fault again and again while clients work, and then checks every invariant.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { helpText, type Options, readCommandLine } from "./command-line.ts";
import { formatDuration } from "./report/figures.ts";
import { bound, type Report, updatedPage } from "./report/reliability-page.ts";
import type { Engine, Result, Row } from "./row.ts";
import { rows } from "./rows.ts";
import { missing } from "./system/system.ts";

const options = readCommandLine(process.argv.slice(2), rows);
if ("seed" in options) await run(options);
else {
  for (const problem of options) console.error(problem);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  if (options.help) return console.log(helpText);
  console.log(`Seed ${options.seed}, size ${options.size}. To repeat: npm run faults -- --seed ${options.seed}\n`);
  const begin = performance.now();
  const reports: Report[] = [];
  for (const row of options.rows)
    for (const engine of row.engines.filter((engine) => options.engines.includes(engine)))
      reports.push(await runRow(row, engine, options));
  const broken = reports.filter(({ result }) => result.broken.length > 0);
  console.log(`\n${reports.map(summaryLine).join("\n")}`);
  const took = formatDuration(performance.now() - begin);
  const intact = reports.length - broken.length;
  console.log(`\n${intact} of ${reports.length} not broken, in ${took}, seed ${options.seed}`);
  if (options.write) writePage(reports);
  if (broken.length > 0) process.exitCode = 1;
}

async function runRow(row: Row, engine: Engine, { size, trials, seed }: Options): Promise<Report> {
  const begin = performance.now();
  console.log(`== ${row.id} on ${engine}: ${row.title}`);
  const folder = mkdtempSync(join(tmpdir(), `faults-${row.id}-`));
  const count = trials ?? row.trials[size];
  const say = (line: string) => console.log(`   ${line}`);
  const reason = missing(engine);
  const result =
    reason === null ? await row.run({ engine, trials: count, seed, folder, say }).catch(failed) : skipped(reason);
  for (const sentence of result.broken) console.log(`   BROKEN ${sentence}`);
  if (result.skipped !== undefined) console.log(`   skipped: ${result.skipped}`);
  if (result.broken.length === 0) rmSync(folder, { recursive: true, force: true });
  else console.log(`   journal, log and data: ${folder}`);
  console.log(`   ${formatDuration(performance.now() - begin)}`);
  const command = `npm run faults -- ${row.id} --engine ${engine} --trials ${count} --seed ${seed}`;
  return { row, engine, result, seed, command };
}

function skipped(reason: string): Result {
  return { trials: 0, broken: [], figures: {}, skipped: reason };
}

/** If the programme itself fails, nothing was proven: that must not look like success. */
function failed(error: unknown): Result {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { trials: 0, broken: [`The row could not be run: ${words}`], figures: {} };
}

function summaryLine({ row, engine, result }: Report): string {
  const { broken, trials, figures } = result;
  const verdict = result.skipped !== undefined ? "skipped" : broken.length === 0 ? "ok" : "BROKEN";
  const rate = verdict === "ok" ? `rate below ${bound(trials)}` : (result.skipped ?? `${broken.length} broken`);
  const named = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
  const start = `${row.id.padEnd(4)}${engine.padEnd(9)}${verdict.padEnd(9)}${String(trials).padStart(6)} trials`;
  return `${start}  ${[rate, ...named].join(", ")}`;
}

function writePage(reports: readonly Report[]): void {
  const path = join(import.meta.dir, "..", "docs", "reliability.md");
  const ran = reports.filter(({ result }) => result.skipped === undefined && result.trials > 0);
  writeFileSync(path, updatedPage(readFileSync(path, "utf8"), ran, rows));
  console.log(`Updated ${ran.length} lines of docs/reliability.md.`);
}
