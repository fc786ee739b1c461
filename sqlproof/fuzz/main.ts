import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { described } from "./find/described.ts";
import { realTexts } from "./mutants/real-texts.ts";
import { type Counts, runFuzz } from "./run/run.ts";

const usage = `npm run fuzz:sql             random statements: the checker judges them, both engines run what it accepts
  --seed N                   repeat the run of this seed; without it a new one is drawn
  --statements N             how many statements to make (10000)
  --accepted N               end when so many were accepted
  --seconds N                end after this time
  --from N                   begin with this statement; the others of the seed stay what they are
  --rounds N                 executions of each accepted statement (2)
  --lanes N                  schemas under work at once (2)
  --shrink-ms N              how long to shrink one find (4000)
  --skip PATTERN             leave out statements that match this regular expression`;

/** Settings for speed: what this server stores is worth nothing. */
const volatile = ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--sync-binlog=0"];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ seed: { type: "string" }, statements: { type: "string" }, accepted: { type: "string" } },
      ...{ seconds: { type: "string" }, from: { type: "string" }, rounds: { type: "string" } },
      ...{
        lanes: { type: "string" },
        "shrink-ms": { type: "string" },
        skip: { type: "string" },
        plant: { type: "string" },
        help: { type: "boolean" },
      },
    },
  });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  // Otherwise a wrong type could go unnoticed when both engines return the same wrong value.
  process.env.SQLPROOF_ASSERT = "1";
  const seed = whole(values.seed, randomInt(2 ** 31));
  const accepted = whole(values.accepted, Number.POSITIVE_INFINITY);
  const seconds = whole(values.seconds, Number.POSITIVE_INFINITY);
  const from = whole(values.from, 0);
  console.log(`seed ${seed}`);
  const started = performance.now();
  const passed = () => (performance.now() - started) / 1000;
  const memory = existsSync("/dev/shm") ? { directory: "/dev/shm" } : {};
  const { host, port, user, password, stop } = await startPrivateMariadb({ ...memory, extraArgs: volatile });
  let said = 0;
  try {
    const counts = await runFuzz(
      { host, port, user, password },
      {
        ...{ seed, from, statements: whole(values.statements, 10_000), rounds: whole(values.rounds, 2) },
        ...{
          lanes: whole(values.lanes, 2),
          shrinkMs: whole(values["shrink-ms"], 4000),
          texts: realTexts(process.cwd()),
        },
        plantsSchema: values.plant === "schema",
        skip: values.skip === undefined ? null : new RegExp(values.skip),
        onFind: (find) => console.log(`\n${described(find, seed)}`),
        enough: (current) => {
          if (passed() > said + 10) {
            said = passed();
            console.log(progress(current, passed()));
          }
          return current.accepted >= accepted || passed() >= seconds;
        },
      },
    );
    console.log(table(counts, seed, passed()));
    return counts.signatures.size === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,12}$/.test(text)) throw new TypeError(`a whole number is needed, got ${text}`);
  return Number(text);
}

function progress({ generated, accepted, kinds }: Counts, seconds: number): string {
  const found = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ") || "no difference";
  return `${Math.round(seconds)} s: ${generated} statements, ${accepted} accepted, ${Math.round(accepted / seconds)} /s, ${found}`;
}

function table(counts: Counts, seed: number, seconds: number): string {
  const { generated, accepted, executed, rowsCompared, kinds, signatures } = counts;
  const kindLines = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, count]) => [kind, String(count)] as const);
  const lines: readonly (readonly [string, string])[] = [
    ["seed", String(seed)],
    ["statements", String(generated)],
    ["accepted", `${accepted} (${Math.round((100 * accepted) / Math.max(1, generated))} %)`],
    ["executions on each engine", String(executed)],
    ["rows compared", String(rowsCompared)],
    ["accepted per second", (accepted / seconds).toPrecision(3)],
    ...kindLines,
    ["kinds of finds", String(signatures.size)],
  ];
  const groups = [...signatures].sort((a, b) => b[1] - a[1]).map(([signature, count]) => `${count} x ${signature}`);
  return ["", ...groups, "", ...lines.map(([name, value]) => `${name.padEnd(28)}${value}`)].join("\n");
}

process.exit(await main());
