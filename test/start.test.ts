// `npm start` as a process in a fresh copy of the repository, as a new user would run it. No test depends on the speed
// of the machine: times are measured and printed, and conditions are waited for.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { businessDay } from "../api/src/company/business-time.ts";
import { freshCopy } from "./fresh-copy.ts";
import { Program } from "./program.ts";
import { halfSentPost } from "./raw-request.ts";

const folder = freshCopy();
let mariadb: PrivateMariadb;
const running: Program[] = [];

beforeAll(async () => {
  mariadb = await startPrivateMariadb();
});

afterEach(() => {
  for (const program of running.splice(0)) program.signalGroup("SIGKILL");
});

afterAll(async () => {
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const program = new Program(command, args, folder, environment);
  running.push(program);
  return program;
}

/** Packages are downloaded with the real clock, because certificates and caches depend on it. */
const trueClock = { LD_PRELOAD: "" };
const npmStart = (...options: string[]) => run("npm", ["start", "--", "--no-pages", ...options]);
const nodeStart = (...options: string[]) => run("node", ["start.mjs", "--no-pages", ...options]);
const address = /^API\s+(http:\S+)/m;

/** Runs the curl command that the program suggests, and returns its output. */
async function suggestedAnswer(program: Program): Promise<string> {
  const command = await program.until(/^Try\s+(curl .*)$/m);
  const answer = Bun.spawnSync(["sh", "-c", `${command} -sS`]);
  return `${answer.stdout}${answer.stderr}`;
}

async function count(url: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/orders`);
  const body: unknown = await answer.json();
  return typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data)
    ? body.data.length
    : body;
}

/** Sends the preflight of a browser before a page of an origin writes. Returns the status and the allowed origin. */
async function preflight(url: string, origin: string): Promise<readonly [number, string | null]> {
  const headers = { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" };
  const { status, headers: answered } = await fetch(`${url}/api/orders`, { method: "OPTIONS", headers });
  return [status, answered.get("access-control-allow-origin")];
}

function measured(name: string, milliseconds: number): void {
  console.log(`measured: ${name} ${(milliseconds / 1000).toFixed(2)} s`);
}

describe("npm start on a fresh copy", () => {
  test("installs the packages, creates the sample company, and answers the suggested curl command", async () => {
    const begin = performance.now();
    const program = run("npm", ["start", "--", "--no-pages", "--port", "0"], trueClock);
    expect(await suggestedAnswer(program)).toStartWith('{"success":true');
    measured("first start to first answer, installation included", performance.now() - begin);
    expect(program.output).toContain("Installing the packages");
    expect(program.output).toMatch(/^Database\s.*northwind\.db, created$/m);
    expect(program.output).toMatch(/^Sample\s/m);
    program.signal("SIGTERM");
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output).not.toContain("npm error");
  }, 300_000);

  test("a second start uses the existing packages and data", async () => {
    const begin = performance.now();
    const program = npmStart("--port", "0");
    expect(await suggestedAnswer(program)).toStartWith('{"success":true');
    measured("second start to first answer", performance.now() - begin);
    expect(program.output).not.toMatch(/Installing|created|^Sample|^Schema/m);
  }, 300_000);

  test("the sample company has traded up to the working day before its own, whatever time zone the machine has", async () => {
    // The local days of these two zones always differ.
    const zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
    const newest = async (TZ: string) => {
      const database = `sqlite:data/${TZ.replace("/", "-")}-${crypto.randomUUID()}.db`;
      const url = await run("node", ["start.mjs", "--no-pages", "--port", "0", "--database", database], { TZ }).until(
        address,
      );
      return (await (await fetch(`${url}/api/orders?limit=1`)).text()).match(/"order_date":"([^T]+)/)?.[1] ?? "";
    };
    const today = () => businessDay("Europe/Copenhagen");
    let day = "";
    let dates: readonly string[] = [];
    // Repeat if midnight has passed.
    while (day !== today()) {
      day = today();
      dates = await Promise.all(zones.map(newest));
    }
    const lastWorkingDay = [1, 2, 3]
      .map((ago) => new Date(Date.parse(`${day}T00:00:00Z`) - ago * 86_400_000))
      .find((date) => ![0, 6].includes(date.getUTCDay()));
    expect(dates).toEqual(zones.map(() => lastWorkingDay?.toISOString().slice(0, 10) ?? ""));
  }, 300_000);

  test("a preflight is allowed from the origin of the pages, and from others only if they are configured", async () => {
    const url = await npmStart("--port", "0").until(address);
    expect(await preflight(url, "http://localhost:3000")).toEqual([204, "http://localhost:3000"]);
    expect(await preflight(url, "http://127.0.0.1:3000")).toEqual([204, "http://127.0.0.1:3000"]);
    expect(await preflight(url, "https://shop.example")).toEqual([204, null]);
    const other = await npmStart("--port", "0", "--cors-origins", "https://shop.example").until(address);
    expect(await preflight(other, "https://shop.example")).toEqual([204, "https://shop.example"]);
    expect(await preflight(other, "http://localhost:3000")).toEqual([204, null]);
  }, 300_000);

  test("query types older than a proof are derived again", async () => {
    const derived = join(folder, ".sqlproof", "generated", "queries.ts");
    const before = statSync(derived).mtimeMs;
    const later = new Date(Date.now() + 1000);
    utimesSync(join(folder, ".sqlproof", "manifest.json"), later, later);
    expect((await npmStart("--help").ended).code).toBe(0);
    expect(statSync(derived).mtimeMs).toBeGreaterThan(before);
  });

  test("--help prints the options and starts nothing", async () => {
    const program = npmStart("--help");
    expect(await program.ended).toEqual({ code: 0, signal: null });
    for (const words of ["--database URL", "DATABASE_URL", "Default: 8000."]) expect(program.output).toContain(words);
  });

  test("install scripts that npm did not run are run", async () => {
    const packages = join(folder, "node_modules");
    // Of all packages only Bun has a script that counts, so only Bun is installed anew. Nothing remembers the last time.
    for (const path of ["bun", ".installed-from"]) rmSync(join(packages, path), { recursive: true });
    const npm = run("npm", ["install", "--no-save", "--no-audit", "--ignore-scripts"], trueClock);
    expect((await npm.ended).code).toBe(0);
    expect(statSync(join(packages, "bun", "bin", "bun.exe")).size).toBeLessThan(10_000);
    const program = nodeStart("--help");
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output).toContain("--database URL");
    expect(program.output).not.toContain("Installing");
  }, 300_000);
});

describe("the pages", () => {
  const pagesAddress = /^Pages\s+(http:\S+)/m;
  const start = (...options: string[]) => run("npm", ["start", "--", "--port", "0", "--web-port", "0", ...options]);
  const startGoalMs = 2000;
  /** Beside other tests, a build takes much longer than alone. */
  const buildTimeoutMs = 280_000;

  test("are built, are served on their own port, and forward API requests", async () => {
    const begin = performance.now();
    const program = start();
    const url = await program.until(pagesAddress, buildTimeoutMs);
    measured("first start with pages, building included", performance.now() - begin);
    expect(program.output).toContain("Building the pages");
    expect(await (await fetch(`${url}/about`)).text()).toContain("Northwind Orders");
    expect(await count(url)).toEqual(await count(await program.until(address)));
    program.signal("SIGTERM");
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(await fetch(url).catch(() => "gone")).toBe("gone");
  }, 300_000);

  test("are not built again by a second start, whose time is measured", async () => {
    const begin = performance.now();
    const program = start();
    await program.until(pagesAddress);
    const tookMs = performance.now() - begin;
    measured(`second start with pages (goal ${startGoalMs / 1000} s)`, tookMs);
    expect(program.output).not.toContain("Building");
  });

  test("are locked beyond this machine until the first user is made with the link that is printed", async () => {
    const program = start("--host", "0.0.0.0", "--database", "sqlite:data/locked.db", "--no-sample");
    const link = new URL(await program.until(/^ +(http:\S+\/first-user#\S+)$/m));
    expect((await fetch(`${link.origin}/api/orders`)).status).toBe(401);
    expect((await fetch(`${link.origin}/orders`, { redirect: "manual" })).headers.get("location")).toContain(
      "/sign-in",
    );
    expect(await (await fetch(link)).text()).toContain('name="email"');
    const user = { name: "Ana", email_address: "ana@example.com", password: "correct horse battery" };
    const body = JSON.stringify({ ...user, link: link.hash.slice(1) });
    const headers = { "content-type": "application/json" };
    const made = await fetch(`${link.origin}/api/session/first-user`, { method: "POST", headers, body });
    const cookie = made.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await fetch(`${link.origin}/api/orders`, { headers: { cookie } })).status).toBe(200);
    program.signal("SIGTERM");
    await program.ended;
    // With a user there is nothing to print.
    const again = start("--host", "0.0.0.0", "--database", "sqlite:data/locked.db");
    await again.until(/^Try/m);
    expect(again.output).not.toContain("first-user");
  });

  test("are not built, however old they are, if an option is unknown: all options are told at once", async () => {
    const style = join(folder, "web", "app", "globals.css");
    const before = readFileSync(style, "utf8");
    writeFileSync(style, `${before}\n/* Somebody has changed the pages. */\n`);
    const program = start("--no-such-option");
    expect((await program.ended).code).toBe(1);
    expect(program.output).not.toContain("Building");
    expect(program.output).toContain("Unknown option --no-such-option: `npm start -- --help` lists the options.");
    expect(program.output).toMatch(/^The options are --port, --host, .*--no-pages/m);
    // A setting that is wrong is told as soon.
    const wrong = start("--log-level", "loud");
    expect((await wrong.ended).code).toBe(1);
    expect(wrong.output).not.toContain("Building");
    expect(wrong.output).toContain('--log-level: "loud" is not one of debug, info, warn, error, off.');
    writeFileSync(style, before);
  });

  test("end with the program that started them, even if it is killed", async () => {
    const main = ["api/src/main.ts", "--pages", "web/serve.mjs", "--port", "0", "--web-port", "0"];
    const program = run(process.execPath, main);
    const url = await program.until(pagesAddress);
    program.signal("SIGKILL");
    await program.ended;
    const gone = async () => (await fetch(url).catch(() => null)) === null;
    for (let tries = 0; tries < 100 && !(await gone()); tries += 1) await Bun.sleep(50);
    expect(await gone()).toBe(true);
  });

  test("a taken port of the pages is reported before anything is created", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const taken = server.address();
    const port = typeof taken === "object" && taken !== null ? taken.port : 0;
    const program = run("node", ["start.mjs", "--port", "0", "--web-port", `${port}`]);
    expect((await program.ended).code).toBe(1);
    expect(program.output.trim()).toBe(
      `Port ${port} on 127.0.0.1 is taken: stop the program that uses it, or choose another port with --web-port.`,
    );
    server.close();
  });
});

describe("stopping", () => {
  const ways = [
    { way: "SIGTERM to npm", stop: (program: Program) => program.signal("SIGTERM") },
    { way: "SIGINT to npm", stop: (program: Program) => program.signal("SIGINT") },
    {
      way: "Ctrl-C, which reaches every process of the group",
      stop: (program: Program) => program.signalGroup("SIGINT"),
    },
  ];
  test.each(ways)("$way finishes the request in flight and exits with 0", async ({ way, stop }) => {
    const program = npmStart("--port", "0");
    const url = await program.until(address);
    const request = await halfSentPost(`${url}/api/orders`, JSON.stringify({ ship_name: way }));
    stop(program);
    await program.until(/^Stopping/m);
    expect(await request.finish()).toStartWith("HTTP/1.1 201");
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.output).not.toContain("npm error");
    expect(program.output).not.toContain("at once");
  });

  test("a write that was acknowledged during the stop is stored", async () => {
    const url = await nodeStart("--port", "0").until(address);
    const found = await fetch(`${url}/api/orders?q=SIGTERM`);
    expect(await found.text()).toContain("SIGTERM to npm");
  });

  test("a second signal stops at once", async () => {
    const program = nodeStart("--port", "0");
    await halfSentPost(`${await program.until(address)}/api/orders`, "{}");
    program.signal("SIGTERM");
    await program.until(/^Stopping/m);
    // Wait until this cannot be a repetition of the first signal.
    await Bun.sleep(1500);
    program.signal("SIGTERM");
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.output).toMatch(/^Stopped\s+at once/m);
  });
});

describe("on MariaDB", () => {
  test("a missing database is created and filled with as many orders as the embedded one", async () => {
    const program = npmStart("--port", "0", "--database", mariadb.url("northwind"));
    const onMariadb = await count(await program.until(address));
    expect(program.output).toMatch(/^Database\s+northwind on .*, created$/m);
    const onSqlite = await count(await nodeStart("--port", "0", "--database", "sqlite:data/fresh.db").until(address));
    expect(onMariadb).toEqual(onSqlite);
    expect(program.output).not.toContain(mariadb.password);
  });

  test("DATABASE_URL names the database, and --no-sample leaves it empty", async () => {
    const program = run("npm", ["start", "--", "--no-pages", "--port", "0", "--no-sample"], {
      DATABASE_URL: mariadb.url("empty"),
    });
    expect(await count(await program.until(address))).toBe(0);
    program.signal("SIGTERM");
    await program.ended;
    const again = run("npm", ["start", "--", "--no-pages", "--port", "0"], { DATABASE_URL: mariadb.url("empty") });
    expect(await count(await again.until(address))).toBe(0);
  });
});

describe("a failed start explains itself without a stack and exits with 1", () => {
  async function startErrors(...options: string[]): Promise<string[]> {
    const program = nodeStart(...options);
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.output).not.toMatch(/^\s+at |Error:/m);
    return program.output.trimEnd().split("\n");
  }

  test("port taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const taken = server.address();
    const port = typeof taken === "object" && taken !== null ? taken.port : 0;
    expect(await startErrors("--port", `${port}`)).toEqual([
      `Port ${port} on 127.0.0.1 is taken: stop the program that uses it, or choose another port with --port.`,
    ]);
    server.close();
  });

  test("beyond this machine without a user and without pages", async () => {
    const errors = await startErrors("--port", "0", "--host", "0.0.0.0", "--database", "sqlite:data/nobody.db");
    expect(errors.at(-1)).toContain("npm run user -- add E-MAIL");
  });

  test("database unreachable", async () => {
    expect(await startErrors("--port", "0", "--database", "mysql://anna:secret@127.0.0.1:9/northwind")).toEqual([
      "MariaDB at 127.0.0.1:9 cannot be reached: start it, or correct the host and port in --database.",
    ]);
  });

  test("wrong password", async () => {
    const url = mariadb.url("northwind").replace(mariadb.password, "hunter2");
    const lines = await startErrors("--port", "0", "--database", url);
    const place = `127.0.0.1:${mariadb.port}`;
    expect(lines).toEqual([`MariaDB at ${place} refuses user root: correct the user and password in --database.`]);
  });

  test("a user without rights to the database", async () => {
    const root = await createConnection({
      host: mariadb.host,
      port: mariadb.port,
      user: mariadb.user,
      password: mariadb.password,
    });
    await root.query("CREATE USER reader@'%' IDENTIFIED BY 'pw'");
    await root.end();
    const place = `127.0.0.1:${mariadb.port}`;
    expect(await startErrors("--port", "0", "--database", `mysql://reader:pw@${place}/northwind`)).toEqual([
      `User reader lacks rights to the database northwind on ${place}: ` +
        "create it if it is missing, and grant ALL on it to reader.",
    ]);
  });

  test("unwritable folder", async () => {
    const lines = await startErrors("--port", "0", "--database", "sqlite:/proc/northwind/orders.db");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toStartWith(
      "/proc/northwind/orders.db cannot be created or written: make /proc/northwind a folder",
    );
  });

  test("a file that is not a database", async () => {
    writeFileSync(join(folder, "data", "letter.db"), "Dear customer,\n".repeat(100));
    const lines = await startErrors("--port", "0", "--database", "sqlite:data/letter.db");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("letter.db is not a SQLite database: move it away");
  });

  test("a database of another program", async () => {
    const path = join(folder, "data", "stamps.db");
    const { Database } = await import("bun:sqlite");
    const stamps = new Database(path, { create: true });
    stamps.run("CREATE TABLE stamps (year INTEGER)");
    stamps.close();
    const lines = await startErrors("--port", "0", "--database", "sqlite:data/stamps.db");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("Nothing was changed.");
  });

  test("an unknown option and an invalid value together", async () => {
    expect(await startErrors("--prot", "9000", "--log-level", "loud")).toEqual([
      "Unknown option --prot: did you mean --port?",
      '--log-level: "loud" is not one of debug, info, warn, error, off.',
    ]);
  });

  test("npm start has the same output and exit code", async () => {
    const program = npmStart("--port", "eighty");
    expect((await program.ended).code).toBe(1);
    expect(program.output).toContain('--port: "eighty" is not a port; it must be a whole number from 0 to 65535.');
    expect(program.output).not.toMatch(/^\s+at /m);
  });

  test("Node too old", async () => {
    const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.8'})";
    const program = run("node", ["--import", pretend, "start.mjs"]);
    expect((await program.ended).code).toBe(1);
    const message = "Node 18.20.8 is too old: install Node 20.19 or newer from https://nodejs.org.";
    expect(program.output.trim()).toBe(message);
  });
});
