// `npm run fuzz:sql`: exits with 0 when the engines agree, or when a planted fault is found, and with 1 otherwise.
import { existsSync } from "node:fs";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { type Asked, readCommandLine, usage } from "./command-line.ts";
import { runInProcesses } from "./processes/parallel-run.ts";
import type { Reported } from "./processes/portion.ts";
import type { Counts } from "./run/counts.ts";
import { families } from "./run/families.ts";

/** Settings for speed: what this server stores is worth nothing. */
const volatile = ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--sync-binlog=0"];
const memory = "/dev/shm";
const progressEvery = 10;

async function main(): Promise<number> {
  const asked = readCommandLine(process.argv.slice(2));
  if (asked === null) {
    console.log(usage);
    return 0;
  }
  if (existsSync(memory)) process.env.TMPDIR = memory;
  console.log(`seed ${asked.seed}`);
  const server = await startPrivateMariadb({ extraArgs: volatile });
  try {
    return await run(server, asked);
  } finally {
    await server.stop();
  }
}

async function run({ host, port, user, password }: PrivateMariadb, asked: Asked): Promise<number> {
  const started = performance.now();
  const passed = () => (performance.now() - started) / 1000;
  const family = families.get(asked.planted ?? "");
  let shown: Reported | null = null;
  let said = 0;
  const counts = await runInProcesses({ host, port, user, password }, asked, {
    onFind: (reported) => {
      console.log(`\n${reported.description}`);
      if (reported.isPlanted && family?.shows(reported) === true) shown ??= reported;
    },
    enough: (current) => {
      if (passed() > said + progressEvery) {
        said = passed();
        console.log(progress(current, passed()));
      }
      return shown !== null || current.accepted >= asked.accepted || passed() >= asked.seconds;
    },
  });
  console.log(table(counts, asked.seed, passed()));
  if (family === undefined) return counts.signatures.size === 0 ? 0 : 1;
  console.log(
    `planted ${asked.planted}: ${shown === null ? "not found" : "found"} within ${counts.generated} statements`,
  );
  return shown === null ? 1 : 0;
}

function progress({ generated, accepted, kinds }: Counts, seconds: number): string {
  const found = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ") || "no difference";
  return `${Math.round(seconds)} s: ${generated} statements, ${accepted} accepted, ${Math.round(accepted / seconds)} /s, ${found}`;
}

function table(counts: Counts, seed: number, seconds: number): string {
  const { generated, accepted, notJudged, executed, rowsCompared, kinds, signatures } = counts;
  const kindLines = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, count]) => [kind, String(count)] as const);
  const lines: readonly (readonly [string, string])[] = [
    ["seed", String(seed)],
    ["statements", String(generated)],
    ["accepted", `${accepted} (${Math.round((100 * accepted) / Math.max(1, generated))} %)`],
    ["not judged: took too long", String(notJudged)],
    ["executions on each engine", String(executed)],
    ["rows compared", String(rowsCompared)],
    ["accepted per second", (accepted / seconds).toPrecision(3)],
    ...kindLines,
    ["differences, each once", String(signatures.size)],
  ];
  const groups = [...signatures].sort((a, b) => b[1] - a[1]).map(([signature, count]) => `${count} x ${signature}`);
  return ["", ...groups, "", ...lines.map(([name, value]) => `${name.padEnd(28)}${value}`)].join("\n");
}

process.exit(await main());
