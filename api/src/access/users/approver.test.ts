// Whoever has the privilege of Purchase Approvals in the original is an approver here, and the other way round.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { Browser } from "../browser.ts";

let api: BothEngines;
let employee_id: number;
const password = "correct horse battery";
const andrew = { email_address: "andrew@example.com", password };
const browsers: Browser[] = [];
beforeAll(async () => {
  api = await startBothEngines();
  const employee = { company: "Northwind", first_name: "Andrew", last_name: "Cencini" };
  employee_id = Object((await api.call("POST", "/api/employees", { body: employee })).body.data).id;
  await grant();
  const admin = { email_address: "ana@example.com", name: "Ana", password };
  for (const { url } of api.servers) {
    const browser = new Browser(url);
    await browser.call("POST", "/api/session/first-user", admin);
    browsers.push(browser);
  }
}, startTimeoutMs);
afterAll(() => api.stop());

/** As a program of the original does. */
const grant = () =>
  api.onDatabases((database) =>
    database.run(sql(`INSERT INTO employee_privileges (employee_id, privilege_id) VALUES (:employee_id, 2)`), {
      employee_id,
    }),
  );

const privileges = sql(`SELECT privilege_id FROM employee_privileges WHERE employee_id = :employee_id`);
const stored = async (): Promise<number> => {
  let count = -1;
  await api.onDatabases(async (database) => {
    count = (await database.all(privileges, { employee_id })).length;
    return count;
  });
  return count;
};

/** The same on both servers, which must answer alike. */
async function asAdmin(method: string, path: string, body?: object) {
  const [first, second] = await Promise.all(browsers.map((browser) => browser.call(method, path, body)));
  expect(second?.data).toEqual(first?.data);
  return Object(first?.data);
}

test("a new user of an employee with the privilege is an approver, without being told", async () => {
  const user = { ...andrew, name: "Andrew", employee_id, roles: ["viewer"] };
  expect((await asAdmin("POST", "/api/users", user)).roles).toEqual(["viewer", "approver"]);
  for (const { url } of api.servers) {
    const browser = new Browser(url);
    const { rights, user: shown } = Object((await browser.signIn(andrew)).data);
    expect([rights.includes("see-costs"), shown.roles]).toEqual([true, ["viewer", "approver"]]);
  }
});

test("whoever loses the role loses the privilege, and the other way round", async () => {
  const { id } = (await asAdmin("GET", "/api/users?q=andrew"))[0];
  expect((await asAdmin("PUT", `/api/users/${id}`, { roles: ["viewer"] })).roles).toEqual(["viewer"]);
  expect(await stored()).toBe(0);
  expect((await asAdmin("PUT", `/api/users/${id}`, { roles: ["approver"] })).roles).toEqual(["approver"]);
  expect(await stored()).toBe(1);
  expect((await asAdmin("PUT", `/api/users/${id}`, { name: "Andrew C." })).roles).toEqual(["approver"]);
  expect((await asAdmin("PUT", `/api/users/${id}`, { roles: ["viewer"] })).roles).toEqual(["viewer"]);
});

test("a privilege that another program gives holds within a second, also in an open session", async () => {
  const open = await Promise.all(
    api.servers.map(async ({ url }) => {
      const browser = new Browser(url);
      await browser.signIn(andrew);
      return browser;
    }),
  );
  const rights = async () =>
    Promise.all(
      open.map(async (one) => Object((await one.call("GET", "/api/session")).data).rights.includes("see-costs")),
    );
  expect(await rights()).toEqual([false, false]);
  await grant();
  await Bun.sleep(1000);
  expect(await rights()).toEqual([true, true]);
});

test("of a user who is no employee the role is the user's own", async () => {
  const user = { email_address: "ines@example.com", name: "Ines", roles: ["approver"], password };
  expect((await asAdmin("POST", "/api/users", user)).roles).toEqual(["approver"]);
});
