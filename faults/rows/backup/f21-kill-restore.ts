import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Command, lastWords, must, run, tryStart } from "../../backup/command.ts";
import { leftovers, mariadbTarget, sqliteTarget, type Target } from "../../backup/target.ts";
import { equalSystems } from "../../checker/stored/v09-equal.ts";
import { openStores } from "../../database/store.ts";
import { Random } from "../../load/random.ts";
import { formatCount, formatDuration } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { runUnderLoad } from "../../run-under-load.ts";
import { urlOf } from "../../system/another-process.ts";
import { failures } from "../../system/node-watch.ts";
import type { System } from "../../system/system.ts";

export const row: Row = {
  id: "F21",
  title: "kill -9 of a restore at any moment, beside a database that is served",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 4, night: 150, release: 500 },
  run(context) {
    const random = new Random(context.seed);
    return runUnderLoad(context, { load: { clients: 1 } }, async ({ system, journal }) => {
      const backups = join(context.folder, "backups");
      await must(["backup", "--to", backups, "--database", urlOf(system.store)]);
      const whole = targetOf(system, context.folder, "whole");
      const words = (target: Target) => ["restore", "--from", backups, "--database", target.url];
      const { tookMs } = await must(words(whole));
      const trial = { target: targetOf(system, context.folder, "restored"), whole, words };
      const kills: Kill[] = [];
      for (let count = 1; count <= context.trials; count += 1) {
        const command = new Command(words(trial.target));
        await Bun.sleep((0.05 + random.fraction()) * tookMs);
        command.kill();
        await command.ended;
        kills.push(await look(trial));
      }
      const last = await run(words(trial.target));
      const differing = last.code === 0 ? await differences(trial.target, whole) : [lastWords(last)];
      const seen = { kills, last: differing, failures: failures(journal) };
      context.say(JSON.stringify(kills.map(({ left }) => left)));
      const count = (left: Kill["left"]) => formatCount(kills.filter((kill) => kill.left === left).length);
      const figures = {
        "left nothing": count("nothing"),
        "left what is refused": count("refused"),
        "complete before": count("complete"),
        "a restore takes": formatDuration(tookMs),
        "answers of 5xx": formatCount(seen.failures.length),
      };
      return { broken: verdict(seen), figures };
    });
  },
};

/** A place of its own on the engine of the system. */
function targetOf({ server }: System, folder: string, name: string): Target & { readonly folder: string | null } {
  if (server !== null) return { ...mariadbTarget(server, name), folder: null };
  const own = join(folder, name);
  mkdirSync(own);
  return { ...sqliteTarget(own), folder: own };
}

interface Trial {
  readonly target: Target & { readonly folder: string | null };
  /** The same backup, restored without a fault. */
  readonly whole: Target;
  readonly words: (target: Target) => readonly string[];
}

/** What a kill has left. */
export interface Kill {
  readonly left: "nothing" | "refused" | "complete";
  /** What is wrong with it. */
  readonly problems: readonly string[];
}

/** Looks at what was left, tries to use it, and cleans up as the message of the program says. */
async function look(trial: Trial): Promise<Kill> {
  const { target, words } = trial;
  const extra = target.folder === null ? [] : leftovers(target.folder);
  const problems = extra
    .filter((name) => !name.startsWith("restored.db.unfinished"))
    .map((name) => `A killed restore left ${name}.`);
  if (!(await target.isThere())) return { left: "nothing", problems };
  const start = target.folder === null ? await tryStart(target.url) : { isServed: true, said: "" };
  const again = await run(words(target));
  if (again.code !== 1) problems.push(`A restore over what was there ended with ${again.code}: ${lastWords(again)}`);
  if (start.isServed) {
    problems.push(
      ...(await differences(target, trial.whole)).map((words) => `It can be used, and is not whole: ${words}`),
    );
    if (!again.output.includes("nothing is overwritten")) problems.push(`It was refused with: ${lastWords(again)}`);
  } else {
    if (!start.said.includes("not complete"))
      problems.push(`A start refused it with: ${start.said.trim().slice(-300)}`);
    if (!again.output.includes("DROP DATABASE")) problems.push(`No way out was said: ${lastWords(again)}`);
  }
  await target.drop();
  if (target.folder !== null)
    for (const end of ["", "-wal", "-shm"]) rmSync(join(target.folder, `restored.db${end}`), { force: true });
  return { left: start.isServed ? "complete" : "refused", problems };
}

/** Where the rows of two restored databases differ. */
async function differences(target: Target, whole: Target): Promise<readonly string[]> {
  const stores = [...(await openStores(target.store)), ...(await openStores(whole.store))];
  try {
    return (await equalSystems(stores)).map(({ words }) => words.slice(0, 300));
  } finally {
    for (const store of stores) await store.close();
  }
}

interface Seen {
  readonly kills: readonly Kill[];
  /** Why the restore after all kills failed, or where its rows differ. */
  readonly last: readonly string[];
  readonly failures: readonly string[];
}

export function verdict({ kills, last, failures }: Seen): readonly string[] {
  const hits = kills.filter(({ left }) => left !== "complete").length;
  return [
    ...kills.flatMap(({ problems }, index) => problems.map((words) => `Kill ${index + 1}: ${words}`)),
    ...(hits === 0 ? ["Every restore was complete before it was killed: the run has shown nothing."] : []),
    ...last.map((words) => `The restore after the kills: ${words}`),
    ...(failures.length === 0 ? [] : [`${failures.length} answers of the API failed: ${failures[0]}.`]),
  ];
}
