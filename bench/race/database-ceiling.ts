import { join } from "node:path";
import { numbersOf } from "./client/read-numbers.ts";
import { outputOf } from "./client/wrk.ts";
import { type Contestant, databaseCeiling, root } from "./contestant.ts";
import { cpuMs } from "./processes.ts";
import { statementSubject } from "./report/subjects.ts";
import { cacheFolder } from "./serve.ts";
import type { Trial } from "./trial.ts";

const program = join(cacheFolder, "database");
const compile = `mkdir -p "$(dirname "$0")" && cc -O2 -Wall -pthread -o "$0" database.c $(mariadb_config --include --libs)`;

/** A limit that no server that reads one order per statement can beat: the same statement from a client in C. */
export const databaseFloor: Contestant = {
  name: databaseCeiling,
  title: "MariaDB's prepared statement, asked from C",
  folder: join(root, "bench/floor"),
  needs: new Map([
    ["cc", "apt-get install gcc libc6-dev"],
    ["mariadb_config", "apt-get install libmariadb-dev"],
  ]),
  build: ["/bin/sh", "-c", compile, program],
  run: () => [program],
  database: "statement",
};

export async function measureDatabase({ contestant, round, databases, samples, effort }: Trial): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(databases.urlFor(contestant));
  const counts = [effort.poolSize, effort.warmUpSeconds, effort.seconds, databases.lastOrder].map(String);
  const before = cpuMs([databases.mariadbPid]);
  const output = await outputOf(program, [hostname, port, username, pathname.slice(1), ...counts], {
    env: { ...process.env, MYSQL_PWD: decodeURIComponent(password) },
  });
  const databaseMs = cpuMs([databases.mariadbPid]) - before;
  const { statementsPerSecond, statements } = numbersOf(output, ["statementsPerSecond", "statements"]);
  const measured = { contestant: contestant.name, subject: statementSubject, round };
  samples.add({ ...measured, figure: "per_second", value: statementsPerSecond });
  const value = Number(((databaseMs * 1000) / statements).toPrecision(5));
  samples.add({ ...measured, figure: "database_cpu_us", value });
}
