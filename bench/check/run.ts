// `npm run bench:check`: the cost of the checker. It generates projects of N queries on sqlproof's library schema,
// checks them from scratch (private MariaDB included) and offline, and compiles them with and without the generated map.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dir, "../..");
const rounds = 3;
const sizes = [200, 1000];
const queriesPerFile = 20;

interface Figures {
  readonly queries: number;
  readonly fromScratchMs: number;
  readonly offlineMs: number;
  readonly compiledMs: number;
  readonly compiledWithoutMapMs: number;
}

const head = `import { createSql } from "sqlproof";
import { type Failures, proofs, type Queries } from "./.sqlproof/generated/queries.ts";
const sql = createSql<Queries, Failures>(proofs);
`;
/** The same program, accepting any text: the difference is the cost of the map. */
const headWithoutMap = "declare const sql: <const S extends string>(text: S) => S;\n";

const columns = "id, isbn, author_id, title, price, deposit, weight, lent, added_at, reads_total";

/** About 600 characters, as long as the queries of a mature program. */
function query(number: number): string {
  const conditions = [
    "price > :least",
    "lent = :lent",
    "added_at >= :since",
    "reads_total > :reads",
    "author_id = :author",
  ];
  const where = conditions.filter((_, index) => (number >> index) % 2 === 0 || index === 0).join(" AND ");
  return `
    /* query ${number} ${"of a grown program ".repeat(10)} */
    SELECT ${columns},
      (SELECT COUNT(*) FROM books twin WHERE twin.author_id = books.author_id AND twin.id <> books.id) AS twins_${number}
    FROM books WHERE ${where} AND id IN (:ids...) ORDER BY id LIMIT :limit
  `;
}

function makeProject(queries: number): string {
  const folder = mkdtempSync(join(tmpdir(), "sqlproof-bench-"));
  cpSync(join(root, "sqlproof/test/schema"), join(folder, "schema"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const migrations = { mariadb: "schema/mariadb", sqlite: "schema/sqlite" };
  writeFileSync(join(folder, "sqlproof.json"), JSON.stringify({ include: ["*.ts"], migrations, proofs: ".sqlproof" }));
  mkdirSync(join(folder, "without-map"));
  for (let first = 0; first < queries; first += queriesPerFile) {
    const numbers = Array.from({ length: Math.min(queriesPerFile, queries - first) }, (_, index) => first + index);
    const body = numbers.map((number) => `export const query${number} = sql(\`${query(number)}\`);`).join("\n");
    writeFileSync(join(folder, `queries-${first}.ts`), `${head}${body}\n`);
    writeFileSync(join(folder, "without-map", `queries-${first}.ts`), `${headWithoutMap}${body}\n`);
  }
  return folder;
}

async function measured(folder: string, ...command: string[]): Promise<number> {
  const startedAt = performance.now();
  const run = Bun.spawn(command, { cwd: folder, stdout: "pipe", stderr: "pipe" });
  const output = (await new Response(run.stdout).text()) + (await new Response(run.stderr).text());
  if ((await run.exited) !== 0) throw new Error(`${command.join(" ")}: ${output.slice(0, 2000)}`);
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function repeat(work: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) values.push(await work());
  return median(values);
}

const compiler = [
  join(root, "node_modules/.bin/tsc"),
  ...["--noEmit", "--strict", "--skipLibCheck", "--target", "esnext", "--module", "esnext"],
  ...["--moduleResolution", "bundler", "--types", "bun", "--allowImportingTsExtensions"],
];

async function figuresOf(queries: number): Promise<Figures> {
  const folder = makeProject(queries);
  const check = (...options: string[]): Promise<number> =>
    measured(folder, process.execPath, join(root, "sqlproof/src/cli.ts"), "check", ...options);
  const files = (prefix: string): string[] =>
    Array.from(
      { length: Math.ceil(queries / queriesPerFile) },
      (_, index) => `${prefix}queries-${index * queriesPerFile}.ts`,
    );
  try {
    return {
      queries,
      fromScratchMs: await repeat(() => check()),
      offlineMs: await repeat(() => check("--offline")),
      compiledMs: await repeat(() => measured(folder, ...compiler, ...files(""))),
      compiledWithoutMapMs: await repeat(() => measured(folder, ...compiler, ...files("without-map/"))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const seconds = (ms: number): string => `${(Math.round(ms / 10) / 100).toString()} s`;

console.log(`Medians of ${rounds} runs. tsc without the map does not load sqlproof either.`);
console.log(
  "| queries | check from scratch, private MariaDB included | check --offline | tsc with the map | tsc without |",
);
console.log("|--|--|--|--|--|");
for (const size of sizes) {
  const { queries, fromScratchMs, offlineMs, compiledMs, compiledWithoutMapMs } = await figuresOf(size);
  console.log(
    `| ${[queries, ...[fromScratchMs, offlineMs, compiledMs, compiledWithoutMapMs].map(seconds)].join(" | ")} |`,
  );
}
