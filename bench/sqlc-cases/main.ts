// `npm run bench:sqlc-cases -- --repository DIR`: which share of the queries in sqlc's own test cases does the checker
// accept? DIR is a clone of sqlc; nothing of it is kept here. `--refused FILE` writes every refused query.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPrivateMariadb } from "../../sqlproof/src/test-server/private-mariadb.ts";
import { readCases } from "./cases.ts";
import { measure } from "./measure.ts";
import { markdown, refusedList } from "./report.ts";

const { values: options } = parseArgs({
  options: { repository: { type: "string" }, refused: { type: "string" }, only: { type: "string" } },
});
const { repository, refused, only } = options;
if (repository === undefined) throw new Error("name a clone of sqlc: --repository DIR");

const cases = readCases(repository).filter(({ name }) => name.includes(only ?? ""));
const server = await startPrivateMariadb();
try {
  const judged = await measure({ ...server, connectTimeoutMs: 60_000 }, cases);
  console.log(markdown(judged));
  if (refused !== undefined) writeFileSync(refused, refusedList(judged));
  // Only a complete run counts as the score.
  if (only === undefined) writeFileSync(join(import.meta.dir, "results.md"), markdown(judged));
} finally {
  await server.stop();
}
