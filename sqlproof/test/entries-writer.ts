// A program for the tests: it adds entries concurrently until it is killed and prints the name of each acknowledged
// one. `entries-writer.ts FILE lanes 8` keeps writing; `FILE dies 3` adds five at once, of which the third kills the
// process after two have been written and before any is committed.
import { writeSync } from "node:fs";
import { DatabaseError } from "../src/index.ts";
import { SqliteConnection } from "../src/runtime/sqlite/connection.ts";
import { openSqliteOn } from "../src/runtime/sqlite/open.ts";
import { add, addBelow } from "./entries.ts";

const [path = "", mode = "", count = "1"] = process.argv.slice(2);
// The write that kills the process must be in the group, however slow this machine is.
const limits = mode === "dies" ? { groupMs: 10_000 } : {};
const database = openSqliteOn(new SqliteConnection({ path }), new SqliteConnection({ path }), limits);

function acknowledge(line: string): void {
  writeSync(1, `${line}\n`);
}

/** An entry and its child: both exist or neither. */
async function addPair(name: string): Promise<void> {
  await database.transaction(async (tx) => {
    const { id } = await tx.one(add, { name });
    await tx.run(addBelow, { name: `below ${name}`, parent: id });
  });
}

async function lane(number: number): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    const name = `${process.pid} ${number}-${turn}`;
    try {
      await addPair(name);
      acknowledge(name);
    } catch (error) {
      acknowledge(`refused ${error instanceof DatabaseError ? error.kind : error} ${name}`);
      // Without disk space there is nothing more to try.
      if (error instanceof DatabaseError && error.kind !== "lock-timeout") process.exit(0);
    }
  }
}

if (mode === "dies") {
  const writes = Array.from({ length: 5 }, async (_, index) => {
    if (index + 1 !== Number(count)) await addPair(`${index}`);
    else
      await database.transaction(async (tx) => {
        await tx.one(add, { name: "killer" });
        process.kill(process.pid, "SIGKILL");
      });
    acknowledge(`${index}`);
  });
  await Promise.all(writes);
} else await Promise.all(Array.from({ length: Number(count) }, (_, index) => lane(index)));
