import type { Role } from "northwind-api/src/rights/rights.ts";
import type { Page } from "playwright-core";
import { alive, type Desk } from "./browser.ts";

/*
 * Users and sessions for tests: the first user, others with a role, and pages of theirs.
 */

export const admin = { name: "Ana", email_address: "ana@northwind.example", password: "correct horse battery" };

/** A client of the API with the cookie of one user. */
export class Person {
  cookie = "";

  constructor(private readonly desk: Desk) {}

  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { "content-type": "application/json", cookie: this.cookie };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const answer = await fetch(this.desk.apiUrl + path, init);
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0] ?? "";
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const { data }: { data: T } = JSON.parse(text);
    return data;
  }

  async signIn(email_address: string, password: string): Promise<this> {
    await this.call("POST", "/api/session", { email_address, password });
    return this;
  }
}

/** The users of a desk on which everybody signs in, by their roles: made when they are first asked for. */
const people = new WeakMap<Desk, Map<string, Promise<Person>>>();

/** The first user, who is an admin and whom this makes. */
export async function firstUser(desk: Desk): Promise<Person> {
  return known(desk, "admin", async () => {
    await new Person(desk).call("POST", "/api/users", { ...admin, roles: ["admin"] });
    return new Person(desk).signIn(admin.email_address, admin.password);
  });
}

/** A user who has only this role, signed in. */
export async function personWith(desk: Desk, role: Role): Promise<Person> {
  const ana = await firstUser(desk);
  if (role === "admin") return ana;
  return known(desk, role, async () => {
    const user = await userWith(desk, ana, [role], `Person-${role}`);
    return new Person(desk).signIn(user.email_address, user.password);
  });
}

/** The cookie of a user who has only this role. */
export async function cookieOf(desk: Desk, role: Role): Promise<string> {
  return (await personWith(desk, role)).cookie;
}

function known(desk: Desk, name: string, make: () => Promise<Person>): Promise<Person> {
  const all = people.get(desk) ?? new Map<string, Promise<Person>>();
  people.set(desk, all);
  const person = all.get(name) ?? make();
  all.set(name, person);
  return person;
}

/** Another user with these roles, who has chosen a password. */
export async function userWith(desk: Desk, ana: Person, roles: readonly string[], name: string) {
  const email_address = `${name.toLowerCase()}@northwind.example`;
  const { id } = await ana.call<{ id: number }>("POST", "/api/users", { name, email_address, roles });
  const { link } = await ana.call<{ link: string }>("POST", `/api/users/${id}/password-link`);
  const password = `${name} has a long password`;
  await new Person(desk).call("POST", "/api/session/password", { link, password });
  return { id, name, email_address, password };
}

/** Fills in the form of the sign-in page, and sends it. */
export async function fillSignIn(page: Page, { email_address, password }: { email_address: string; password: string }) {
  await page.getByRole("textbox", { name: "E-mail" }).fill(email_address);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.keyboard.press("Enter");
}

/** A window in which a user is signed in, at this page. */
export async function pageOf(desk: Desk, user: { email_address: string; password: string }, path: string) {
  const page = await desk.page();
  const [name = "", value = ""] = (await new Person(desk).signIn(user.email_address, user.password)).cookie.split("=");
  await page.context().addCookies([{ name, value, url: desk.url, httpOnly: true, sameSite: "Lax" }]);
  await page.goto(path);
  await alive(page);
  return page;
}
