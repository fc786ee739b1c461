import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { calendarDate } from "sqlproof";
import { version } from "../../../package.json" with { type: "json" };
import { parseConfig } from "./config.ts";
import type { Config } from "./settings.ts";

function config(args: string[], environment: Record<string, string> = {}): Config {
  const request = parseConfig(args, environment);
  if (request.kind !== "run") throw new Error(JSON.stringify(request));
  return request.config;
}

function errors(args: string[], environment: Record<string, string> = {}): readonly string[] {
  const request = parseConfig(args, environment);
  return request.kind === "errors" ? request.errors : [];
}

describe("settings", () => {
  test("a variable may come from a file, as secrets do", () => {
    const file = join(mkdtempSync(join(tmpdir(), "northwind-secret-")), "database-url");
    writeFileSync(file, "mysql://northwind:hidden@database/northwind\n");
    const { database } = config([], { DATABASE_URL_FILE: file, OIDC_CLIENT_SECRET_FILE: "" });
    expect(database).toMatchObject({ engine: "mariadb", password: "hidden" });
    rmSync(dirname(file), { recursive: true });
    expect(errors([], { DATABASE_URL_FILE: file })).toEqual([expect.stringMatching(/^DATABASE_URL_FILE: .*ENOENT/)]);
    // What is given itself counts.
    expect(config([], { DATABASE_URL_FILE: file, DATABASE_URL: "sqlite:a.db" }).database.engine).toBe("sqlite");
  });

  test("everything has a default", () => {
    const { database, ...rest } = config([]);
    expect(rest).toEqual({
      port: 8000,
      host: "127.0.0.1",
      hostNames: [],
      openToEveryone: false,
      requireSecondFactor: false,
      anonymous: null,
      anonymousNetworks: [],
      publicUrl: null,
      ...{ backupTo: null, backupEveryMs: null, backupKeep: null, noMigrationBackup: false },
      trustedProxies: [],
      oidcIssuer: null,
      oidcClientId: null,
      oidcClientSecret: null,
      oidcName: "Single sign-on",
      oidcRolesClaim: null,
      smtpUrl: null,
      mailFrom: null,
      webPort: 3000,
      pages: null,
      noSample: false,
      sampleDate: null,
      requireIfMatch: false,
      requireIdempotencyKey: false,
      checkUpgrade: false,
      checkFolder: null,
      logLevel: "info",
      metricsNetworks: [],
      logFile: null,
      slowStatementMs: null,
      otlpEndpoint: null,
      otlpHeaders: {},
      traceSample: 0.1,
      corsOrigins: ["http://localhost:3000", "http://127.0.0.1:3000"],
      poolSize: 10,
      maxInFlight: 1024,
      acquireTimeoutMs: 2000,
      statementTimeoutMs: 3000,
      allowImport: false,
      reusePort: false,
      noticeMs: 2000,
      stopTimeoutMs: 10_000,
    });
    expect(database).toEqual({ engine: "sqlite", path: resolve(import.meta.dir, "../../../data/northwind.db") });
  });

  test("an option overrides its environment variable, and an empty variable is ignored", () => {
    expect(config(["--port=9001"], { PORT: "9002" }).port).toBe(9001);
    expect(config([], { PORT: "9002" }).port).toBe(9002);
    expect(config([], { PORT: "" }).port).toBe(8000);
    expect(config(["--no-sample"]).noSample).toBe(true);
    expect(config([], { NO_SAMPLE: "1" }).noSample).toBe(true);
  });

  test("origins are a list", () => {
    const origins = config(["--cors-origins", "http://localhost:3000, https://shop.example"]).corsOrigins;
    expect(origins).toEqual(["http://localhost:3000", "https://shop.example"]);
    expect(config(["--cors-origins", "none"]).corsOrigins).toEqual([]);
    expect(config(["--cors-origins", "https://shop.example,pages"]).corsOrigins).toEqual([
      "https://shop.example",
      "http://localhost:3000",
      "http://127.0.0.1:3000",
    ]);
    expect(errors(["--cors-origins", "none,https://shop.example"])).toEqual([
      "--cors-origins: none cannot be combined with origins; leave out one or the other.",
    ]);
    expect(errors(["--cors-origins", ","])).toEqual(["--cors-origins: name at least one origin, or none."]);
  });

  test("the default origins are those of the pages", () => {
    expect(config(["--web-port", "80", "--host", "10.0.0.7", "--open-to-everyone"]).corsOrigins).toEqual([
      "http://localhost",
      "http://127.0.0.1",
      "http://10.0.0.7",
    ]);
    expect(config(["--host", "::1"]).corsOrigins).toContain("http://[::1]:3000");
    for (const host of ["0.0.0.0", "::"])
      expect(config(["--host", host, "--open-to-everyone"]).corsOrigins).toEqual([
        "http://localhost:3000",
        "http://127.0.0.1:3000",
      ]);
    expect(config(["--web-port", "0"]).corsOrigins).toEqual([]);
  });

  test("host names are a list", () => {
    expect(config(["--host-names", "orders.example, [fd00::7],10.0.0.7"]).hostNames).toEqual([
      "orders.example",
      "[fd00::7]",
      "10.0.0.7",
    ]);
    for (const wrong of ["orders.example:80", "http://orders.example", "none,a", "a b", "*", ","])
      expect(errors(["--host-names", wrong]).join()).toMatch(
        /^--host-names: ".*" is not the name of a host; one looks like orders\.example, without a port\.$/,
      );
  });

  test("a public address is the pages' name and origin, and has no path", () => {
    const { publicUrl, hostNames, corsOrigins } = config(["--public-url", "https://orders.example"]);
    expect([publicUrl?.href, hostNames]).toEqual(["https://orders.example/", ["orders.example"]]);
    expect(corsOrigins).toContain("https://orders.example");
    for (const wrong of [
      "orders.example",
      "ftp://orders.example",
      "https://orders.example/desk",
      "https://a.example?x",
    ])
      expect(errors(["--public-url", wrong])).toHaveLength(1);
  });

  test("trusted proxies are addresses and networks", () => {
    expect(config(["--trusted-proxies", "10.0.0.7, 192.0.2.0/24,fd00::/8"]).trustedProxies).toEqual([
      ...["10.0.0.7", "192.0.2.0/24", "fd00::/8"],
    ]);
    expect(errors(["--trusted-proxies", "10.0.0.7,proxy.example"])).toEqual([
      '--trusted-proxies: "proxy.example" is no address or network, like 192.0.2.0/24.',
    ]);
  });

  test("the sample date is a day or today", () => {
    expect(config(["--sample-date", "2028-02-29"]).sampleDate).toBe(calendarDate("2028-02-29"));
    expect(config([], { SAMPLE_DATE: "today" }).sampleDate).toBeNull();
    expect(errors(["--sample-date", "2027-02-29"])).toEqual([
      '--sample-date: "2027-02-29" is not a day; one looks like 2024-01-15.',
    ]);
    expect(errors(["--no-sample", "--sample-date", "2024-01-15"])).toEqual([
      "--sample-date 2024-01-15 with --no-sample: there is no sample company to date; leave out one of the two.",
    ]);
    expect(errors([], { SAMPLE_DATE: "1899-12-31" })).toEqual([
      'SAMPLE_DATE: "1899-12-31" is not a day from 1910-01-01 to 9990-12-31.',
    ]);
  });

  test("a MariaDB URL is split into its parts, and percent-encoding is decoded", () => {
    expect(config(["--database", "mariadb://some%40one:p%2Fw%25@db.example:3307/north%20wind"]).database).toEqual({
      engine: "mariadb",
      nodes: [{ host: "db.example", port: 3307 }],
      reads: "writer",
      socketPath: null,
      user: "some@one",
      password: "p/w%",
      name: "north wind",
    });
    expect(config([], { DATABASE_URL: "mysql://root@[::1]/n?socket=/run/s" }).database).toMatchObject({
      nodes: [{ host: "::1", port: 3306 }],
      socketPath: "/run/s",
      password: "",
    });
  });

  test("a MariaDB URL may name every node of a cluster", () => {
    expect(config(["--database", "mysql://u:p@a,b.example:3307,[::1]:3308/n?reads=any"]).database).toEqual({
      engine: "mariadb",
      nodes: [
        { host: "a", port: 3306 },
        { host: "b.example", port: 3307 },
        { host: "::1", port: 3308 },
      ],
      reads: "any",
      socketPath: null,
      user: "u",
      password: "p",
      name: "n",
    });
  });

  test("the path of a SQLite file may be absolute", () => {
    expect(config(["--database", "sqlite:///var/x.db"]).database).toEqual({ engine: "sqlite", path: "/var/x.db" });
    expect(config(["--database", "sqlite:/var/x.db"]).database).toEqual({ engine: "sqlite", path: "/var/x.db" });
  });
});

describe("errors", () => {
  test("all errors are reported together, by the names that the user used", () => {
    expect(
      errors(["--prot", "80", "stray", "--log-level", "loud"], { PORT: "80a", CORS_ORIGINS: "localhost" }),
    ).toEqual([
      "Unknown option --prot: did you mean --port?",
      '"stray" is not an option: options begin with --, and `npm start -- --help` lists them.',
      'PORT: "80a" is not a port; it must be a whole number from 0 to 65535.',
      '--log-level: "loud" is not one of debug, info, warn, error, off.',
      'CORS_ORIGINS: "localhost" is not an origin; one looks like http://localhost:3000, without a path.',
    ]);
  });

  const cases: readonly (readonly [args: string[], error: string])[] = [
    [["--zzzzzzzz"], "Unknown option --zzzzzzzz: `npm start -- --help` lists the options."],
    [["-p"], "Unknown option -p: `npm start -- --help` lists the options."],
    [["--port"], "--port needs a value: --port NUMBER."],
    [["--port", "--host", "::1"], "--port needs a value: --port NUMBER."],
    [["--port", "65536"], '--port: "65536" is not a port; it must be a whole number from 0 to 65535.'],
    [["--port", "1", "--port", "2"], "--port is given twice."],
    [["--no-sample=yes"], "--no-sample takes no value."],
    [["--database", "sqlite:"], "--database: the file is missing; an example is sqlite:data/northwind.db."],
    [["--database", "sqlite::memory:"], "--database: orders must be stored in a file, not only in memory."],
    [["--database", "mysql://u@h/"], "--database: the database name is missing at the end of the URL."],
    [["--database", "mysql://h/n"], "--database: the user is missing in the MariaDB URL."],
    [
      ["--acquire-timeout-ms", "4500"],
      "--acquire-timeout-ms 4500: must be less than 4500, because every request is answered within 4500 ms.",
    ],
    [
      ["--statement-timeout-ms", "3501"],
      "--statement-timeout-ms 3501: must be 3500 at most, because every request is answered within 4500 ms and a " +
        "silent server is given up 1000 ms after the statement timeout.",
    ],
    [
      ["--database", "mysql://u@h/n", "--pool-size", "20", "--max-in-flight", "10"],
      "--pool-size 20 with --max-in-flight 10: more than 10 connections would never be used; lower --pool-size or " +
        "raise --max-in-flight.",
    ],
    [
      ["--reuse-port", "--port", "0"],
      "--reuse-port with --port 0: other processes cannot share a port that is picked at the start; choose a port.",
    ],
    [
      ["--database", "mysql://u@h/n?ssl=1"],
      '--database: "ssl" is not a URL parameter; the parameters are socket and reads.',
    ],
    [["--database", "mysql://u@a,,b/n"], "--database: the host is missing in the MariaDB URL."],
    [["--database", "mysql://u@a:1,b:x/n"], "--database: host number 2 in the URL must look like db.example:3306."],
    [["--database", "mysql://u@a,b,A:3306/n"], "--database: the URL names the same host and port twice."],
    [
      ["--database", "mysql://u@a,b/n?socket=/s"],
      "--database: a socket leads to one server, but the URL names several.",
    ],
    [["--database", "mysql://u@a,b/n?reads=all"], '--database: "reads" in the URL must be writer or any.'],
  ];
  for (const [args, error] of cases) {
    test(args.join(" "), () => expect(errors(args)).toContain(error));
  }

  test("who gives an unknown option is told all that there are, unless one is close", () => {
    const [unknown, list, ...others] = errors(["--no-such-option"]);
    expect(unknown).toBe("Unknown option --no-such-option: `npm start -- --help` lists the options.");
    expect(list).toStartWith("The options are --port, --host, ");
    for (const option of ["--database", "--no-sample", "--pages", "--no-pages", "--help", "--version"])
      expect(list?.split(/[ ,.]+/)).toContain(option);
    expect(others).toEqual([]);
    expect(errors(["--no-page"])).toEqual(["Unknown option --no-page: did you mean --no-pages?"]);
  });

  test("values at the limits are accepted", () => {
    const times = ["--acquire-timeout-ms", "4499", "--statement-timeout-ms", "3500"];
    expect(errors([...times, "--pool-size", "10", "--max-in-flight", "10"])).toEqual([]);
    // SQLite has no pool.
    expect(errors(["--max-in-flight", "1"])).toEqual([]);
  });

  test("no error repeats a password", () => {
    const secret = "hunter2";
    const wrong = [
      ["--database", `mysql://u:${secret}@h:99999/n`],
      ["--database", `mysql://u:${secret}@h/`],
      ["--database", `postgres://u:${secret}@h/n`],
      ["--database", `mysql://u:${secret}%zz@h/n`],
      ["--database", `mysql://u:${secret}/x@h,i/n`],
      ["--database", `mysql://u:${secret},x@h:y,i/n`],
      [`--databse=mysql://u:${secret}@h/n`],
      [`mysql://u:${secret}@h/n`],
    ];
    for (const args of wrong) {
      expect(errors(args)).not.toEqual([]);
      expect(errors(args).join("\n")).not.toContain(secret);
    }
  });
});

test("--help lists options and variables even if other options are wrong", () => {
  const request = parseConfig(["--help", "--nonsense"], {});
  if (request.kind !== "help") throw new Error(request.kind);
  for (const name of ["--port NUMBER", "PORT", "--database URL", "DATABASE_URL", "--no-sample", "Default: 8000."]) {
    expect(request.text).toContain(name);
  }
});

test("--version names the version in package.json and the last step of its schema", () => {
  const request = parseConfig(["--version"], {});
  if (request.kind !== "version") throw new Error(request.kind);
  expect(request.text).toMatch(new RegExp(`^Northwind Orders ${version}, schema step \\d+ \\(\\d{4}_\\w+\\)$`));
});
