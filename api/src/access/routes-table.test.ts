// Every route of the document, asked by every role and by everybody who must not be answered.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { type Right, rights, roles } from "../rights/rights.ts";
import { newToken } from "./secrets.ts";

interface Operation {
  readonly "x-right": Right | "public" | "signed-in";
}

const document: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> } = JSON.parse(
  readFileSync(join(import.meta.dir, "..", "..", "openapi.json"), "utf8"),
);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    // Of nothing that exists: what is asked for is only whether one is let in.
    path: path.replace(/\{\w+\}/g, "2147483000"),
    right: operation["x-right"],
  })),
);

const password = "correct horse battery";
const dayMs = 24 * 60 * 60 * 1000;
const clock = { now: Date.now() };
let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines({ now: () => clock.now });
  for (const role of ["admin", ...roles.filter((name) => name !== "admin")])
    for (const index of [0, 1]) {
      const body = { email_address: `${role}@example.com`, name: role, roles: [role], password };
      // The first one closes the door behind it.
      const headers = role === "admin" ? {} : { authorization: await token("admin", index) };
      await call(index, "POST", "/api/users", { headers, body });
    }
}, startTimeoutMs);
afterAll(() => api.stop());

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

async function call(index: number, method: string, path: string, { headers = {}, body }: Asked = {}) {
  const init = { method, headers: { "content-type": "application/json", ...headers } };
  const sent = method === "GET" ? init : { ...init, body: JSON.stringify(body ?? {}) };
  const reply = await fetch((api.servers[index]?.url ?? "") + path, sent);
  return {
    status: reply.status,
    cookie: reply.headers.getSetCookie()[0]?.split(";")[0] ?? "",
    text: await reply.text(),
  };
}

const tokens = new Map<string, string>();

/** The header of a token of this role. */
async function token(role: string, index: number): Promise<string> {
  const known = tokens.get(`${role} ${index}`);
  if (known !== undefined) return known;
  const cookie = await session(role, index);
  const { text } = await call(index, "POST", "/api/tokens", { headers: { cookie }, body: { name: role } });
  const header = `Bearer ${JSON.parse(text).data.token}`;
  tokens.set(`${role} ${index}`, header);
  return header;
}

async function session(role: string, index: number): Promise<string> {
  const body = { email_address: `${role}@example.com`, password };
  return (await call(index, "POST", "/api/session", { body })).cookie;
}

test("the document has every route", () => {
  const listed = readFileSync(join(import.meta.dir, "..", "..", "routes.txt"), "utf8")
    .trim()
    .split("\n").length;
  expect(operations.length).toBe(listed);
});

describe.each(["SQLite", "MariaDB"])("on %s", (engine) => {
  const index = engine === "SQLite" ? 0 : 1;

  test.each(roles)("%s is answered by exactly the routes whose right it has", async (role) => {
    const authorization = await token(role, index);
    for (const { method, path, right } of operations) {
      const isAllowed = right === "public" || right === "signed-in" || rights[right].some((name) => name === role);
      const { status, text } = await call(index, method, path, { headers: { authorization } });
      // A token may not look after an account: that is a refusal of its own.
      if (right === "signed-in" && /account|tokens|proof/.test(path)) continue;
      expect([role, method, path, status === 403 ? text.includes(`right ${right}`) : "let in"]).toEqual([
        ...[role, method, path, isAllowed ? "let in" : true],
      ]);
    }
  });

  async function disable(role: string, disabled: boolean): Promise<void> {
    const authorization = await token("admin", index);
    const found = await call(index, "GET", `/api/users?q=${role}`, { headers: { authorization } });
    const [{ id }] = JSON.parse(found.text).data;
    expect(
      (await call(index, "PUT", `/api/users/${id}`, { headers: { authorization }, body: { disabled } })).status,
    ).toBe(200);
  }

  const outsiders: Readonly<Record<string, () => Promise<Readonly<Record<string, string>>>>> = {
    nobody: async () => ({}),
    "an ended session": async () => {
      const cookie = await session("viewer", index);
      await call(index, "DELETE", "/api/session", { headers: { cookie } });
      return { cookie };
    },
    "a session of 31 days ago": async () => {
      const cookie = await session("viewer", index);
      clock.now += 31 * dayMs;
      return { cookie };
    },
    "a disabled user, by session": async () => {
      const cookie = await session("accounts", index);
      await disable("accounts", true);
      return { cookie };
    },
    "a disabled user, by token": async () => {
      await disable("purchasing", true);
      return { authorization: await token("purchasing", index) };
    },
    "a token that was switched off": async () => {
      const cookie = await session("manager", index);
      const made = await call(index, "POST", "/api/tokens", { headers: { cookie }, body: { name: "off" } });
      const { id, token: secret } = JSON.parse(made.text).data;
      await call(index, "PUT", `/api/tokens/${id}`, { headers: { cookie }, body: { disabled: true } });
      return { authorization: `Bearer ${secret}` };
    },
    "a token after its last day": async () => {
      const cookie = await session("manager", index);
      const expires_at = new Date(clock.now + dayMs).toISOString().slice(0, 19);
      const made = await call(index, "POST", "/api/tokens", { headers: { cookie }, body: { name: "old", expires_at } });
      clock.now += 2 * dayMs;
      return { authorization: `Bearer ${JSON.parse(made.text).data.token}` };
    },
    "a token of nobody": async () => ({ authorization: `Bearer ${newToken()}` }),
    "a mistyped token": async () => ({ authorization: `${(await token("admin", index)).slice(0, -1)}!` }),
    "another scheme": async () => ({ authorization: "Basic YWRtaW46YWRtaW4=" }),
  };

  test.each(Object.entries(outsiders))("%s is answered by public routes only", async (_name, headersOf) => {
    const headers = await headersOf();
    for (const { method, path, right } of operations) {
      const { status, text } = await call(index, method, path, { headers });
      expect([method, path, status === 401 && text.includes('"unauthenticated"')]).toEqual([
        method,
        path,
        right !== "public",
      ]);
    }
  });
});
