// The first user: on this machine whoever comes first, beyond it whoever has the printed link.
import { afterEach, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { FirstUserLink } from "./link.ts";

let api: BothEngines;
afterEach(() => api.stop());

const ana = { email_address: "ana@example.com", name: "Ana", password: "correct horse battery" };
const make = (more: object = {}) => api.call("POST", "/api/session/first-user", { body: { ...ana, ...more } });
const status = async (reply: ReturnType<typeof make>) => {
  const { status: given, body } = await reply;
  return [given, body.code];
};

describe("POST /api/session/first-user", () => {
  test(
    "200 on this machine: an admin, signed in; 401 from then on",
    async () => {
      api = await startBothEngines();
      expect(await status(make({ password: "short" }))).toEqual([422, "text"]);
      const made = await make();
      expect(made.body.data).toMatchObject({ state: "signed-in", user: { name: "Ana", roles: ["admin"] } });
      expect(made.headers.get("set-cookie")).toMatch(/^northwind=/);
      expect(await status(make({ email_address: "eve@example.com" }))).toEqual([401, "wrong-link"]);
    },
    startTimeoutMs,
  );

  test(
    "401 beyond this machine without the link or after 15 minutes, 200 with it, once; before it nothing is answered",
    async () => {
      let passedMs = 0;
      const link = new FirstUserLink(() => passedMs);
      api = await startBothEngines({ access: { isOpenWithoutUsers: false }, firstUserLink: link });
      expect((await api.call("GET", "/api/session")).body.data).toMatchObject({ state: "signed-out", rights: [] });
      expect((await api.call("GET", "/api/orders")).status).toBe(401);
      expect((await api.call("POST", "/api/users", { body: { ...ana, roles: ["admin"] } })).status).toBe(401);
      expect(await status(make())).toEqual([401, "wrong-link"]);
      expect(await status(make({ link: `${link.secret}x` }))).toEqual([401, "wrong-link"]);
      passedMs = 15 * 60 * 1000;
      expect(await status(make({ link: link.secret }))).toEqual([401, "wrong-link"]);
      passedMs -= 1;
      expect((await make({ link: link.secret })).body.data).toMatchObject({ state: "signed-in" });
      expect(await status(make({ link: link.secret, email_address: "eve@example.com" }))).toEqual([409, "state"]);
    },
    startTimeoutMs,
  );
});

describe("--anonymous", () => {
  const anonymous = { role: "viewer", networks: ["127.0.0.0/8", "::1"] } as const;

  test(
    "a client of a named network may do what the role may, and no wrong token may",
    async () => {
      api = await startBothEngines({ access: { isOpenWithoutUsers: true, anonymous } });
      await make();
      const { data } = (await api.call("GET", "/api/session")).body;
      expect(data).toMatchObject({ state: "anonymous", user: null });
      expect((await api.call("GET", "/api/orders")).status).toBe(200);
      expect((await api.call("POST", "/api/orders", { body: {} })).body.code).toBe("forbidden");
      expect((await api.call("GET", "/api/account/sessions")).body.code).toBe("forbidden");
      expect((await api.call("POST", "/api/tokens", { body: { name: "x" } })).status).toBe(409);
      expect((await api.call("GET", "/api/tokens")).body.code).toBe("forbidden");
      // Whoever was signed in and is no longer is such a client again; whoever sends a token must have a right one.
      const ended = { cookie: "northwind=nobody" };
      expect((await api.call("GET", "/api/orders", { headers: ended })).status).toBe(200);
      expect((await api.call("GET", "/api/orders", { headers: { authorization: "Bearer x" } })).status).toBe(401);
    },
    startTimeoutMs,
  );

  test(
    "a client of another network has to sign in",
    async () => {
      const elsewhere = { role: "viewer", networks: ["192.0.2.0/24"] } as const;
      api = await startBothEngines({ access: { isOpenWithoutUsers: true, anonymous: elsewhere } });
      await make();
      expect((await api.call("GET", "/api/session")).body.data).toMatchObject({ state: "signed-out" });
      expect((await api.call("GET", "/api/orders")).status).toBe(401);
    },
    startTimeoutMs,
  );
});
