import { censusOf, lasted, median } from "../census.ts";
import { untilWritten } from "../probe.ts";
import { Random } from "../random.ts";
import type { Row } from "../row.ts";
import { underLoad } from "../under-load.ts";

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
      for (let trial = 1; trial <= context.trials; trial += 1) {
        await Bun.sleep(random.whole(300, 1500));
        const crashed = await server.crash();
        await Bun.sleep(downMs);
        await crashed.restart();
        times.push(await untilWritten(system.url, journal, `2.${trial}-0`));
        context.say(`kill ${trial}: first write ${lasted(times.at(-1) ?? 0)} after MariaDB accepts`);
      }
      const broken: string[] = [];
      if (median(times) > writtenWithinMs)
        broken.push(`The first write came ${lasted(median(times))} after MariaDB accepts.`);
      if (api.pid !== pid || !isAlive(pid)) broken.push("The API did not survive.");
      const { slowestAnswerMs, longestGapMs } = censusOf(journal.read());
      if (slowestAnswerMs > answeredWithinMs) broken.push(`One answer took ${lasted(slowestAnswerMs)}.`);
      const figures = {
        "first write": `${lasted(median(times))}, at most ${lasted(Math.max(...times))}`,
        "slowest answer": lasted(slowestAnswerMs),
        "longest gap": lasted(longestGapMs),
      };
      return { broken, figures };
    });
  },
};

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
