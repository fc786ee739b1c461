// README's examples are true: every curl is typed, in order, on both engines, and what is shown is what comes back, to the
// last digit. The sample company is that of README's day; what is different for everybody is left out.
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

interface Example {
  readonly command: string;
  /** The answer shown below it; a block of several commands shows none. */
  readonly shown: unknown;
}

function examples(): Example[] {
  const text = readFileSync(join(root, "README.md"), "utf8");
  return [...text.matchAll(/```sh\n([\s\S]*?)```(?:\n```json\n([\s\S]*?)```)?/g)].flatMap(([, commands = "", answer]) =>
    commands
      .split("\n")
      .filter((command) => command.startsWith("curl "))
      .map((command) => ({ command, shown: answer === undefined ? undefined : JSON.parse(answer) })),
  );
}

/** The day on which README's answers were taken. */
const sampleDate = "2026-11-28";

/** An answer without its request's id and without moments of its own: those of now, or of README's day. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "string") return value.startsWith(`${sampleDate}T`) ? "now" : withoutNow(value);
  if (typeof value !== "object" || value === null) return value;
  const own = ["request_id", "instance"];
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [name, own.includes(name) ? typeof inside : comparable(inside)]),
  );
}

describe.each(["sqlite", "mariadb"])("README on %s", (engine) => {
  test("every example answers as it is shown", async () => {
    const url = engine === "sqlite" ? `sqlite:${join(folder, "readme.db")}` : mariadb.url("readme");
    const options = ["--port", "0", "--sample-date", sampleDate];
    const program = new Program(process.execPath, ["api/src/main.ts", ...options], root, { DATABASE_URL: url });
    try {
      const server = await program.until(/^API\s+http:\/\/(\S+)/m);
      for (const { command, shown } of examples()) {
        const output = Bun.spawnSync(["sh", "-c", `${command.replace("localhost:8000", server)} -sS`]);
        const answer: unknown = JSON.parse(output.stdout.toString() || output.stderr.toString());
        if (shown === undefined) expect(answer, command).toHaveProperty("success", true);
        else expect(comparable(answer), command).toEqual(comparable(shown));
      }
      expect(examples().length).toBeGreaterThan(15);
    } finally {
      program.signalGroup("SIGKILL");
    }
  });
});
