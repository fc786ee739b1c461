// What users have chosen for themselves follows them to another browser, in a real browser. On both engines runs what
// is saved at the same time.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, type Desk, type Engine, startDesk } from "./browser.ts";
import { admin, fillSignIn, firstUser, userWith } from "./sign-in.ts";

describe.each<[Engine]>([["sqlite"], ["mariadb"]])("on %s", (engine) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk(engine);
  }, 240_000);
  afterAll(() => desk?.stop());
  afterEach(() => desk.closePages());

  const saveView = async (page: Page, name: string) => {
    await page.keyboard.press("v");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await page.getByText(`The view ${name} is saved.`).waitFor();
  };
  const viewsOn = async (page: Page) => {
    await page.keyboard.press("v");
    const menu = page.getByRole("button", { name: /^Delete view / });
    await page.getByRole("textbox", { name: "Save this list as" }).waitFor();
    return menu.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
  };
  const signIn = async (page: Page, user: { email_address: string; password: string }, to: string) => {
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    await fillSignIn(page, user);
    await page.waitForURL(`**${to}`);
    await alive(page);
  };

  if (engine === "sqlite") {
    test("what a browser had before there were users goes to the first who signs in, and to nobody else", async () => {
      const page = await desk.page();
      await page.goto("/orders?status_id=1");
      await alive(page);
      await saveView(page, "Before");
      const ana = await firstUser(desk);
      const eva = await userWith(desk, ana, ["order-clerk"], `Eva${engine}`);
      await signIn(page, admin, "/orders");
      expect(await viewsOn(page)).toEqual(["Delete view Before"]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
      expect(await page.evaluate(() => Object.values(localStorage).join())).not.toContain("Before");
      await signIn(page, eva, "/orders");
      expect(await viewsOn(page)).toEqual([]);
      const elsewhere = await desk.pageElsewhere();
      await signIn(elsewhere, admin, "/orders");
      expect(await viewsOn(elsewhere)).toEqual(["Delete view Before"]);
    }, 60_000);

    test("views, theme and language are in the other browser from the first page on", async () => {
      const mia = await userWith(desk, await firstUser(desk), ["order-clerk"], `Mia${engine}`);
      const page = await desk.page({ colorScheme: "light" });
      await signIn(page, mia, "/orders?status_id=1");
      await saveView(page, "To ship");
      const stored = page.waitForResponse((answer) => answer.url().endsWith("/preferences") && answer.ok());
      await page.getByRole("button", { name: "Dark" }).click();
      await stored;
      await page.getByRole("combobox", { name: "Language" }).selectOption("es");
      await page.getByRole("heading", { level: 1, name: "Pedidos" }).waitFor();
      const other = await desk.pageElsewhere({ colorScheme: "light" });
      await signIn(other, mia, "/orders");
      await other.getByRole("heading", { level: 1, name: "Pedidos" }).waitFor();
      expect(await other.locator("html").getAttribute("data-theme")).toBe("dark");
      await other.getByRole("button", { name: "Vistas" }).click();
      await other.getByRole("link", { name: "To ship" }).waitFor();
    }, 60_000);
  }

  test("two browsers that save at the same time lose nothing", async () => {
    const kai = await userWith(desk, await firstUser(desk), ["order-clerk"], `Kai${engine}`);
    const [one, other] = [await desk.page(), await desk.pageElsewhere()];
    for (const page of [one, other]) await signIn(page, kai, "/orders");
    await Promise.all([saveView(one, "From one"), saveView(other, "From other")]);
    const third = await desk.page();
    await signIn(third, kai, "/orders");
    expect(new Set(await viewsOn(third))).toEqual(new Set(["Delete view From one", "Delete view From other"]));
  }, 60_000);
});
