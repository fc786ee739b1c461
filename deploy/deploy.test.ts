// What is shipped, without building or booting anything: the Debian package is made of a program that is a stub, and
// the unit, the compose file and the settings of MariaDB are judged by the programs that read them.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { findProgram, installPackages, startPrivateMariadb } from "sqlproof/private-mariadb";
import { settings } from "../api/src/start/settings.ts";
import { Program } from "../test/program.ts";
import { makeDebianPackage } from "./debian.ts";
import { type Parts, root, run, version } from "./layout.ts";
import { billOfMaterials } from "./sbom.ts";
import { makeTarball } from "./tarball.ts";

const folder = mkdtempSync(join(tmpdir(), "northwind-deploy-"));
const at = new Date("2026-01-02T03:04:05Z");
const program = join(folder, "stub");
let parts: Parts;
let debian: string;
let tarball: string;
beforeAll(async () => {
  for (const needed of ["systemd-analyze", "dpkg-deb"])
    if (findProgram(needed) === null && process.getuid?.() === 0) installPackages("systemd", "dpkg");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  const archive = await new Bun.Archive({ "border/serve.mjs": "pages" }).bytes();
  parts = { program, pages: Bun.zstdCompressSync(archive) };
  [debian, tarball] = [await makeDebianPackage(folder, parts, at), await makeTarball(folder, parts, at)];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own = (path: string) => join(root, "deploy", path);

test("the Debian package has the version of package.json, needs no more than it says, and lists every file", () => {
  const field = (name: string) => run("dpkg-deb", ["--field", debian, name]).trim();
  expect(field("Version")).toBe(`${version}-1`);
  expect(field("Depends")).toBe("libc6 (>= 2.31), adduser");
  const lines = run("dpkg-deb", ["--contents", debian]).trim().split("\n");
  const files = lines.map((line) => line.replace(/ +/g, " ").split(" "));
  expect(files.every(([, owner]) => owner === "root/root")).toBe(true);
  const modes = new Map(files.map(([mode = "", , , , , path = ""]) => [path.slice(1), mode]));
  expect(modes.get("/etc/northwind/northwind.conf")).toBe("-rw-r-----");
  expect(modes.get("/usr/lib/northwind/northwind")).toBe("-rwxr-xr-x");
  const names = ["/lib/systemd/system/northwind.service", "/usr/bin/northwind", "/usr/share/doc/northwind/copyright"];
  for (const name of [...names, "/usr/share/doc/northwind/sbom.cdx.json", "/usr/share/doc/northwind/deploy.md"])
    expect([name, modes.has(name)]).toEqual([name, true]);
  expect([...modes.keys()].filter((path) => path.endsWith("/border/serve.mjs"))).toHaveLength(1);
  const isWritableByOthers = ([path, mode]: readonly [string, string]) => !/^l|^.....-..-/.test(mode) && path !== "/";
  expect([...modes].filter(isWritableByOthers)).toEqual([]);
});

test("its scripts are sound, need no network, and never delete data", () => {
  const tree = join(folder, "control");
  run("dpkg-deb", ["--control", debian, tree]);
  expect(readFileSync(join(tree, "conffiles"), "utf8")).toBe("/etc/northwind/northwind.conf\n");
  for (const script of ["postinst", "prerm", "postrm"]) {
    run("sh", ["-n", join(tree, script)]);
    const text = readFileSync(join(tree, script), "utf8");
    expect(text).not.toMatch(/curl|wget|apt|^\s*rm /m);
  }
});

test("the same parts make the same packages", async () => {
  const digests = (...files: readonly string[]) => files.map((file) => Bun.hash(readFileSync(file)));
  const before = digests(debian, tarball);
  // Later than the one before by the clock of files.
  await Bun.sleep(1100);
  const again = digests(await makeDebianPackage(folder, parts, at), await makeTarball(folder, parts, at));
  expect(again).toEqual(before);
});

test("the unit is valid, and systemd calls its exposure at most 2.0", () => {
  const unit = own("systemd/northwind.service");
  const text = readFileSync(unit, "utf8");
  // Programs that are not on this machine are no error of the unit.
  const checked = join(folder, "northwind.service");
  writeFileSync(checked, text.replaceAll("/usr/bin/northwind", "/bin/true").replace(/^Documentation=.*\n/m, ""));
  const { exitCode, stderr } = Bun.spawnSync(["systemd-analyze", "verify", "--man=no", checked]);
  expect([exitCode, stderr.toString()]).toEqual([0, ""]);
  const security = run("systemd-analyze", ["security", "--offline=true", "--no-pager", checked]);
  const exposure = Number(/exposure level for northwind.service: ([\d.]+)/.exec(security)?.[1] ?? Number.NaN);
  expect(exposure).toBeLessThanOrEqual(2);
  // It waits longer than the program takes to drain.
  const wait = Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1]) * 1000;
  expect(wait).toBeGreaterThan(2 * Number(settings.noticeMs.fallback) + Number(settings.stopTimeoutMs.fallback));
});

test("every variable of the shipped settings is one that the program knows", () => {
  const known = new Set(Object.values(settings).map(({ variable }) => variable));
  const named = [...readFileSync(own("northwind.conf"), "utf8").matchAll(/^#?([A-Z_]+)=/gm)].map(
    ([, name = ""]) => name,
  );
  const image = readFileSync(own("container/Containerfile"), "utf8");
  named.push(...[...(/^ENV (.*)$/m.exec(image)?.[1]?.matchAll(/([A-Z_]+)=/g) ?? [])].map(([, name = ""]) => name));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !known.has(name) && name !== "HOME")).toEqual([]);
});

interface Service {
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: unknown;
}

test("of the compose file only the proxy is reached from elsewhere, and the database from nowhere else", () => {
  const text = readFileSync(own("container/compose.yaml"), "utf8");
  const parsed: { services: Record<string, Service>; networks: Record<string, unknown> } = JSON.parse(
    JSON.stringify(Bun.YAML.parse(text)),
  );
  const { proxy, orders, database } = parsed.services;
  expect(Object.keys(parsed.services)).toEqual(["proxy", "orders", "database"]);
  expect([proxy?.ports?.length, orders?.ports, database?.ports]).toEqual([3, undefined, undefined]);
  expect([orders?.networks, database?.networks]).toEqual([["front", "back"], ["back"]]);
  expect(parsed.networks.back).toEqual({ internal: true });
  // The one proxy that is believed is the one that is there.
  expect(proxy?.networks).toEqual({ front: { ipv4_address: orders?.environment?.TRUSTED_PROXIES } });
  const known = new Set(Object.values(settings).map(({ variable }) => variable));
  const names = Object.keys(orders?.environment ?? {}).map((name) => name.replace(/_FILE$/, ""));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

test("the start accepts a MariaDB with the shipped settings, as a user who has rights on its database only", async () => {
  const file = readFileSync(own("container/mariadb.cnf"), "utf8");
  const options = [...file.matchAll(/^(\w+) = (\S+)$/gm)].map(
    ([, name = "", value = ""]) => `--${name.replaceAll("_", "-")}=${value}`,
  );
  expect(options.length).toBeGreaterThan(8);
  const mariadb = await startPrivateMariadb({ extraArgs: options });
  try {
    const { host, port, user, password } = mariadb;
    const connection = await createConnection({ host, port, user, password });
    await connection.query("CREATE DATABASE northwind");
    await connection.query("CREATE USER northwind@'%' IDENTIFIED BY 'hidden'");
    await connection.query("GRANT ALL ON northwind.* TO northwind@'%'");
    await connection.end();
    const secret = join(folder, "database-url");
    writeFileSync(secret, `mysql://northwind:hidden@127.0.0.1:${port}/northwind\n`);
    const started = new Program(process.execPath, ["api/src/main.ts", "--port", "0", "--no-sample"], root, {
      DATABASE_URL_FILE: secret,
    });
    await started.until(/^API\s+http/m);
    started.signalGroup("SIGKILL");
    await started.ended;
  } finally {
    await mariadb.stop();
  }
});

test("the bill of materials names what runs, with licences, and nothing that only builds", () => {
  const bill = JSON.stringify(billOfMaterials(at));
  for (const name of ["bun", "next", "react", "mariadb"]) expect(bill).toContain(`"name":"${name}"`);
  for (const name of ["typescript", "sharp", "@biomejs/biome"]) expect(bill).not.toContain(`"name":"${name}"`);
  expect(bill).not.toContain('"licenses":[]');
  expect(bill).toContain(`"name":"northwind","version":"${version}"`);
});
