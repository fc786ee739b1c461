// The audit log of the whole company, and what it says of sign-ins, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { Browser } from "../browser.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/users", { body: { ...ana, name: "Ana", roles: ["admin"] } });
}, startTimeoutMs);
afterAll(() => api.stop());

const ana = { email_address: "ana@example.com", password: "correct horse battery" };

/** The parts of an entry that are the same on every run. */
function told(entry: Readonly<Record<string, unknown>>) {
  const { resource, resource_id, action, principal, about } = entry;
  return [`${resource} ${resource_id} ${action}`, principal, Object(about).method ?? null];
}

describe.each([0, 1])("GET /api/audit, server %d", (index) => {
  const browser = () => new Browser(api.servers[index]?.url ?? "");

  async function entries(admin: Browser, query = ""): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { status, data } = await admin.call("GET", `/api/audit${query}`);
    if (status !== 200 || !Array.isArray(data)) throw new Error(`${status}`);
    return data;
  }

  test("200: names sign-ins and failures, links, passwords, ended sessions and sign-outs, the newest first", async () => {
    const [admin, stranger, leo, other] = [browser(), browser(), browser(), browser()];
    await stranger.signIn({ ...ana, password: "a wrong password" });
    await stranger.signIn({ email_address: "hunter2 by mistake", password: "a wrong password" });
    await admin.signIn(ana);
    const clerk = { email_address: "leo@example.com", name: "Leo", roles: ["order-clerk"] };
    const { id } = Object((await admin.call("POST", "/api/users", clerk)).data);
    const { link } = Object((await admin.call("POST", `/api/users/${id}/password-link`)).data);
    await leo.call("POST", "/api/session/password", { link, password: "a lion of its own" });
    const change = { current_password: "a lion of its own", new_password: "another lion by far" };
    await leo.call("PUT", "/api/account/password", change);
    await other.signIn({ ...clerk, password: change.new_password });
    const { data: sessions } = await leo.call("GET", "/api/account/sessions");
    const open: readonly { readonly id: number; readonly current: boolean }[] = Array.isArray(sessions) ? sessions : [];
    await leo.call("DELETE", `/api/account/sessions/${open.find(({ current }) => !current)?.id}`);
    await leo.call("DELETE", "/api/session");
    const log = await entries(admin, "?resource=access");
    expect(log.map(told)).toEqual([
      [`access ${id} sign-out`, `${id} Leo`, null],
      [`access ${id} ended`, `${id} Leo`, null],
      [`access ${id} sign-in`, `${id} Leo`, "password"],
      [`access ${id} password`, `${id} Leo`, null],
      [`access ${id} sign-in`, `${id} Leo`, "link"],
      [`access ${id} password`, `${id} Leo`, "link"],
      [`access ${id} link`, "1 Ana", null],
      ["access 1 sign-in", "1 Ana", "password"],
      ["access 0 refused", "nobody", "password"],
      ["access 1 refused", "nobody", "password"],
    ]);
    expect(log.at(-1)?.about).toMatchObject({ address: expect.stringMatching(/127\.0\.0\.1|::1/) });
    expect(JSON.stringify(log)).not.toContain("hunter2");
    // Of one user, with whatever tokens, and of one user only: 1 is not 11.
    const { token } = Object((await admin.call("POST", "/api/tokens", { name: "till" })).data);
    await new Browser(api.servers[index]?.url ?? "", `Bearer ${token}`).call("POST", "/api/shippers", { company: "S" });
    expect((await entries(admin, "?user_id=1")).map(told).slice(0, 2)).toEqual([
      [expect.stringMatching(/^shipper \d+ create$/), "1 Ana, token till", null],
      [expect.stringMatching(/^token \d+ create$/), "1 Ana", null],
    ]);
    expect(await entries(admin, "?user_id=11")).toEqual([]);
  });

  test("the feed of changes has no sign-ins", async () => {
    const admin = browser();
    await admin.signIn(ana);
    const { data } = await admin.call("GET", "/api/changes?limit=1000");
    expect(JSON.stringify(data)).not.toContain('"access"');
    expect(JSON.stringify(data)).toContain('"user"');
  });
});

test("the entries about one user's access are one chain", () =>
  api.onDatabases(async (database) => {
    const chain = sql(`
      SELECT sequence, previous_hash, hash FROM audit_log WHERE resource = 'access' AND resource_id = 1 ORDER BY sequence
    `);
    const rows = await database.all(chain);
    expect(rows.length).toBeGreaterThan(1);
    for (const [place, row] of rows.entries())
      expect([row.sequence, row.previous_hash]).toEqual([place + 1, rows[place - 1]?.hash ?? "0".repeat(64)]);
  }));
