// The pages about users, the own account and the audit log, in a real browser. That the API answers them the same on
// both engines is shown by the tests in api/src/access.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { setUpApp } from "./authenticator.ts";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { admin, fillSignIn, firstUser, Person, pageOf, userWith } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await firstUser(desk);
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const ana = () => new Person(desk).signIn(admin.email_address, admin.password);

test("a password is chosen with a link whose secret no server sees", async () => {
  const admins = await ana();
  const user = { name: "Kim", email_address: "kim@northwind.example", roles: ["accounts"] };
  const { id } = await admins.call<{ id: number }>("POST", "/api/users", user);
  const { link } = await admins.call<{ link: string }>("POST", `/api/users/${id}/password-link`);
  const page = await desk.page({ viewport: { width: 390, height: 844 } });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`/password#${link}`);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("textbox", { name: "New password" }).fill("short");
  await page.keyboard.press("Enter");
  await page.getByText("Must have at least 12 characters.").waitFor();
  await page.getByRole("textbox", { name: "New password" }).fill("a goat on the roof");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  expect(asked.filter((url) => url.split("#")[0]?.includes(link))).toEqual([]);
  await page.goto(`/password#${link}`);
  await page.getByRole("textbox", { name: "New password" }).fill("another goat here");
  await page.keyboard.press("Enter");
  await page.getByText("This link was used already, or is too old.").waitFor();
}, 60_000);

test("an admin adds a user, who comes in by the invitation link that is shown once", async () => {
  const page = await pageOf(desk, admin, "/users");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "New user" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Ida");
  await page.getByRole("textbox", { name: "E-mail" }).fill("ida@northwind.example");
  await page.getByRole("checkbox", { name: "Warehouse" }).press("Space");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Ida" }).waitFor();
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  const link = page.getByRole("textbox", { name: "One-time link" });
  await link.waitFor();
  await page.getByText(/^Works once, until /).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const address = await link.inputValue();
  expect(address).toStartWith(`${desk.url}/password#`);
  const other = await desk.pageElsewhere({ viewport: { width: 390, height: 844 } });
  await other.goto(address);
  await other.getByRole("textbox", { name: "New password" }).fill("shelves and boxes");
  await other.keyboard.press("Enter");
  // A warehouse sees no prices: its day begins with its worklists.
  await other.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  // The form shows the user as read before the password was chosen: the API refuses to overwrite that unseen.
  const disable = async () => {
    await page.getByRole("checkbox", { name: "Disabled" }).check();
    await page.getByRole("button", { name: "Save" }).click();
  };
  await disable();
  await page.getByText("Someone else has changed it in the meantime.").waitFor();
  await page.reload();
  await alive(page);
  await disable();
  await page.getByText("Ida saved").waitFor();
  await other.goto("/orders");
  await other.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
}, 60_000);

test("users change their password, end a session, and make and switch off a token", async () => {
  const uma = await userWith(desk, await ana(), ["viewer"], "Uma");
  const page = await pageOf(desk, uma, "/account");
  await new Person(desk).signIn(uma.email_address, uma.password);
  await page.reload();
  await alive(page);
  expect(await axeFindings(page)).toEqual([]);
  const ends = page.getByRole("button", { name: /^End the session of/ });
  const before = await ends.count();
  await ends.first().click();
  await page.waitForFunction(
    (count) => document.querySelectorAll("button[aria-label^='End the session of']").length < count,
    before,
  );
  await page.getByRole("textbox", { name: "Name of the program" }).fill("till");
  await page.getByRole("checkbox", { name: "read-products" }).check();
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = await page.getByRole("textbox", { name: "Token" }).inputValue();
  const status = async () =>
    (await fetch(`${desk.apiUrl}/api/products`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await status()).toBe(200);
  await page.getByRole("button", { name: "Switch off till" }).click();
  await page.getByRole("button", { name: "Switch on till" }).waitFor();
  expect(await status()).toBe(401);
  await page.getByRole("textbox", { name: "Current password" }).fill("not mine at all");
  await page.getByRole("textbox", { name: "New password" }).fill("another long password");
  await page.keyboard.press("Enter");
  await page.getByText("Is not your password.").waitFor();
  await page.getByRole("textbox", { name: "Current password" }).fill(uma.password);
  await page.keyboard.press("Enter");
  await page.getByText("Your password is changed.").first().waitFor();
  await new Person(desk).signIn(uma.email_address, "another long password");
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth)).toBe(0);
}, 60_000);

test("the audit log is filtered by who and what, and leads to the rows", async () => {
  const people = await ana();
  const { id } = await people.call<{ id: number }>("POST", "/api/orders", { notes: "for the log" });
  const page = await pageOf(desk, admin, "/audit?resource=order");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: `order ${id}`, exact: true }).waitFor();
  await page.getByRole("combobox", { name: "What" }).selectOption("user");
  await page.getByRole("button", { name: "Filter" }).click();
  await page
    .getByRole("link", { name: /^user \d+$/ })
    .first()
    .waitFor();
  await page.goto("/audit?resource=order");
  await page
    .getByRole("link", { name: /^Ana #\d+$/ })
    .first()
    .click();
  await page.waitForURL(/user_id=/);
  await page.getByRole("link", { name: `order ${id}`, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `Order #${id}` }).waitFor();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/audit");
  expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth)).toBe(0);
}, 60_000);

test("an admin lets in a user whose phone is lost, and ends what may be open on it", async () => {
  const lea = await userWith(desk, await ana(), ["viewer"], "Lea");
  const phone = await pageOf(desk, lea, "/account");
  await setUpApp(phone);
  const page = await pageOf(desk, admin, "/users");
  await page.getByRole("row", { name: new RegExp(`${lea.name}.* Yes `) }).waitFor();
  await page.getByRole("link", { name: lea.name }).click();
  await page.getByText("Last sign-in").waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: `Remove the second factor of ${lea.name}` }).click();
  await page.getByText(`${lea.name} signs in with the password alone until there is another one.`).waitFor();
  await phone.goto("/orders");
  await phone.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await fillSignIn(phone, lea);
  await phone.getByRole("link", { name: lea.name }).waitFor();
  await page.getByRole("button", { name: `Sign out everywhere: ${lea.name}` }).click();
  await page.getByText(`${lea.name} is signed out everywhere.`).waitFor();
  await phone.goto("/orders");
  await phone.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await page.getByRole("link", { name: "All sign-ins and changes of access" }).click();
  await page.getByText("with the password", { exact: false }).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("combobox", { name: "Who" }).selectOption({ label: lea.name });
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/user_id=/);
  await page.getByText("signed in").first().waitFor();
  expect(await page.getByText("ended sessions").count()).toBe(0);
}, 60_000);

test("the pages about users speak Spanish, and are not for everybody", async () => {
  const zoe = await userWith(desk, await ana(), ["viewer"], "Zoe");
  const page = await pageOf(desk, zoe, "/account");
  for (const path of ["/users", "/users/new", "/audit"]) {
    await page.goto(path);
    await page.getByText(/^You lack the right (manage-users|read-audit)/).waitFor();
  }
  const spanish = await desk.page({ locale: "es-ES" });
  await spanish.goto("/audit");
  await spanish.getByRole("heading", { level: 1, name: "Iniciar sesión" }).waitFor();
  await spanish.getByRole("textbox", { name: "Correo electrónico" }).fill(admin.email_address);
  await spanish.getByRole("textbox", { name: "Contraseña" }).fill(admin.password);
  await spanish.keyboard.press("Enter");
  await spanish.getByRole("heading", { level: 1, name: "Registro de auditoría" }).waitFor();
}, 60_000);
