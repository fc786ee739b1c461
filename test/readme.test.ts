// README's examples are true: every curl is typed, in order, on both engines, and what is shown has the form of what
// comes back. Only the form: the sample company's dates follow the calendar.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
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

/** Where a value is an object or a list, what is in it; else its type. Null may stand for any type. */
function form(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [form(value[0])];
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, form(inside)]));
}

/** The same form as what is shown, with null where only one of the two has null. */
function formLike(value: unknown, shown: unknown): unknown {
  if (shown === "null" || value === "null") return shown;
  if (Array.isArray(value) && Array.isArray(shown)) return value.map((one) => formLike(one, shown[0]));
  if (typeof value !== "object" || value === null || typeof shown !== "object" || shown === null) return value;
  const inside = new Map<string, unknown>(Object.entries(shown));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, formLike(one, inside.get(name))]));
}

function idOf(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("data" in answer)) return null;
  const { data } = answer;
  return typeof data === "object" && data !== null && "id" in data ? data.id : null;
}

describe.each(["sqlite", "mariadb"])("README on %s", (engine) => {
  test("every example answers as it is shown", async () => {
    const url = engine === "sqlite" ? `sqlite:${join(folder, "readme.db")}` : mariadb.url("readme");
    const program = new Program(process.execPath, ["api/src/main.ts", "--port", "0"], root, { DATABASE_URL: url });
    try {
      const server = await program.until(/^API\s+http:\/\/(\S+)/m);
      /** The ids that README shows, and what they are here. */
      const ids = new Map<string, string>();
      for (const { command, shown } of examples()) {
        const typed = command
          .replace("localhost:8000", server)
          .replace(/\/(\d+)/g, (path, id: string) => (ids.has(id) ? `/${ids.get(id)}` : path));
        const output = Bun.spawnSync(["sh", "-c", `${typed} -sS`]);
        const answer: unknown = JSON.parse(output.stdout.toString() || output.stderr.toString());
        if (shown === undefined) expect(answer, command).toHaveProperty("success", true);
        else expect(formLike(form(answer), form(shown)), command).toEqual(form(shown));
        ids.set(String(idOf(shown)), String(idOf(answer)));
      }
      expect(examples().length).toBeGreaterThan(15);
    } finally {
      program.signalGroup("SIGKILL");
    }
  });
});
