import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ended, lastWords, must, run } from "../../backup/command.ts";
import { backupNames } from "../../backup/folder.ts";
import { mariadbTarget, sqliteTarget, type Target } from "../../backup/target.ts";
import { Journal } from "../../load/journal.ts";
import { startLoad } from "../../load/load.ts";
import { Random } from "../../load/random.ts";
import { formatCount } from "../../report/figures.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { urlOf } from "../../system/another-process.ts";
import { type System, withSystem } from "../../system/system.ts";

const loadMs = 1500;
/** The header of the compressed bytes, and their end: there Zstandard itself ignores some bits. */
const edge = 64;

export const row: Row = {
  id: "F24",
  title: "a backup with one bit changed, cut short or with something added: found before anything is written",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 30, night: 500, release: 2000 },
  run(context) {
    const { engine, folder, seed } = context;
    return withSystem({ engine, folder, seed, sample: true }, async (system) => {
      const journal = new Journal(join(folder, "journal.jsonl"));
      const load = startLoad({ url: system.url, journal, clients: 4, seed });
      await load.ready;
      await Bun.sleep(loadMs);
      await load.stop();
      journal.close();
      const to = join(folder, "backups");
      await must(["backup", "--to", to, "--database", urlOf(system.store)]);
      return changeAll(context, system, join(to, backupNames(to).backups[0] ?? ""));
    });
  },
};

async function changeAll(context: RowContext, { server }: System, path: string): Promise<Result> {
  const { folder, seed, trials } = context;
  const [random, bytes, name] = [new Random(seed), readFileSync(path), path.split("/").at(-1) ?? ""];
  const [damaged, into, temporary] = ["damaged", "into", "temporary"].map((each) => join(folder, each));
  if (damaged === undefined || into === undefined || temporary === undefined) throw new Error("no folders");
  for (const each of [damaged, into, temporary]) mkdirSync(each);
  const target = server === null ? sqliteTarget(into) : mariadbTarget(server, "restored");
  const tries: Try[] = [];
  for (let trial = 1; trial <= trials; trial += 1) {
    const change = changed(random, bytes, trial);
    const file = join(damaged, name);
    writeFileSync(file, change.bytes);
    const [restored, verified] = await Promise.all([
      run(["restore", "--from", file, "--database", target.url]),
      run(["verify", "--backup", file], { TMPDIR: temporary }),
    ]);
    const left = await leftBy(target, into, temporary);
    tries.push({ what: change.what, restored, verified, left });
    if (left.length > 0) await target.drop();
    for (const place of [into, temporary])
      for (const each of readdirSync(place)) rmSync(join(place, each), { recursive: true });
  }
  const said = new Set(tries.map(({ restored }) => lastWords(restored)));
  const figures = {
    "size of the backup": `${formatCount(bytes.length)} bytes`,
    "places changed": formatCount(trials),
    "ways in which it was said": formatCount(said.size),
  };
  return { trials: trials * 2, broken: verdict(tries), figures };
}

/** A bit somewhere, every fourth near an end; every fifth trial cuts the file, and every tenth adds to it. */
function changed(random: Random, bytes: Buffer, trial: number) {
  if (trial % 10 === 0) {
    const more = Buffer.from(Array.from({ length: random.integer(1, 40) }, () => random.integer(0, 255)));
    return { what: `${more.length} bytes more`, bytes: Buffer.concat([bytes, more]) };
  }
  if (trial % 5 === 0) {
    const missing = trial % 2 === 0 ? random.integer(1, edge) : random.integer(1, bytes.length);
    return { what: `${missing} bytes less`, bytes: bytes.subarray(0, bytes.length - missing) };
  }
  const near = random.integer(0, edge - 1);
  const nearEnd = random.fraction() < 0.5 ? near : bytes.length - 1 - near;
  const place = trial % 4 === 0 ? nearEnd : random.integer(0, bytes.length - 1);
  const bit = random.integer(0, 7);
  const other = Buffer.from(bytes);
  other[place] = (other[place] ?? 0) ^ (1 << bit);
  return { what: `bit ${bit} of byte ${place} of ${bytes.length}`, bytes: other };
}

/** What a refused backup has left, which must be nothing. */
async function leftBy(target: Target, into: string, temporary: string): Promise<readonly string[]> {
  const files = [...readdirSync(into), ...readdirSync(temporary)];
  return (await target.isThere()) ? ["a database", ...files] : files;
}

export interface Try {
  /** What was changed in the backup. */
  readonly what: string;
  readonly restored: Ended;
  readonly verified: Ended;
  readonly left: readonly string[];
}

export function verdict(tries: readonly Try[]): readonly string[] {
  return tries.flatMap(({ what, restored, verified, left }) => [
    ...unlike("restore", restored).map((words) => `${what}: ${words}`),
    ...unlike("verify", verified).map((words) => `${what}: ${words}`),
    ...(left.length === 0 ? [] : [`${what}: ${left.join(", ")} was written.`]),
  ]);
}

function unlike(command: string, ended: Ended): readonly string[] {
  const isSaid = /^(The backup is damaged|This is not a backup)/m.test(ended.output);
  return ended.code === 1 && isSaid ? [] : [`${command} ended with ${ended.code}: ${lastWords(ended)}`];
}
