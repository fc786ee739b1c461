import { afterAll, describe, expect, test } from "bun:test";
import { fstatSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Program } from "../../../test/program.ts";
import { createLog } from "../http/log.ts";
import { writesToJournal } from "./journal.ts";
import { LogFile } from "./log-file.ts";

const root = join(import.meta.dir, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Line {
  readonly event: string;
  readonly request_id: string;
}

/** The lines of all files with this name, older ones first. Throws at a line that is not whole. */
function linesOf(name: string): readonly Line[] {
  const files = readdirSync(folder).filter((file) => file.startsWith(name));
  const age = (file: string) => Number(file.slice(name.length + 1) || Number.POSITIVE_INFINITY);
  return files
    .toSorted((a, b) => age(a) - age(b))
    .flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n").slice(0, -1))
    .map((line) => JSON.parse(line));
}

describe("--log-file", () => {
  test("a file that is moved away and opened again loses and splits no line, and keeps their order", async () => {
    const path = join(folder, "unit.log");
    const file = await LogFile.open(path);
    const log = createLog("info", { sink: (lines) => file.write(lines) });
    const moves: Promise<void>[] = [];
    for (let number = 0; number < 20_000; number += 1) {
      log.write(number % 7 === 0 ? "error" : "info", "request", { request_id: `${number}` });
      if (number % 500 !== 499) continue;
      renameSync(path, `${path}.${number}`);
      moves.push(file.reopen());
      // Once the path is there again, it can be moved again.
      await moves.at(-1);
    }
    await log.flush();
    await file.close();
    expect(linesOf("unit.log").map(({ request_id }) => Number(request_id))).toEqual([...new Array(20_000).keys()]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("a file that cannot be opened again stays the one in use, and lost lines are counted", async () => {
    const inside = mkdtempSync(join(folder, "gone-"));
    const path = join(inside, "a.log");
    const file = await LogFile.open(path);
    renameSync(inside, `${inside}-moved`);
    await expect(file.reopen()).rejects.toThrow(/cannot be written \(ENOENT\)/);
    await file.write("still here\n");
    expect(readFileSync(join(`${inside}-moved`, "a.log"), "utf8")).toBe("still here\n");
    await file.close();
    await expect(file.write("a\nb\n")).rejects.toThrow();
    expect(file.linesLost).toBe(2);
  });

  test("SIGHUP under load: each answered request has one whole line in one of the files", async () => {
    const path = join(folder, "server.log");
    const program = serve(["--log-file", path]);
    try {
      const url = await program.until(/^API\s+(http:\/\/\S+)/m);
      const ids: string[] = [];
      const ask = async () => {
        const reply = await fetch(`${url}/api/orders/${1 + (ids.length % 50)}`);
        await reply.arrayBuffer();
        ids.push(reply.headers.get("x-request-id") ?? "");
      };
      for (let round = 1; round <= 6; round += 1) {
        const asked = Array.from({ length: 300 }, ask);
        renameSync(path, `${path}.${round}`);
        program.signal("SIGHUP");
        await Promise.all(asked);
        while (!readdirSync(folder).includes("server.log")) await Bun.sleep(5);
      }
      expect(await (await fetch(`${url}/metrics`)).text()).toContain("northwind_log_lines_lost_total 0\n");
      program.signal("SIGTERM");
      expect(await program.ended).toEqual({ code: 0, signal: null });
      const logged = linesOf("server.log").flatMap(({ event, request_id }) =>
        event === "request" ? [request_id] : [],
      );
      expect(new Set(logged).size).toBe(logged.length);
      expect(ids.filter((id) => !logged.includes(id))).toEqual([]);
      expect(program.output).not.toContain('"request_id"');
    } finally {
      program.signalGroup("SIGKILL");
    }
  });

  test("a folder that is missing is named at the start", async () => {
    const program = serve(["--log-file", join(folder, "missing", "a.log")]);
    expect((await program.ended).code).toBe(1);
    expect(program.output).toMatch(
      /^The log file \S+ cannot be written \(ENOENT\): make its folder, or choose another/,
    );
  });
});

describe("under systemd", () => {
  test("only the journal's own stream counts as the journal", () => {
    const { dev, ino } = fstatSync(1);
    const answers = [`${dev}:${ino}`, `${dev}:${ino + 1}`, "", undefined].map((named) =>
      writesToJournal({ JOURNAL_STREAM: named }),
    );
    expect(answers).toEqual([true, false, false, false]);
  });

  test("each line begins with its priority, from which the journal takes it", async () => {
    const lines: string[] = [];
    const log = createLog("debug", { isJournal: true, sink: async (text) => lines.push(text) });
    for (const level of ["debug", "info", "warn", "error"] as const) log.write(level, "request", { rows: 1 });
    await log.flush();
    expect(lines.join("").match(/^<\d>\{"time/gm)).toEqual(['<7>{"time', '<6>{"time', '<4>{"time', '<3>{"time']);
  });
});

function serve(options: readonly string[]): Program {
  const database = `sqlite:${join(folder, `${options.length}-${Bun.randomUUIDv7()}.db`)}`;
  return new Program(
    process.execPath,
    ["api/src/main.ts", "--port", "0", "--notice-ms", "0", "--database", database, ...options],
    root,
  );
}
