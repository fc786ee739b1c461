import { expect, test } from "bun:test";
import { parseConfig } from "./config.ts";
import { wayIn } from "./way-in.ts";

function found(...args: string[]): string | null {
  const request = parseConfig(args, {});
  if (request.kind !== "run") throw new Error(JSON.stringify(request));
  return wayIn(request.config);
}

test("a server on loopback is only for this machine, unless a proxy brings the requests of others", () => {
  expect([found(), found("--host", "::1"), found("--public-url", "http://localhost:3000")]).toEqual([null, null, null]);
  expect(found("--host", "0.0.0.0")).toBe("--host 0.0.0.0");
  expect(found("--public-url", "https://orders.example")).toBe("--public-url https://orders.example");
  expect(found("--trusted-proxies", "127.0.0.1")).toBe("--trusted-proxies 127.0.0.1");
  expect(found("--host-names", "localhost,orders.example")).toBe("--host-names orders.example");
});
