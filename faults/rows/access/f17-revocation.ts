import { readFileSync } from "node:fs";
import { addPerson, type Person } from "../../access/people.ts";
import { attempt, type Lost, loseRight, secretOf } from "../../access/revocation.ts";
import { Random } from "../../load/random.ts";
import { formatCount, formatDuration } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { runUnderLoad } from "../../run-under-load.ts";
import { logOf, startAnother } from "../../system/another-process.ts";

const withinMs = 1000;
const atOnce = 6;

export const row: Row = {
  id: "F17",
  title: "sessions and tokens under load, on two processes: sign-ins, and rights taken away in every way",
  engines: ["sqlite", "mariadb", "cluster"],
  trials: { pr: 60, night: 600, release: 6000 },
  run(context) {
    const { folder, trials, say } = context;
    const random = new Random(context.seed).branch(17);
    let admin: Person | null = null;
    const enter = async (url: string): Promise<string> => {
      admin = await addPerson(url, "admin", "ana");
      return `Bearer ${admin.token}`;
    };
    return runUnderLoad(context, { enter, load: { clients: 4 } }, async ({ system }) => {
      const another = await startAnother(system, folder);
      try {
        const urls = [system.url, another.url] as const;
        const lost: Lost[] = [];
        const stream = async (number: number): Promise<void> => {
          for (let trial = number; trial < trials && admin !== null; trial += atOnce)
            lost.push(await loseRight(urls, admin, random.branch(trial), `u${trial}`));
        };
        await Promise.all(Array.from({ length: atOnce }, (_, number) => stream(number)));
        say(`${lost.length} rights were taken away`);
        // What was taken away stays so for a process that starts anew.
        await another.kill();
        await another.start();
        const back = await entering(urls, lost);
        const logs = [system.logPath, logOf(folder)].map((path) => readFileSync(path, "utf8")).join("");
        const told = lost.filter(({ credential }) => logs.includes(secretOf(credential))).length;
        return { broken: verdict({ lost, back, told }), figures: figuresOf(lost, back) };
      } finally {
        await another.kill();
      }
    });
  },
};

/** How many of the lost rights are there again. */
async function entering(urls: readonly string[], lost: readonly Lost[]): Promise<number> {
  let back = 0;
  for (const { credential } of lost)
    for (const url of urls) if ((await attempt(url, credential)) === "let in") back += 1;
  return back;
}

interface Seen {
  readonly lost: readonly Pick<Lost, "change" | "changerMs" | "otherMs" | "odd">[];
  /** Rights that were there again at the end. */
  readonly back: number;
  /** Secrets that stand in a log. */
  readonly told: number;
}

export function verdict({ lost, back, told }: Seen): readonly string[] {
  const broken = lost.flatMap(({ change, changerMs, otherMs, odd }) => [
    ...(changerMs > 0
      ? [`${change}: the process that did it let in a request of ${formatDuration(changerMs)} later.`]
      : []),
    ...(otherMs > withinMs ? [`${change}: another process let in a request of ${formatDuration(otherMs)} later.`] : []),
    ...odd.map((words) => `Neither let in nor refused: ${words}.`),
  ]);
  if (lost.length === 0) broken.push("No right was taken away: nothing was shown.");
  if (back > 0) broken.push(`${back} rights that were taken away were there again.`);
  if (told > 0) broken.push(`${told} secrets stand in the log.`);
  return broken.slice(0, 20);
}

function figuresOf(lost: readonly Lost[], back: number) {
  const latest = Math.max(0, ...lost.map(({ otherMs }) => otherMs));
  return {
    "rights taken away": formatCount(lost.length),
    "latest entry on the process that did it": lost.some(({ changerMs }) => changerMs > 0) ? "after it" : "before it",
    "latest entry on the other": `${formatDuration(latest)} after it`,
    "rights there again": formatCount(back),
  };
}
