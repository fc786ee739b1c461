// `npm run bench:sql-faults`: how many SQL faults does a failing build stop, with sqlproof and with other tools?
// The corpus (corpus/) is made from the project's queries and migrations; each tool (tools/) judges every fault.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPrivateMariadb } from "../../sqlproof/src/test-server/private-mariadb.ts";
import { readCorpus } from "./corpus/corpus.ts";
import type { SqlFault, Tool, Verdict } from "./corpus/fault.ts";
import { notRun } from "./not-run.ts";
import { jsonLines, markdown, missed, type Score } from "./report.ts";
import { Kysely } from "./tools/kysely.ts";
import { Ours } from "./tools/ours.ts";
import { Plain } from "./tools/plain.ts";
import { PrepareOnly } from "./tools/prepare.ts";
import { Schemas } from "./tools/schemas.ts";
import { findCargo } from "./tools/sqlx/cargo.ts";
import { Sqlx } from "./tools/sqlx/sqlx.ts";
import { Typesql } from "./tools/typesql.ts";

const { values: options } = parseArgs({
  options: {
    ...{ seed: { type: "string" }, only: { type: "string" }, tools: { type: "string" } },
    // Only the seeded faults, for a seed that the checker was not improved with.
    second: { type: "boolean" },
    // Writes the report although some tools were left out, and says which.
    part: { type: "boolean" },
    // Leaves out the faults of changed schemas and stale proofs, of which each needs databases of its own.
    "one-schema": { type: "boolean" },
  },
});
const seed = options.seed === undefined ? 1 : Number(options.seed);
const wanted = options.tools?.toLowerCase().split(",") ?? [];
const modules = join(import.meta.dir, "node_modules");
const scratch = mkdtempSync(join(tmpdir(), "sql-faults-"));

const server = await startPrivateMariadb({ extraArgs: ["--max-connections=400"] });
try {
  console.log(`seed ${seed}`);
  const faults = (await readCorpus(server, seed)).filter(
    (fault) =>
      (options.only === undefined || fault.class.includes(options.only)) &&
      (options["one-schema"] !== true || (fault.kind !== "schema" && fault.kind !== "stale")) &&
      (options.second !== true || !/^(written|query-built)-/.test(fault.id)),
  );
  console.log(`${faults.length} faults`);
  await measure(faults);
} finally {
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
}

async function measure(faults: readonly SqlFault[]): Promise<void> {
  const schemas = new Schemas(server, join(scratch, "schemas"));
  const skipped = [...notRun];
  if (options["one-schema"] === true) skipped.push("Not run this time: faults of changed schemas and stale proofs.");
  const all = toolsOn(schemas);
  const chosen = all.filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word)),
  );
  const others = chosen.some((tool) => tool instanceof Kysely || tool instanceof Typesql) && (await installed());
  const run = chosen.filter((tool) => others || !(tool instanceof Kysely || tool instanceof Typesql));
  for (const { name } of chosen.filter((tool) => !run.includes(tool))) {
    skipped.push(`${name} was skipped: its packages could not be installed.`);
    console.log(skipped.at(-1));
  }
  if (findCargo() === null) skipped.push("SQLx was not run: this machine has no cargo.");
  const verdicts = new Map<Tool, ReadonlyMap<string, Verdict>>();
  const report = (): void => {
    const done = run.filter((tool) => verdicts.has(tool));
    const left = all.filter((tool) => !verdicts.has(tool)).map(({ name }) => name);
    const notes = all.flatMap((tool) =>
      tool instanceof Typesql && tool.exits.withErrors > 0
        ? [
            `${tool.name}: of ${tool.exits.withErrors} compile runs with errors, ` +
              `${tool.exits.nonZero} ended with another exit code than 0.`,
          ]
        : [],
    );
    const second = options.second === true;
    written({
      ...{ seed, second, commit: commit(), faults, notes },
      verdicts: done.map((tool) => ({ tool, of: verdicts.get(tool) ?? new Map() })),
      skipped: left.length === 0 ? skipped : [...skipped, `Not run this time: ${left.join(", ")}.`],
    });
  };
  const lane = async (tools: readonly Tool[]): Promise<void> => {
    for (const tool of tools) {
      verdicts.set(tool, await judge(tool, faults));
      report();
    }
  };
  // The Rust compiler and the checks of changed schemas take longest.
  await Promise.all([
    lane(run.filter((tool) => tool instanceof Sqlx)),
    lane(run.filter((tool) => tool instanceof Ours)),
    lane(run.filter((tool) => !(tool instanceof Sqlx || tool instanceof Ours))),
  ]);
  await schemas.close();
}

/** Written anew after each tool, so that a run that is ended leaves what it measured. */
function written(score: Score): void {
  // Only a run of all faults counts as the score.
  if (options.only !== undefined || (options.tools !== undefined && options.part !== true)) return;
  const name = score.second ? "results-second" : "results";
  writeFileSync(join(import.meta.dir, `${name}.md`), markdown(score));
  writeFileSync(join(import.meta.dir, `${name}.jsonl`), jsonLines(score));
}

/** The commit that is measured. */
function commit(): string {
  return Bun.spawnSync(["git", "rev-parse", "--short", "HEAD"], { cwd: import.meta.dir })
    .stdout.toString()
    .trim();
}

async function judge(tool: Tool, faults: readonly SqlFault[]): Promise<ReadonlyMap<string, Verdict>> {
  const begin = performance.now();
  const verdicts = await tool.judge(faults);
  const caught = [...verdicts.values()].filter(({ outcome }) => outcome === "caught").length;
  console.log(`${tool.name}: ${caught} caught (${Math.round((performance.now() - begin) / 1000)} s)`);
  if (tool instanceof Ours) for (const line of missed(faults, verdicts)) console.log(line);
  return verdicts;
}

function toolsOn(schemas: Schemas): readonly Tool[] {
  const cargo = findCargo();
  const macros = (["mariadb", "sqlite"] as const).flatMap((engine) =>
    cargo === null ? [] : [new Sqlx(engine, schemas, join(scratch, `sqlx-${engine}`), cargo)],
  );
  return [
    new Ours(server, join(scratch, "sqlproof")),
    new Plain(join(scratch, "plain")),
    ...macros,
    new PrepareOnly("mariadb", schemas, join(scratch, "prepare-mariadb")),
    new PrepareOnly("sqlite", schemas, join(scratch, "prepare-sqlite")),
    new Kysely("mariadb", schemas, join(scratch, "kysely-mariadb"), modules),
    new Kysely("sqlite", schemas, join(scratch, "kysely-sqlite"), modules),
    new Typesql("mariadb", schemas, join(scratch, "typesql-mariadb"), modules),
    new Typesql("sqlite", schemas, join(scratch, "typesql-sqlite"), modules),
  ];
}

/** The packages of the other tools have their own lock file, so that the workspace never contains them. */
async function installed(): Promise<boolean> {
  if (existsSync(join(modules, ".bin/typesql"))) return true;
  console.log("installing the other tools (npm ci in bench/sql-faults)");
  const run = Bun.spawn(["npm", "ci", "--no-workspaces"], {
    cwd: import.meta.dir,
    stdout: "ignore",
    stderr: "inherit",
  });
  return (await run.exited) === 0;
}
