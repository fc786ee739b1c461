import { isAlive, untilWritten } from "../load/probe.ts";
import { Random } from "../load/random.ts";
import { censusOf, inFlightAt } from "../load/write-statistics.ts";
import { counted, lasted, median } from "../report/figures.ts";
import type { Row } from "../row.ts";
import { underLoad } from "../run-under-load.ts";

const downMs = 3000;
const writtenWithinMs = 1000;
const answeredWithinMs = 5000;

export const row: Row = {
  id: "F2",
  title: "kill -9 of MariaDB, 3 s down, the API left alone",
  engines: ["mariadb"],
  trials: { pr: 3, night: 50, release: 200 },
  run(context) {
    const random = new Random(context.seed);
    return underLoad(context, {}, async ({ system, journal }) => {
      const { server, api } = system;
      if (server === null) throw new Error("There is no server to kill.");
      const { pid } = api;
      const times: number[] = [];
      const kills: number[] = [];
      for (let trial = 1; trial <= context.trials; trial += 1) {
        // Who was refused is told to come back after 5 s: only then are all at work again.
        await Bun.sleep(trial === 1 ? random.whole(300, 1500) : random.whole(5300, 6500));
        kills.push(performance.now());
        const crashed = await server.crash();
        await Bun.sleep(downMs);
        await crashed.restart();
        times.push(await untilWritten(system.url, journal, `2.${trial}-0`));
        context.say(`kill ${trial}: first write ${lasted(times.at(-1) ?? 0)} after MariaDB accepts`);
      }
      const { slowestAnswerMs, longestGapMs } = censusOf(journal.read());
      const broken = verdict({ times, survived: api.pid === pid && isAlive(pid), slowestAnswerMs });
      const figures = {
        "writes cut": counted(inFlightAt(journal.read(), kills)),
        "first write": `${lasted(median(times))}, at most ${lasted(Math.max(...times))}`,
        "slowest answer": lasted(slowestAnswerMs),
        "longest gap": lasted(longestGapMs),
      };
      return { broken, figures };
    });
  },
};

interface Seen {
  /** From MariaDB's greeting to the first acknowledged write. */
  readonly times: readonly number[];
  readonly survived: boolean;
  readonly slowestAnswerMs: number;
}

export function verdict({ times, survived, slowestAnswerMs }: Seen): readonly string[] {
  const typical = median(times);
  return [
    ...(typical > writtenWithinMs ? [`The first write came ${lasted(typical)} after MariaDB accepts.`] : []),
    ...(survived ? [] : ["The API did not survive."]),
    ...(slowestAnswerMs > answeredWithinMs ? [`One answer took ${lasted(slowestAnswerMs)}.`] : []),
  ];
}
