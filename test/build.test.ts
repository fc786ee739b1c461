// The single file that `npm run build` makes, used as a new user would: copied into an empty folder and started with an
// empty environment, so that it can find neither Node nor Bun nor this repository.

import { Database } from "bun:sqlite";
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createConnection } from "mariadb";
import { splitStatements } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { commandNames } from "../api/src/start/commands.ts";
import { Program } from "./program.ts";

const repository = resolve(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-file-"));
const file = join(folder, "northwind");
const running: Program[] = [];

beforeAll(async () => {
  const build = new Program("npm", ["run", "build"], repository);
  expect({ ...(await build.ended), output: build.output }).toMatchObject({ code: 0 });
  copyFileSync(join(repository, "dist", "northwind"), file);
});

afterEach(() => {
  for (const program of running.splice(0)) program.signalGroup("SIGKILL");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the file with an empty environment. */
function run(...options: string[]): Program {
  const program = new Program("/usr/bin/env", ["-i", file, ...options], folder);
  running.push(program);
  return program;
}

async function start(...options: string[]): Promise<{ program: Program; url: string }> {
  const program = run("--no-pages", "--port", "0", "--notice-ms", "0", ...options);
  return { program, url: await program.until(/^API\s+(http:\S+)/m) };
}

async function stop(program: Program): Promise<void> {
  program.signal("SIGTERM");
  expect(await program.ended).toEqual({ code: 0, signal: null });
  expect(program.output).toContain("all requests are finished");
}

async function answered(url: string, init?: RequestInit): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, init);
  return { status: answer.status, text: await answer.text() };
}

/** Expects orders up to the day before the given one, and names with all their special letters. */
async function expectSample(url: string): Promise<void> {
  expect((await answered(`${url}/api/orders?limit=1`)).text).toMatch(/"order_date":"2024-05-14T\d\d:\d\d:00"/);
  expect((await answered(`${url}/api/orders?q=Zdzisław&limit=1`)).text).toContain('"ship_city":"Wrocław"');
}

const newOrder = {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ ship_name: "Kept" }),
};

/** Makes a Northwind database as other programs do: with the tables of the first step but no record of any step. */
async function makeOldDatabase({ host, port, user, password }: PrivateMariadb, name: string): Promise<void> {
  const connection = await createConnection({ host, port, user, password });
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.query(`USE ${name}`);
  const firstStep = await Bun.file(join(repository, "schema", "mariadb", "0001_northwind.sql")).text();
  for (const { text } of splitStatements(firstStep)) await connection.query(text);
  await connection.end();
}

test("in an empty folder it creates a database with the sample company and accepts an order", async () => {
  const { program, url } = await start("--sample-date", "2024-05-15");
  expect(program.output).toContain(`${join(folder, "data", "northwind.db")}, created`);
  expect(program.output).toMatch(/^Sample\s/m);
  await expectSample(url);
  expect(await answered(`${url}/api/orders`, newOrder)).toMatchObject({ status: 201 });
  await stop(program);
  expect(readdirSync(folder).sort()).toEqual(["data", "northwind"]);
});

test("a second start keeps the data, serves the API document and makes reports in the thread", async () => {
  // From this id on, reports are made in the thread.
  const database = new Database(join(folder, "data", "northwind.db"));
  database.run("UPDATE orders SET id = 10000 WHERE ship_name = 'Kept'");
  database.close();
  const begin = performance.now();
  const { program, url } = await start();
  console.log(`measured: second start of the single file to ready ${Math.round(performance.now() - begin)} ms`);
  expect(program.output).not.toMatch(/created|^Sample|^Schema/m);
  expect((await answered(`${url}/api/orders/10000`)).text).toContain('"Kept"');
  expect(await answered(`${url}/api/summary`)).toMatchObject({ status: 200 });
  const openApi = await Bun.file(join(repository, "api", "openapi.json")).text();
  expect(await answered(`${url}/api/openapi.json`)).toEqual({ status: 200, text: openApi });
  const page = await answered(`${url}/api/docs`);
  const assets = [...page.text.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path);
  expect(assets.length).toBeGreaterThan(2);
  for (const path of assets) expect(await answered(`${url}${path}`)).toMatchObject({ status: 200 });
  await stop(program);
});

test("--help and errors name the file instead of npm", async () => {
  const help = run("--help");
  expect((await help.ended).code).toBe(0);
  expect(help.output).toContain("  northwind --port 9000");
  const failed = run("--nonsense");
  expect((await failed.ended).code).toBe(1);
  const [unknown, options] = failed.output.trim().split("\n");
  expect(unknown).toBe("Unknown option --nonsense: `northwind --help` lists the options.");
  expect(options).toContain("--no-pages");
  expect(options).not.toContain("--pages");
  expect(help.output).not.toMatch(/npm|--pages/);
  const listed = /explains a command: (.*)/.exec(help.output)?.[1]?.split(/, | or /);
  expect(listed?.toSorted()).toEqual(commandNames.toSorted());
  const version = run("--version");
  expect((await version.ended).code).toBe(0);
  expect(version.output).toMatch(/^Northwind Orders \d+\.\d+\.\d+, schema step \d+ /);
});

test("it serves its own pages as well, unpacked once into the user's cache, whatever lies in the current folder", async () => {
  const cache = join(folder, "cache");
  const current = join(folder, "current");
  mkdirSync(current);
  writeFileSync(join(current, "bunfig.toml"), 'preload = ["./missing.ts"]\n');
  const unpacked = () => readdirSync(join(cache, "northwind"));
  for (const _time of ["the first", "the second"]) {
    const args = ["-i", `XDG_CACHE_HOME=${cache}`, file, "--port", "0", "--web-port", "0", "--no-sample"];
    const program = new Program("/usr/bin/env", [...args, "--notice-ms", "0"], current);
    running.push(program);
    const url = await program.until(/^Pages\s+(http:\S+)/m);
    const page = await answered(`${url}/orders`, { headers: { accept: "text/html" } });
    expect([page.status, page.text.includes("<html")]).toEqual([200, true]);
    const [script = ""] = /\/_next\/static\/[^"]+\.js/.exec(page.text) ?? [];
    expect(await answered(url + script)).toMatchObject({ status: 200 });
    expect(await answered(`${url}/api/orders?limit=1`)).toMatchObject({ status: 200 });
    const ports = ["--port", new URL(await program.until(/^API\s+(http:\S+)/m)).port, "--web-port", new URL(url).port];
    expect((await run("ready", ...ports).ended).code).toBe(0);
    expect(unpacked()).toEqual([expect.stringMatching(/^pages-[0-9a-f]{16}$/)]);
    await stop(program);
    const asked = run("ready", ...ports);
    expect((await asked.ended).code).toBe(1);
    expect(asked.output).toContain("does not answer");
  }
});

test("users are listed and added without the pages", async () => {
  const added = run("user", "add", "ana@northwind.example");
  expect((await added.ended).code).toBe(0);
  expect(added.output).toMatch(/\/password#[\w-]{20,}/);
  const wrong = run("user", "ad");
  expect([(await wrong.ended).code, wrong.output]).toEqual([1, expect.stringContaining("northwind user --help")]);
});

test("on MariaDB it creates a new database and adopts an old one", async () => {
  const mariadb = await startPrivateMariadb();
  try {
    const { program, url } = await start("--database", mariadb.url("northwind"), "--sample-date", "2024-05-15");
    expect(program.output).toMatch(/^Sample\s/m);
    await expectSample(url);
    expect(await answered(`${url}/api/orders`, newOrder)).toMatchObject({ status: 201 });
    await stop(program);

    await makeOldDatabase(mariadb, "old");
    const { program: adopting } = await start("--database", mariadb.url("old"));
    expect(adopting.output).toContain("existing data adopted");
    await stop(adopting);
  } finally {
    await mariadb.stop();
  }
});
