import { isAlive, untilWritten } from "../../load/probe.ts";
import { Random } from "../../load/random.ts";
import { pendingWritesAt, writeStatisticsOf } from "../../load/write-statistics.ts";
import { formatCount, formatDuration, median } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { runUnderLoad } from "../../run-under-load.ts";

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
    return runUnderLoad(context, {}, async ({ system, journal }) => {
      const { server, api } = system;
      if (server === null) throw new Error("There is no server to kill.");
      const { pid } = api;
      const times: number[] = [];
      const kills: number[] = [];
      for (let trial = 1; trial <= context.trials; trial += 1) {
        // A refused client is asked to retry after 5 s: only then are all clients at work again.
        await Bun.sleep(trial === 1 ? random.integer(300, 1500) : random.integer(5300, 6500));
        kills.push(performance.now());
        const crashed = await server.crash();
        await Bun.sleep(downMs);
        await crashed.restart();
        times.push(await untilWritten(system.url, journal, `2.${trial}-0`));
        context.say(
          `kill ${trial}: first write ${formatDuration(times.at(-1) ?? 0)} after MariaDB accepts connections`,
        );
      }
      const { slowestAnswerMs, longestGapMs } = writeStatisticsOf(journal.read());
      const broken = verdict({ times, survived: api.pid === pid && isAlive(pid), slowestAnswerMs });
      const figures = {
        "writes cut": formatCount(pendingWritesAt(journal.read(), kills)),
        "first write": `${formatDuration(median(times))}, at most ${formatDuration(Math.max(...times))}`,
        "slowest answer": formatDuration(slowestAnswerMs),
        "longest gap": formatDuration(longestGapMs),
      };
      return { broken, figures };
    });
  },
};

interface Seen {
  /** From MariaDB accepting connections to the first acknowledged write. */
  readonly times: readonly number[];
  readonly survived: boolean;
  readonly slowestAnswerMs: number;
}

export function verdict({ times, survived, slowestAnswerMs }: Seen): readonly string[] {
  const typical = median(times);
  return [
    ...(typical > writtenWithinMs
      ? [`The first write came ${formatDuration(typical)} after MariaDB accepts connections.`]
      : []),
    ...(survived ? [] : ["The API did not survive."]),
    ...(slowestAnswerMs > answeredWithinMs ? [`One answer took ${formatDuration(slowestAnswerMs)}.`] : []),
  ];
}
