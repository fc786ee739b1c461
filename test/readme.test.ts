// The examples in README and in the tour of the API are correct: on both engines every curl command runs against a new
// database, in the order of its page, and must get exactly the answer shown, except for request ids and current times.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { withoutNow } from "../api/src/both-engines.ts";
import { Program } from "./program.ts";

const root = join(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-readme-"));
let mariadb: PrivateMariadb;

beforeAll(async () => {
  mariadb = await startPrivateMariadb();
});

afterAll(async () => {
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The pages with examples, and how many commands and answers each has, so that none gets lost. */
const pages = [
  { page: "README.md", commands: 1, answers: 1 },
  { page: "docs/api.md", commands: 48, answers: 11 },
];

interface Example {
  readonly command: string;
  /** The answer shown below the command; undefined for a block of several commands. */
  readonly shown: unknown;
}

function examplesOf(page: string): Example[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/```sh\n([\s\S]*?)```(?:\n```json\n([\s\S]*?)```)?/g)].flatMap(([, block = "", answer]) =>
    // A command may continue on the next line after a backslash.
    block
      .split(/(?<!\\)\n/)
      .filter((command) => command.startsWith("curl "))
      .map((command) => ({ command, shown: answer === undefined ? undefined : JSON.parse(answer) })),
  );
}

/** The day for which the pages show answers. */
const sampleDate = "2026-11-28";

/** An answer without its request id, and with times of now (by UTC and by the company) and of the pages' day as "now". */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "string")
    return value.startsWith(`${sampleDate}T`) ? "now" : withoutNow(withoutNow(value), "Europe/Copenhagen");
  if (typeof value !== "object" || value === null) return value;
  const unique = ["request_id", "instance"];
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [name, unique.includes(name) ? typeof inside : comparable(inside)]),
  );
}

describe.each(["sqlite", "mariadb"])("Examples on %s", (engine) => {
  test.each(pages)("every example of $page gets the answer that is shown", async ({ page, commands, answers }) => {
    const examples = examplesOf(page);
    const withAnswers = examples.filter(({ shown }) => shown !== undefined);
    expect([examples.length, withAnswers.length]).toEqual([commands, answers]);
    const name = page.replace(/\W/g, "_").toLowerCase();
    const url = engine === "sqlite" ? `sqlite:${join(folder, `${name}.db`)}` : mariadb.url(name);
    const options = ["--port", "0", "--sample-date", sampleDate];
    const program = new Program(process.execPath, ["api/src/main.ts", ...options], root, { DATABASE_URL: url });
    try {
      const server = await program.until(/^API\s+http:\/\/(\S+)/m);
      for (const { command, shown } of examples) {
        const output = Bun.spawnSync(["sh", "-c", `${command.replace("localhost:8000", server)} -sS`]);
        const answer: unknown = JSON.parse(output.stdout.toString() || output.stderr.toString());
        if (shown === undefined) expect(answer, command).toHaveProperty("success", true);
        else expect(comparable(answer), command).toEqual(comparable(shown));
      }
    } finally {
      program.signalGroup("SIGKILL");
    }
  });
});
