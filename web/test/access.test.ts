// Signing in and out, and what each user sees, in a real browser. That the API answers the same on both engines is
// shown by the tests in api/src/access.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { admin, fillSignIn, Person, pageOf, userWith } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

/** Where a page is, without the server. */
const placeOf = (url: string) => url.slice(desk.url.length);
const ana = () => new Person(desk).signIn(admin.email_address, admin.password);

test("while there is no user every page says so in one line, until this browser declines", async () => {
  const page = await desk.page();
  await page.goto("/customers");
  await alive(page);
  const note = page.getByRole("note").filter({ hasText: "Everybody at this computer may do everything." });
  await note.waitFor();
  await note.getByRole("button", { name: "Not now" }).click();
  await note.waitFor({ state: "detached" });
  await page.goto("/");
  expect(await page.getByRole("note").count()).toBe(0);
}, 60_000);

test("the first user is created by keyboard, and is signed in", async () => {
  const page = await desk.page();
  await page.goto("/first-user");
  await alive(page);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("textbox", { name: "Name" }).fill(admin.name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(admin.email_address);
  await page.keyboard.press("Tab");
  await page.keyboard.type("short");
  await page.keyboard.press("Enter");
  await page.getByText("Must have at least 12 characters.").waitFor();
  await page.getByRole("textbox", { name: "Password" }).fill(admin.password);
  await page.getByRole("button", { name: "Show" }).click();
  expect(await page.getByRole("textbox", { name: "Password" }).getAttribute("type")).toBe("text");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: admin.name }).waitFor();
  expect(await page.getByRole("note").count()).toBe(0);
}, 60_000);

test("a page of a user who is not signed in leads to the sign-in page, and from there on to the page", async () => {
  const page = await desk.page();
  await page.goto("/customers?q=thistle");
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  expect(placeOf(page.url())).toBe("/sign-in?to=%2Fcustomers%3Fq%3Dthistle");
  expect(await page.getByRole("navigation").count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await fillSignIn(page, { ...admin, password: "wrong horse battery" });
  await page.getByText("The e-mail address or the password is wrong.").waitFor();
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
  expect(placeOf(page.url())).toBe("/customers?q=thistle");
  await page
    .getByRole("link", { name: /Thistle/ })
    .first()
    .waitFor();
}, 60_000);

test("it works without JavaScript, and leads to no other site", async () => {
  const page = await desk.page({ javaScriptEnabled: false });
  await page.goto("/sign-in?to=//evil.example/");
  await fillSignIn(page, { ...admin, password: "wrong horse battery" });
  await page.getByText("The e-mail address or the password is wrong.").waitFor();
  await fillSignIn(page, admin);
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  expect(placeOf(page.url())).toBe("/");
}, 60_000);

test("whoever signs out leaves no page and no draft to the next user", async () => {
  const leo = await userWith(desk, await ana(), ["order-clerk"], "Leo");
  const page = await pageOf(desk, admin, "/customers/new");
  await page.getByLabel("Company").fill("Secret client");
  await page.waitForFunction(() => Object.values(localStorage).some((text) => text.includes("Secret client")));
  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  expect(await page.evaluate(() => Object.values(localStorage).join())).not.toContain("Secret client");
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await fillSignIn(page, leo);
  await page.getByRole("link", { name: leo.name }).waitFor();
}, 60_000);

test("two users who ask at once are answered each in their own name", async () => {
  const mia = await userWith(desk, await ana(), ["viewer"], "Mia");
  const of = async ({ email_address, password }: { email_address: string; password: string }) =>
    (await new Person(desk).signIn(email_address, password)).cookie;
  const people = [
    [await of(admin), ">Ana<"],
    [await of(mia), `>${mia.name}<`],
  ] as const;
  const asked = await Promise.all(
    Array.from({ length: 20 }, async (_, place) => {
      const [cookie, name] = people[place % 2] ?? ["", ""];
      const html = await (await fetch(`${desk.url}/about`, { headers: { cookie } })).text();
      return people.map(([, each]) => html.includes(each) === (each === name));
    }),
  );
  expect(asked.flat()).not.toContain(false);
  const nobody = await fetch(`${desk.url}/orders?x=1`, { redirect: "manual" });
  expect([nobody.status, nobody.headers.get("location")]).toEqual([307, "/sign-in?to=%2Forders%3Fx%3D1"]);
}, 60_000);

test("a viewer sees nothing that the API would refuse", async () => {
  const vic = await userWith(desk, await ana(), ["viewer"], "Vic");
  const page = await pageOf(desk, vic, "/orders");
  expect(await page.getByRole("link", { name: "New order" }).count()).toBe(0);
  expect(await page.getByRole("link", { name: "Users" }).count()).toBe(0);
  expect(await page.getByRole("link", { name: "CSV" }).count()).toBe(0);
  await page.getByRole("grid").focus();
  for (const key of ["j", "x", "Delete", "m"]) await page.keyboard.press(key);
  await page.getByText("1 selected").first().waitFor();
  const bar = page.getByRole("region", { name: "Selected orders" });
  expect(await bar.getByRole("button").count()).toBe(1);
  const { id } = await (await ana()).call<{ id: number }>("POST", "/api/orders", { notes: "by Ana" });
  await page.goto(`/orders/${id}`);
  await alive(page);
  await page.getByText("Ana", { exact: false }).first().waitFor();
  for (const name of ["Edit", "Delete", "Duplicate", "Invoice"])
    expect(await page.getByRole("button", { name }).count()).toBe(0);
  await page.getByRole("button", { name: "Print" }).waitFor();
  await page.goto("/customers/2");
  await alive(page);
  for (const key of ["e", "n", "Shift+N"]) await page.keyboard.press(key);
  expect(placeOf(page.url())).toBe("/customers/2");
  expect(await page.getByRole("button", { name: "Delete" }).count()).toBe(0);
  for (const path of ["/orders/new", "/customers/2/edit", "/products/new"]) {
    await page.goto(path);
    await page.getByText(/^You lack the right write-/).waitFor();
  }
  await page.goto("/company");
  await page.getByText("Mon, Tue, Wed, Thu, Fri").waitFor();
  expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
}, 60_000);

test("a right that was taken away meanwhile is refused in the words of the API", async () => {
  const admins = await ana();
  const tom = await userWith(desk, admins, ["order-clerk"], "Tom");
  const page = await pageOf(desk, tom, "/customers/new");
  await page.getByLabel("Company").fill("Too late");
  await admins.call("PUT", `/api/users/${tom.id}`, { roles: ["viewer"] });
  await page.keyboard.press("Control+Enter");
  await page.getByText("You lack the right write-customers.").waitFor();
  expect(await page.getByLabel("Company").inputValue()).toBe("Too late");
}, 60_000);

test("a session that ended is begun again over the form, and the save goes on", async () => {
  const eve = await userWith(desk, await ana(), ["order-clerk"], "Eve");
  const page = await pageOf(desk, eve, "/customers/new");
  await page.getByLabel("Company").fill("Typed before");
  await page.context().clearCookies();
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.waitFor();
  expect(await axeFindings(page)).toEqual([]);
  // Declined: it is said, and everything typed is there.
  await page.keyboard.press("Escape");
  await page.getByText("You are not signed in any more.").waitFor();
  expect(await page.getByLabel("Company").inputValue()).toBe("Typed before");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor();
  await page.keyboard.type("a wrong password");
  await page.keyboard.press("Enter");
  await dialog.getByText("The e-mail address or the password is wrong.").waitFor();
  await page.keyboard.type(eve.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Typed before" }).waitFor();
  expect(placeOf(page.url())).toMatch(/^\/customers\/\d+$/);
}, 60_000);
