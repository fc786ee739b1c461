// The foundations of the fault programme: journal, client, seeds, command line and page.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommandLine } from "./command-line.ts";
import { Client } from "./load/client.ts";
import { Journal, readJournal } from "./load/journal.ts";
import { Random } from "./load/random.ts";
import { bound, type Report, updatedPage } from "./report/reliability-page.ts";
import { rows } from "./rows.ts";

const folder = mkdtempSync(join(tmpdir(), "faults-programme-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("journal", () => {
  const asked = {
    session: 1,
    intent: "create",
    method: "POST",
    path: "/api/orders",
    ifMatch: null,
    body: "{}",
  } as const;
  const unknown = { kind: "unknown", reason: "cut" } as const;
  const refused = (status: number, code: string) => ({ kind: "refused", status, code, body: "" }) as const;
  const done = { kind: "acknowledged", status: 201, body: "{}", etag: '"0"' } as const;

  test("survives its writer: a request without an answer is unknown, a half-written line is skipped", () => {
    const path = join(folder, "died.jsonl");
    const journal = new Journal(path);
    const number = journal.begin({ ...asked, key: "a" });
    journal.send(number, 1, "c1-1-1");
    journal.close();
    writeFileSync(path, `${readFileSync(path, "utf8")}{"line":"ended","number":1,"att`);
    expect(readJournal(path)).toMatchObject([{ key: "a", outcome: { kind: "unknown", reason: "the client died" } }]);
    const next = new Journal(path);
    expect(next.begin({ ...asked, key: "b" })).toBe(2);
    next.close();
    expect(readJournal(path).map(({ key }) => key)).toEqual(["a", "b"]);
  });

  test.each([
    [[unknown, done], done],
    [[done, unknown], done],
    [[unknown, refused(412, "precondition")], refused(412, "precondition")],
    [[refused(503, "timeout")], { kind: "unknown", reason: "503 timeout" }],
    [[refused(409, "idempotency-running"), done], done],
    [[refused(429, "rate-limited")], { kind: "unknown", reason: "429 rate-limited" }],
  ] as const)("attempts %p result in %p", (outcomes, conclusion) => {
    const path = join(folder, `${crypto.randomUUID()}.jsonl`);
    const journal = new Journal(path);
    const number = journal.begin({ ...asked, key: "a" });
    for (const [index, outcome] of outcomes.entries()) {
      journal.send(number, index + 1, "c");
      journal.end(number, index + 1, { outcome });
    }
    journal.close();
    expect(readJournal(path)[0]?.outcome).toEqual(conclusion);
  });
});

describe("client", () => {
  /** The answers to the next requests, in order; "cut" closes the connection without an answer. */
  const answers: string[] = [];
  const received: string[] = [];
  const times: number[] = [];
  let server: Server;

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on("data", (chunk) => {
        received.push(String(chunk));
        times.push(performance.now());
        const answer = answers.shift() ?? "cut";
        if (answer === "cut") socket.destroy();
        else socket.write(answer);
      });
      socket.on("error", () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server.close());

  const answer = (status: string, headers = "", body = "{}") =>
    `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`;

  async function ask(given: readonly string[], name: string) {
    answers.push(...given);
    received.length = 0;
    times.length = 0;
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const journal = new Journal(join(folder, `${name}.jsonl`));
    const url = `http://127.0.0.1:${port}`;
    const client = new Client({ url, journal, session: 1, random: new Random(1), timeoutMs: 300 });
    const outcome = await client.ask({ intent: "create", method: "POST", path: "/api/orders", key: "k-1", body: {} });
    client.close();
    return { outcome, entry: journal.read()[0] };
  }

  test("retries with the same key after a cut, a timeout and a 503, and obeys Retry-After", async () => {
    const busy = answer("503 Service Unavailable", "Retry-After: 1\r\n", '{"code":"overloaded"}');
    const { outcome, entry } = await ask(["cut", "", busy, answer("201 Created", 'ETag: "0"\r\n')], "tries");
    expect(outcome).toMatchObject({ kind: "acknowledged", status: 201, etag: '"0"' });
    expect(entry?.attempts.map((one) => one.outcome.kind)).toEqual(["unknown", "unknown", "refused", "acknowledged"]);
    expect(received.map((text) => /idempotency-key: (.*)\r/i.exec(text)?.[1])).toEqual(["k-1", "k-1", "k-1", "k-1"]);
    expect(new Set(received.map((text) => /x-request-id: (.*)\r/i.exec(text)?.[1])).size).toBe(4);
    expect((times[3] ?? 0) - (times[2] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test("a refusal of the request itself is not retried", async () => {
    const { entry } = await ask([answer("412 Precondition Failed", "", '{"code":"precondition"}')], "refused");
    expect(entry?.attempts).toHaveLength(1);
    expect(entry?.outcome).toMatchObject({ kind: "refused", status: 412, code: "precondition" });
  });

  test("two answers to one request count as no answer", async () => {
    const two = `${answer("201 Created")}${answer("201 Created")}`;
    const { entry } = await ask([two, answer("201 Created")], "two");
    expect(entry?.attempts.map((one) => one.outcome.kind)).toEqual(["unknown", "acknowledged"]);
  });
});

test("the same seed gives the same numbers, another seed gives others", () => {
  const numbers = (seed: number) => Array.from({ length: 20 }, (_, n) => new Random(seed).branch(n).integer(0, 1e6));
  expect(numbers(5)).toEqual(numbers(5));
  expect(numbers(5)).not.toEqual(numbers(6));
  expect(new Set(numbers(5)).size).toBeGreaterThan(15);
});

describe("npm run faults", () => {
  test("reads rows, size and seed", () => {
    const options = readCommandLine(
      ["f1", "F11", "--size", "night", "--engine", "sqlite", "--seed", "7", "--write"],
      rows,
    );
    expect(options).toMatchObject({ engines: ["sqlite"], size: "night", seed: 7, trials: null, write: true });
    expect("rows" in options ? options.rows.map(({ id }) => id) : []).toEqual(["F1", "F11"]);
  });

  test("names every mistake", () => {
    expect(readCommandLine(["F99", "--sise", "big", "--engine", "pg", "--trials", "0"], rows)).toEqual([
      "Unknown option --sise: `npm run faults -- --help` lists them.",
      `There is no row F99; there are ${rows.map(({ id }) => id).join(" ")}.`,
      "--engine: pg is none of sqlite, mariadb, cluster.",
      "--trials needs a whole number from 1.",
    ]);
  });

  test("a mistake ends with exit code 1, and nothing is run", () => {
    const { exitCode, stderr, stdout } = Bun.spawnSync([process.execPath, "faults/cli.ts", "F99"], {
      cwd: join(import.meta.dir, ".."),
    });
    expect([exitCode, String(stdout)]).toEqual([1, ""]);
    expect(String(stderr)).toStartWith("There is no row F99;");
  });
});

describe("docs/reliability.md", () => {
  const page = readFileSync(join(import.meta.dir, "..", "docs", "reliability.md"), "utf8");
  const [first, second] = rows;
  const report = (
    row: Report["row"] | undefined,
    engine: Report["engine"],
    trials: number,
    broken: string[],
  ): Report => {
    if (row === undefined) throw new Error("There are two rows at least.");
    const figures = { "acknowledged writes": "1,234", lost: "0", twice: "0", partial: "0" };
    return { row, engine, seed: 5, command: "npm run faults", result: { trials, broken, figures } };
  };
  const lines = (text: string) => text.split("\n").filter((line) => /^\| F[0-9]/.test(line));

  test("replaces one line, leaves every other, and keeps the order of the rows", () => {
    const both = updatedPage(page, [report(second, "mariadb", 20, []), report(first, "sqlite", 20, [])], rows);
    const again = updatedPage(both, [report(first, "sqlite", 300, ["one"])], rows);
    const before = lines(both);
    expect(before.findIndex((line) => line.startsWith(`| ${first?.id} |`))).toBe(0);
    expect(lines(again).filter((line, index) => line !== before[index])).toHaveLength(1);
    expect(lines(again)[0]).toContain("| sqlite | 300 | 1 | 0 | 0 | 0 | - | acknowledged writes 1,234 | 5 |");
    expect(again.slice(again.indexOf("<!-- measured: end"))).toBe(page.slice(page.indexOf("<!-- measured: end")));
  });

  test.each([
    [20, "15 %"],
    [300, "1 %"],
    [1000, "0.3 %"],
    [2, "-"],
  ])("%i trials without a failure bound the rate at %s", (trials, words) => expect(bound(trials)).toBe(words));
});
