// Guesses from many addresses slow down the guessers, but never keep out a user who signs in from elsewhere.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines({ trustedProxies: ["127.0.0.1", "::1"] });
  await api.call("POST", "/api/session/first-user", { body: { ...ana, name: "Ana" } });
}, startTimeoutMs);
afterAll(() => api.stop());

const ana = { email_address: "ana@example.com", password: "correct horse battery" };

/** As after guesses from many addresses. */
async function failEverywhere(): Promise<void> {
  const place = new Bun.CryptoHasher("sha256").update(ana.email_address).digest("hex").slice(0, 32);
  await api.onDatabases(async (database) => {
    await database.run(sql(`UPDATE failed_sign_ins SET failures = 60 WHERE place = :place`), { place });
  });
}

describe.each([0, 1])("POST /api/session, server %d", (index) => {
  /** The status of an attempt from this address. */
  async function attempt(address: string, password: string): Promise<number> {
    const headers = { "content-type": "application/json", "x-forwarded-for": address };
    const body = JSON.stringify({ ...ana, password });
    return (await fetch(`${api.servers[index]?.url}/api/session`, { method: "POST", headers, body })).status;
  }

  test("429 for who fails there as well; 200 for the user, however many fail elsewhere", async () => {
    expect(await attempt("198.51.100.1", "wrong horse battery")).toBe(401);
    await failEverywhere();
    // They go on, and the user comes with a slip of the finger.
    expect(await attempt("203.0.113.9", "correct horse batery")).toBe(401);
    expect(await attempt("198.51.100.77", "wrong horse battery")).toBe(401);
    expect(await attempt("203.0.113.9", ana.password)).toBe(200);
  });

  test("429 for another address of the same IPv6 network", async () => {
    const statuses: number[] = [];
    for (let host = 1; host <= 8; host += 1)
      statuses.push(await attempt(`2001:db8:7:${index}::${host}`, "wrong horse"));
    expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
    expect(statuses.slice(3)).toContain(429);
    expect(await attempt(`2001:db8:8:${index}::1`, ana.password)).toBe(200);
  });
});
