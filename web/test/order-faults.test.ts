// What was typed is never lost, and nothing is saved twice, in real browsers. On both engines runs what depends on what
// the API stores at the same moment; drafts and dialogs are the browser's own.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { anOrder, change, editOrder, newOrder, orderOf, ordersWith, save } from "./order-desk.ts";

const notReached = "Not saved: the server cannot be reached.";
/** The next look at the connection may come before the words are read. */
const notReachedOrBack = /Not saved: the server cannot be reached|The server is back, but this is still not saved/;
const creation = "**/api/orders?include=details";

describe.each(["sqlite", "mariadb"] as const)("on %s", (engine) => {
  const isFirst = engine === "sqlite";
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk(engine);
  }, 240_000);
  afterAll(() => desk?.stop());
  afterEach(() => desk.closePages());

  /** The form of a new order with notes by which it is found. */
  async function typed(notes: string): Promise<Page> {
    const page = await desk.page();
    page.on("dialog", (dialog) => void dialog.accept());
    await newOrder(page);
    await page.getByLabel("Notes").fill(notes);
    return page;
  }

  const restore = (page: Page) => page.getByRole("button", { name: "Restore draft" });
  const again = (page: Page) => page.getByRole("button", { name: "Try again" });
  const created = (page: Page) => page.getByText(/Order #\d+ created/).waitFor();

  if (isFirst) {
    describe("nothing that was typed is lost", () => {
      test("a reload brings the draft back by itself, and saving it ends it", async () => {
        const page = await typed("Ring twice");
        await page.reload();
        await page.getByText("What you typed here until").waitFor();
        expect(await axeFindings(page)).toEqual([]);
        expect(await page.getByLabel("Notes").inputValue()).toBe("Ring twice");
        expect(await page.getByRole("combobox", { name: "Product" }).inputValue()).toBe("Highmoor Oatcakes");
        await save(page);
        await created(page);
        await page.goto("/orders/new");
        await alive(page);
        expect(await restore(page).count()).toBe(0);
      });

      test("a second new order overwrites nothing: the first is offered until it is declined", async () => {
        const first = await typed("The first");
        const second = await first.context().newPage();
        second.on("dialog", (dialog) => void dialog.accept());
        await second.goto("/orders/new");
        await alive(second);
        await second.getByLabel("Notes").fill("The second");
        for (const [page, notes] of [
          [first, "The first"],
          [second, "The second"],
        ] as const) {
          await page.reload();
          await page.getByText("What you typed here until").waitFor();
          expect(await page.getByLabel("Notes").inputValue()).toBe(notes);
        }
        expect(await restore(second).count()).toBe(0);
        await first.close();
        await second.reload();
        await restore(second).click();
        expect(await second.getByLabel("Notes").inputValue()).toBe("The first");
        await restore(second).click();
        expect(await second.getByLabel("Notes").inputValue()).toBe("The second");
        await second.getByRole("button", { name: "Discard" }).click();
        await restore(second).waitFor({ state: "detached" });
        await second.getByRole("button", { name: "Start anew" }).click();
        expect(await second.getByLabel("Notes").inputValue()).toBe("");
      });

      test("a link asks before it leaves; a form without changes does not", async () => {
        const page = await typed("Leaving");
        await page.getByRole("link", { name: "Customers" }).click();
        const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
        await dialog.waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await page.keyboard.press("Escape");
        expect(await page.getByLabel("City").inputValue()).toBe("Edinburgh");
        await page.getByRole("link", { name: "Customers" }).click();
        await dialog.getByRole("button", { name: "Save draft and leave" }).click();
        // The address changes before the form is gone, and an open form that is loaded again has its draft back unasked.
        await page.getByRole("heading", { name: "Customers", level: 1 }).waitFor();
        await page.goto("/orders/new");
        await page.getByRole("button", { name: "Discard" }).click();
        await page.getByRole("link", { name: "Customers" }).click();
        await page.waitForURL(/\/customers$/);
      });

      test("saved without a network the form stays and says so; with one again it is one order", async () => {
        const page = await typed("Cut network");
        await page.context().setOffline(true);
        await page.getByText("No network. Keep typing").waitFor();
        await save(page);
        await page.getByText(notReached).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        expect(await page.getByLabel("Notes").inputValue()).toBe("Cut network");
        expect(await page.getByRole("combobox", { name: "Product" }).inputValue()).toBe("Highmoor Oatcakes");
        await again(page).click();
        await page.getByText(notReached).waitFor();
        await page.context().setOffline(false);
        await again(page).click();
        await created(page);
        expect(await ordersWith(desk, "Cut network")).toHaveLength(1);
      });

      test("a server that no longer answers leaves the form as it is, and one save comes of it", async () => {
        const page = await typed("Frozen server");
        desk.pauseApi();
        try {
          await save(page);
          await page.getByText(notReached).waitFor();
          expect(await page.getByLabel("Notes").inputValue()).toBe("Frozen server");
        } finally {
          desk.resumeApi();
        }
        await again(page).click();
        await created(page);
        expect(await ordersWith(desk, "Frozen server")).toHaveLength(1);
      });
    });
  }

  describe("nothing is saved twice", () => {
    test("a lost answer leaves the form as it is, and what was typed since is saved into the same order", async () => {
      const page = await typed("Lost answer");
      // The API gets the order, and the browser never hears of it.
      await page.route(creation, async (route) => {
        await route.fetch();
        await route.abort();
      });
      await save(page);
      await page.getByText(notReachedOrBack).waitFor();
      expect(await ordersWith(desk, "Lost answer")).toHaveLength(1);
      await page.unroute(creation);
      await page.getByLabel("Notes").fill("Lost answer, and more");
      await again(page).click();
      await page.getByText(/Order #\d+ (created|saved)/).waitFor();
      expect(await ordersWith(desk, "Lost answer")).toHaveLength(0);
      expect(await ordersWith(desk, "Lost answer, and more")).toHaveLength(1);
    });

    test("a page that is reloaded while it saves finds its order again", async () => {
      const page = await typed("Reloaded while saving");
      const stored = Promise.withResolvers<void>();
      await page.route(creation, async (route) => {
        await route.fetch();
        stored.resolve();
      });
      await save(page);
      await stored.promise;
      await page.reload();
      await page.unroute(creation);
      await page.getByText("What you typed here until").waitFor();
      await page.getByLabel("City").fill("Leith");
      await save(page);
      await page.getByText(/Order #\d+ (created|saved)/).waitFor();
      const orders = await ordersWith(desk, "Reloaded while saving");
      expect(orders.map(({ ship_city }) => ship_city)).toEqual(["Leith"]);
    });

    test("a double click and two presses in one moment save once", async () => {
      const clicked = await typed("Clicked twice");
      await clicked.getByRole("button", { name: /Save order/ }).dblclick();
      await created(clicked);
      const pressed = await typed("Pressed twice");
      await save(pressed);
      await save(pressed);
      await created(pressed);
      for (const notes of ["Clicked twice", "Pressed twice"]) expect(await ordersWith(desk, notes)).toHaveLength(1);
    });
  });

  describe("two browsers change one order", () => {
    /** The same order open in two browsers, each a process of its own. */
    async function both(id: number): Promise<readonly [mine: Page, theirs: Page]> {
      const [mine, theirs] = await Promise.all([desk.page(), desk.pageElsewhere()]);
      return Promise.all([editOrder(mine, id), editOrder(theirs, id)]);
    }

    const saved = (page: Page, id: number) => page.getByText(`Order #${id} saved`).waitFor();
    const question = (page: Page) => page.getByRole("dialog", { name: "Someone else has changed this order" });

    test("in different fields: both changes are saved without a question, and reported", async () => {
      const id = await anOrder(desk);
      const [mine, theirs] = await both(id);
      await mine.getByLabel("Notes").fill("Mine");
      await theirs.getByLabel("City").fill("Bergen");
      await save(theirs);
      await saved(theirs, id);
      await save(mine);
      await mine.getByText(/Someone else had changed in the meantime: City/).waitFor();
      const order = await orderOf(desk, id);
      expect([order.notes, order.ship_city]).toEqual(["Mine", "Bergen"]);
    });

    if (isFirst) {
      test("in one field: mine, theirs and the base are shown, field by field, to be chosen", async () => {
        const id = await anOrder(desk);
        await change(desk, id, { notes: "Before" });
        const [mine, theirs] = await both(id);
        await theirs.getByLabel("Notes").fill("Theirs");
        await theirs.getByLabel("Quantity").first().fill("9");
        await theirs.getByLabel("Discount %").nth(1).fill("50");
        await save(theirs);
        await saved(theirs, id);
        await mine.getByLabel("Notes").fill("Mine");
        await mine.getByLabel("Quantity").first().fill("5");
        await mine.getByLabel("City").fill("Tromsø");
        await save(mine);
        await question(mine).waitFor();
        expect(await axeFindings(mine)).toEqual([]);
        const notes = question(mine).getByRole("group", { name: "Notes" });
        expect(await notes.innerText()).toMatch(/Before: Before[\s\S]*Mine[\s\S]*Mine[\s\S]*Theirs[\s\S]*Theirs/);
        const quantity = question(mine).getByRole("group", { name: /Quantity/ });
        expect(await quantity.innerText()).toMatch(/Before: 2[\s\S]*Mine\s+5[\s\S]*Theirs\s+9/);
        await notes.getByLabel("Mine").first().check();
        await quantity.getByLabel("Theirs").check();
        await question(mine).getByRole("button", { name: "Save merged order" }).click();
        await saved(mine, id);
        const order = await orderOf(desk, id);
        expect([order.notes, order.ship_city]).toEqual(["Mine", "Tromsø"]);
        expect(order.order_details.map(({ quantity: stored }) => stored)).toEqual(["9.0000", "3.0000"]);
        // 9 x 82.00 + 3 x 43.20 x 0.5
        expect(order.order_total).toBe("802.8000");
      });

      test("by keyboard alone, row by row", async () => {
        const id = await anOrder(desk);
        const page = await editOrder(await desk.page(), id);
        await page.getByLabel("Notes").fill("Mine");
        await page.getByLabel("Quantity").first().fill("5");
        const [first, second] = (await orderOf(desk, id)).order_details;
        const theirs = [
          { id: first?.id, quantity: 9 },
          { id: second?.id, discount: "0.5" },
        ];
        await change(desk, id, { notes: "Theirs", order_details: theirs });
        await save(page);
        await question(page).waitFor();
        // The first clash has the focus: notes, mine. Then the quantity, theirs.
        await page.keyboard.press("Space");
        await page.keyboard.press("Tab");
        await page.keyboard.press("ArrowRight");
        await page.keyboard.press("Enter");
        await saved(page, id);
        const order = await orderOf(desk, id);
        expect([order.notes, order.order_details[0]?.quantity]).toEqual(["Mine", "9.0000"]);
      });
    }

    test("in the same moment: one is saved, the other asked, and neither is lost unseen", async () => {
      const id = await anOrder(desk);
      const pages = await both(id);
      for (const [place, page] of pages.entries()) await page.getByLabel("Notes").fill(`Number ${place}`);
      await Promise.all(pages.map(save));
      const asked = await Promise.any(
        pages.map((page) =>
          question(page)
            .waitFor()
            .then(() => page),
        ),
      );
      const winner = pages.find((page) => page !== asked);
      if (winner === undefined) throw new Error("both were asked");
      await saved(winner, id);
      const won = (await orderOf(desk, id)).notes;
      expect(won).toMatch(/^Number [01]$/);
      expect(await question(asked).innerText()).toContain(String(won));
      await question(asked).getByRole("button", { name: "Keep all mine" }).click();
      await question(asked).getByRole("button", { name: "Save merged order" }).click();
      await saved(asked, id);
      expect((await orderOf(desk, id)).notes).toBe(won === "Number 0" ? "Number 1" : "Number 0");
    });
  });
});
