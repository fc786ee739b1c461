// The API ends with the program that started it, however that ended: an orphan would occupy the port and the database.
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Program } from "./program.ts";

const root = join(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "parent-end-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (name: string) => ["--port", "0", "--no-sample", "--database", `sqlite:${join(folder, name)}`];
const address = /^API\s+(http:\S+)/m;

async function isServed(url: string): Promise<boolean> {
  return (await fetch(`${url}/livez`).catch(() => null)) !== null;
}

async function ends(url: string): Promise<boolean> {
  for (let tries = 0; tries < 400 && (await isServed(url)); tries += 1) await Bun.sleep(50);
  return !(await isServed(url));
}

const parents: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ["npm start", "node", ["start.mjs", "--no-pages", ...options("start.db")]],
  [
    "a program of its own",
    process.execPath,
    [
      "-e",
      `const env = { ...process.env, END_WITH_INPUT: "1" };
       const args = ["api/src/main.ts", ...${JSON.stringify(options("own.db"))}];
       Bun.spawn([process.execPath, ...args], { env, stdin: "pipe", stdout: "inherit", stderr: "inherit" });
       setInterval(() => {}, 60_000);`,
    ],
  ],
];

test.each(parents)("when %s is killed", async (_name, command, args) => {
  const parent = new Program(command, args, root, { END_WITH_INPUT: "" });
  try {
    const url = await parent.until(address);
    expect(await isServed(url)).toBe(true);
    parent.signal("SIGKILL");
    expect(await ends(url)).toBe(true);
    await parent.until(/all requests are finished/);
  } finally {
    parent.signalGroup("SIGKILL");
  }
});

test("but not when it has no input at all, as under a service manager", async () => {
  const args = ["-c", `exec "$0" api/src/main.ts ${options("service.db").join(" ")} < /dev/null`, process.execPath];
  const service = new Program("sh", args, root, { END_WITH_INPUT: "" });
  try {
    const url = await service.until(address);
    await Bun.sleep(300);
    expect(await isServed(url)).toBe(true);
  } finally {
    service.signalGroup("SIGKILL");
  }
});
