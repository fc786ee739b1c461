import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Assignment, assignmentVariable, type LoadedMutant } from "./assignment.ts";
import type { Recording } from "./record.ts";

const root = join(import.meta.dir, "..", "..", "..");
const preload = join(import.meta.dir, "preload.ts");
const bun = join(root, "node_modules", ".bin", "bun");

/** Beside a mutant that never ends, the others wait so long; the mutants of a recording take time of their own. */
const testTimeoutMs = { run: 30_000, record: 120_000 } as const;

/** A test as its file reports it. */
export interface RanTest {
  /** With the names of its describes, as `-t` matches it. */
  readonly name: string;
  readonly passed: boolean;
}

export interface FileRun {
  readonly isGreen: boolean;
  readonly tests: readonly RanTest[];
  readonly output: string;
}

export interface RunOptions {
  readonly file: string;
  /** Only these tests; all of the file without it. */
  readonly only?: readonly string[] | undefined;
  readonly assignment: Assignment;
  readonly timeoutMs: number;
}

/** Runs a test file, or some of its tests, in a process of its own. */
export async function runTests({ file, only, assignment, timeoutMs }: RunOptions): Promise<FileRun> {
  const folder = mkdtempSync(join(tmpdir(), "mutate-sql-"));
  const path = join(folder, "assignment.json");
  writeFileSync(path, JSON.stringify(assignment));
  const times = assignment.task === "run" ? [`--rerun-each=${assignment.mutants.length}`] : [];
  const pattern = only === undefined ? [] : ["-t", `^(${only.map(escaped).join("|")})$`];
  const command = [
    bun,
    "test",
    `--timeout=${testTimeoutMs[assignment.task]}`,
    ...times,
    "--preload",
    preload,
    `./${file}`,
    ...pattern,
  ];
  const program = Bun.spawn(command, {
    ...{ cwd: root, stdout: "pipe", stderr: "pipe", timeout: timeoutMs, killSignal: "SIGKILL" },
    env: { ...process.env, [assignmentVariable]: path, NODE_ENV: "test" },
  });
  try {
    const texts = await Promise.all([new Response(program.stdout).text(), new Response(program.stderr).text()]);
    const output = texts.join("\n");
    return { isGreen: (await program.exited) === 0, tests: testsIn(output), output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function testsIn(output: string): RanTest[] {
  return [...output.matchAll(/^\((pass|fail)\) (.*?)(?: \[[\d.]+m?s\])?$/gm)].map(([, outcome, name = ""]) => ({
    ...{ name: name.replaceAll(" > ", " "), passed: outcome === "pass" },
  }));
}

function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** What a file shows of all mutants, and its tests in the order in which they ran. */
export interface RecordedFile extends Recording {
  readonly file: string;
  readonly tests: readonly RanTest[];
  readonly ms: number;
}

export interface RecordOptions {
  readonly file: string;
  /** The path of the mutants. */
  readonly mutants: string;
  readonly template: string;
  readonly sqliteOnly: boolean;
}

/** Runs a file once with all mutants beside the queries that it runs. */
export async function recordFile(
  { file, mutants, template, sqliteOnly }: RecordOptions,
  timeoutMs: number,
): Promise<RecordedFile> {
  const folder = mkdtempSync(join(tmpdir(), "mutate-sql-"));
  const to = join(folder, "recording.json");
  try {
    const startedAt = performance.now();
    const assignment: Assignment = { template, sqliteOnly, task: "record", mutants, to };
    const { tests } = await runTests({ file, assignment, timeoutMs });
    const recording: Recording = JSON.parse(readFileSync(to, "utf8"));
    return { ...recording, file, tests, ms: performance.now() - startedAt };
  } catch {
    // Killed at its time limit, or without any test that ran: nothing is known, and nothing is stopped by it.
    return { file, tests: [], differs: {}, differsBefore: {}, reached: {}, ms: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Outcome = "red" | "green" | "unknown";

/** A test, where it is, and on which engines it runs. */
export interface TestRun {
  readonly file: string;
  readonly only: readonly string[] | undefined;
  readonly template: string;
  readonly sqliteOnly: boolean;
}

/**
 * Runs the test once with each mutant, in one process, and once more without any: when that is not green, one of the
 * mutants spoilt it, or the test does not bear to be repeated like this and says nothing.
 */
export async function outcomes(mutants: readonly LoadedMutant[], test: TestRun): Promise<Outcome[]> {
  const found = await runEach([...mutants, null], test);
  if (found.length === mutants.length + 1 && found.at(-1) === "green") return found.slice(0, -1);
  if ((await runEach([null], test))[0] !== "green") return mutants.map(() => "unknown");
  // One of them ended the process, or left it unusable for the next: each is run in a process of its own.
  const [, ...others] = mutants;
  if (others.length === 0) return [found[0] === "green" ? "green" : "red"];
  const alone: Outcome[] = [];
  for (const mutant of mutants) alone.push(...(await outcomes([mutant], test)));
  return alone;
}

/** The outcome of each run that the process came to. */
async function runEach(mutants: readonly (LoadedMutant | null)[], test: TestRun): Promise<Outcome[]> {
  const { file, only, template, sqliteOnly } = test;
  const assignment: Assignment = { template, sqliteOnly, task: "run", mutants };
  const { output } = await runTests({ file, only, assignment, timeoutMs: 60_000 + mutants.length * 20_000 });
  const runs = mutants.length === 1 ? [output] : output.split(/^.*\(run #\d+\)$/m).slice(1);
  return runs.map((text) => {
    const tests = testsIn(text);
    if (tests.some(({ passed }) => !passed) || /^error: /m.test(text)) return "red";
    return tests.length > 0 ? "green" : "unknown";
  });
}
