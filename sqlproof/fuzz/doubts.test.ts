import { afterAll, beforeAll, expect, test } from "bun:test";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { viewProblems } from "../src/check/views.ts";
import { Random } from "../src/differential/random.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { doubts } from "./doubts.ts";
import { isBounded } from "./find/bounds.ts";
import { arenaOf } from "./run/arena.ts";
import { Stage } from "./run/stage.ts";

const statements = 60;

const { migrations } = arenaOf(0, new Random(1).fork("schema"), [], null);

let server: PrivateMariadb;
let stage: Stage;

beforeAll(async () => {
  server = await startPrivateMariadb();
  const random = new Random(1);
  const { host, port, user, password } = server;
  // A connection that waits for the other statements may be silent for long.
  const patient = { host, port, user, password, silenceTimeoutMs: 3_600_000 };
  stage = await Stage.open(patient, migrations, random.fork("rows"), { rows: 14, without: new Set() });
}, 60_000);

afterAll(async () => {
  await stage.close();
  await server.stop();
});

test("the checker accepts the views", async () => {
  const mariadb = await MariadbProver.open(server, migrations.mariadb);
  const sqlite = new SqliteProver(migrations.sqlite);
  expect(sqlite.views().length).toBeGreaterThan(0);
  expect(await viewProblems({ mariadb, sqlite })).toEqual([]);
  await mariadb.close();
  sqlite.close();
});

for (const [name, doubt] of doubts)
  test(`the checker accepts at least a quarter of the statements about ${name}`, async () => {
    const random = new Random(1);
    const made = Array.from({ length: statements }, (_, number) => doubt(random.fork(`${name} ${number}`)));
    expect(new Set(made).size).toBeGreaterThan(statements * 0.9);
    expect(made.filter(isBounded).length).toBeGreaterThan(statements * 0.9);
    let accepted = 0;
    for (const text of made) if ((await stage.prove(text)) !== null) accepted += 1;
    console.log(`${name}: ${accepted} of ${statements} accepted`);
    expect(accepted).toBeGreaterThanOrEqual(statements / 4);
  }, 60_000);
