// Signing in and out, and what each user sees, in a real browser on both engines.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { alive, axeFindings, type Desk, type Engine, startDesk } from "./browser.ts";
import { admin, fillSignIn, Person, pageOf, userWith } from "./sign-in.ts";

describe.each<[Engine]>([["sqlite"], ["mariadb"]])("on %s", (engine) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk(engine);
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
    await page.getByText("Must have 12 characters at least.").waitFor();
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
    const leo = await userWith(desk, await ana(), ["order-clerk"], `Leo${engine}`);
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
    const mia = await userWith(desk, await ana(), ["viewer"], `Mia${engine}`);
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
    const vic = await userWith(desk, await ana(), ["viewer"], `Vic${engine}`);
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
    const tom = await userWith(desk, admins, ["order-clerk"], `Tom${engine}`);
    const page = await pageOf(desk, tom, "/customers/new");
    await page.getByLabel("Company").fill("Too late");
    await admins.call("PUT", `/api/users/${tom.id}`, { roles: ["viewer"] });
    await page.keyboard.press("Control+Enter");
    await page.getByText("You lack the right write-customers.").waitFor();
    expect(await page.getByLabel("Company").inputValue()).toBe("Too late");
  }, 60_000);

  test("a session that ended is begun again over the form, and the save goes on", async () => {
    const eve = await userWith(desk, await ana(), ["order-clerk"], `Eve${engine}`);
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

  test("a password is chosen with a link whose secret no server sees", async () => {
    const admins = await ana();
    const user = { name: "Kim", email_address: `kim@${engine}.example`, roles: ["accounts"] };
    const { id } = await admins.call<{ id: number }>("POST", "/api/users", user);
    const { link } = await admins.call<{ link: string }>("POST", `/api/users/${id}/password-link`);
    const page = await desk.page({ viewport: { width: 390, height: 844 } });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`/password#${link}`);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("textbox", { name: "New password" }).fill("short");
    await page.keyboard.press("Enter");
    await page.getByText("Must have 12 characters at least.").waitFor();
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
    await page.getByRole("textbox", { name: "E-mail" }).fill(`ida@${engine}.example`);
    await page.getByRole("checkbox", { name: "Viewer" }).uncheck();
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
    // A warehouse sees no prices: its day begins with the orders.
    await other.getByRole("heading", { level: 1, name: "Orders" }).waitFor();
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
    const uma = await userWith(desk, await ana(), ["viewer"], `Uma${engine}`);
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
      .getByRole("link", { name: /\d Ana$/ })
      .first()
      .click();
    await page.waitForURL(/principal=/);
    await page.getByRole("link", { name: `order ${id}`, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: `Order #${id}` }).waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto("/audit");
    expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth)).toBe(0);
  }, 60_000);

  test("the pages about users speak Spanish, and are not for everybody", async () => {
    const zoe = await userWith(desk, await ana(), ["viewer"], `Zoe${engine}`);
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
});
