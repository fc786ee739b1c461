import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { type Config, parseConfig } from "./config.ts";

function config(args: string[], environment: Record<string, string> = {}): Config {
  const request = parseConfig(args, environment);
  if (request.kind !== "run") throw new Error(JSON.stringify(request));
  return request.config;
}

function faults(args: string[], environment: Record<string, string> = {}): readonly string[] {
  const request = parseConfig(args, environment);
  return request.kind === "faults" ? request.faults : [];
}

describe("settings", () => {
  test("nothing given: the defaults", () => {
    const { database, ...rest } = config([]);
    expect(rest).toEqual({
      port: 8000,
      host: "127.0.0.1",
      noSample: false,
      requireIfMatch: false,
      requireIdempotencyKey: false,
      logLevel: "info",
      corsOrigins: [],
      poolSize: 10,
      acquireTimeoutMs: 3000,
      statementTimeoutMs: 8000,
      stopTimeoutMs: 10_000,
    });
    expect(database).toEqual({ engine: "sqlite", path: resolve(import.meta.dir, "../../data/northwind.db") });
  });

  test("an option wins over its environment variable, and an empty variable is none", () => {
    expect(config(["--port=9001"], { PORT: "9002" }).port).toBe(9001);
    expect(config([], { PORT: "9002" }).port).toBe(9002);
    expect(config([], { PORT: "" }).port).toBe(8000);
    expect(config(["--no-sample"]).noSample).toBe(true);
    expect(config([], { NO_SAMPLE: "1" }).noSample).toBe(true);
  });

  test("origins are a list", () => {
    const origins = config(["--cors-origins", "http://localhost:3000, https://shop.example"]).corsOrigins;
    expect(origins).toEqual(["http://localhost:3000", "https://shop.example"]);
  });

  test("a MariaDB URL is taken apart, with percent signs decoded", () => {
    expect(config(["--database", "mariadb://some%40one:p%2Fw%25@db.example:3307/north%20wind"]).database).toEqual({
      engine: "mariadb",
      host: "db.example",
      port: 3307,
      socketPath: null,
      user: "some@one",
      password: "p/w%",
      name: "north wind",
    });
    expect(config([], { DATABASE_URL: "mysql://root@[::1]/n?socket=/run/s" }).database).toMatchObject({
      host: "::1",
      port: 3306,
      socketPath: "/run/s",
      password: "",
    });
  });

  test("a SQLite file may be absolute", () => {
    expect(config(["--database", "sqlite:///var/x.db"]).database).toEqual({ engine: "sqlite", path: "/var/x.db" });
    expect(config(["--database", "sqlite:/var/x.db"]).database).toEqual({ engine: "sqlite", path: "/var/x.db" });
  });
});

describe("faults", () => {
  test("every fault is named at once, by the name that was used", () => {
    expect(
      faults(["--prot", "80", "stray", "--log-level", "loud"], { PORT: "80a", CORS_ORIGINS: "localhost" }),
    ).toEqual([
      "Unknown option --prot: did you mean --port?",
      '"stray" is no option: options begin with --, and `npm start -- --help` lists them.',
      'PORT: "80a" is not a port; it is a whole number from 0 to 65535.',
      '--log-level: "loud" is none of debug, info, warn, error, off.',
      'CORS_ORIGINS: "localhost" is not an origin; one looks like http://localhost:3000, without a path.',
    ]);
  });

  const cases: readonly (readonly [args: string[], fault: string])[] = [
    [["--zzzzzzzz"], "Unknown option --zzzzzzzz: `npm start -- --help` lists the options."],
    [["-p"], "Unknown option -p: `npm start -- --help` lists the options."],
    [["--port"], "--port needs a value: --port NUMBER."],
    [["--port", "--host", "::1"], "--port needs a value: --port NUMBER."],
    [["--port", "65536"], '--port: "65536" is not a port; it is a whole number from 0 to 65535.'],
    [["--port", "1", "--port", "2"], "--port is given twice."],
    [["--no-sample=yes"], "--no-sample takes no value."],
    [["--database", "sqlite:"], "--database: the file is missing; an example is sqlite:data/northwind.db."],
    [["--database", "sqlite::memory:"], "--database: orders live in a file, not in memory only."],
    [["--database", "mysql://u@h/"], "--database: the name of the database is missing at the end of the URL."],
    [["--database", "mysql://h/n"], "--database: the user is missing in the URL of MariaDB."],
    [["--database", "mysql://u@h/n?ssl=1"], '--database: "ssl" is not a parameter of the URL; the only one is socket.'],
  ];
  for (const [args, fault] of cases) {
    test(args.join(" "), () => expect(faults(args)).toContain(fault));
  }

  test("no fault repeats a password", () => {
    const secret = "hunter2";
    const wrong = [
      ["--database", `mysql://u:${secret}@h:99999/n`],
      ["--database", `mysql://u:${secret}@h/`],
      ["--database", `postgres://u:${secret}@h/n`],
      ["--database", `mysql://u:${secret}%zz@h/n`],
      [`--databse=mysql://u:${secret}@h/n`],
      [`mysql://u:${secret}@h/n`],
    ];
    for (const args of wrong) {
      expect(faults(args)).not.toEqual([]);
      expect(faults(args).join("\n")).not.toContain(secret);
    }
  });
});

test("--help names every option and variable, whatever else is wrong", () => {
  const request = parseConfig(["--help", "--nonsense"], {});
  if (request.kind !== "help") throw new Error(request.kind);
  for (const name of ["--port NUMBER", "PORT", "--database URL", "DATABASE_URL", "--no-sample", "Default: 8000."]) {
    expect(request.text).toContain(name);
  }
});
