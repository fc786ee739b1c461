import { expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { parseConfig } from "../config.ts";
import { surroundingsOf } from "./surroundings.ts";
import { startWarnings } from "./warnings.ts";

const plain = { isRoot: false, isPasswordVisible: false, networkFileSystem: null, freeBytes: 1e12 };

function warnings(args: readonly string[], around: object = {}): readonly string[] {
  const invocation = parseConfig(args, {});
  if (invocation.kind !== "run") throw new Error(JSON.stringify(invocation));
  return startWarnings(invocation.config, { ...plain, ...around });
}

const good = ["--public-url", "https://orders.example", "--trusted-proxies", "127.0.0.1"];
const backups = ["--backup-every", "1h", "--backup-to", "/srv/backups"];

test("a server for this machine only warns of nothing, and one behind a TLS proxy with backups neither", () => {
  expect(warnings([], { isRoot: true })).toEqual([]);
  expect(warnings([...good, ...backups])).toEqual([]);
});

test("each setting that is hardly meant has its warning", () => {
  const one = (wanted: RegExp, args: readonly string[], around?: object) =>
    expect(warnings([...args, ...backups], around)).toEqual([expect.stringMatching(wanted)]);
  one(/unencrypted.*--public-url/, ["--host", "0.0.0.0"]);
  one(/unencrypted/, ["--public-url", "http://orders.example", "--trusted-proxies", "127.0.0.1"]);
  one(/--trusted-proxies/, good.slice(0, 2));
  one(/believes everybody/, [...good.slice(0, 3), "0.0.0.0/0"]);
  one(/past the proxy/, [...good, "--host", "0.0.0.0"]);
  one(/runs as root/, good, { isRoot: true });
  one(/list of processes/, good, { isPasswordVisible: true });
  expect(warnings(good)).toEqual([expect.stringMatching(/no backups.*--backup-every/)]);
});

test("of the data every server warns", () => {
  expect(warnings([], { networkFileSystem: "NFS", freeBytes: 5e8 })).toEqual([
    expect.stringMatching(/northwind\.db is on NFS/),
    "only 476 MB are free where the data are: make room.",
  ]);
});

test("what is around a start is found", () => {
  const around = (...args: string[]) => {
    const invocation = parseConfig(args, {});
    if (invocation.kind !== "run") throw new Error(JSON.stringify(invocation));
    return surroundingsOf(invocation.config, args);
  };
  const file = around("--database", `sqlite:${tmpdir()}/not/there/yet.db`);
  expect([file.freeBytes !== null && file.freeBytes > 0, file.networkFileSystem]).toEqual([true, null]);
  expect(around("--database", "mysql://ana:hidden@database/northwind").isPasswordVisible).toBe(true);
  expect(around("--database=mysql://ana:hidden@database/northwind").isPasswordVisible).toBe(true);
  expect(around("--database", "mysql://ana@database/northwind").isPasswordVisible).toBe(false);
});
