import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { InBothThemes } from "./both-themes.ts";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { anOrder, api, change, editOrder, newOrder, orderIn, orderOf } from "./order-desk.ts";

describe.each(["sqlite", "mariadb"] as const)("on %s", (engine) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk(engine);
  }, 240_000);
  afterAll(() => desk?.stop());
  afterEach(() => desk.closePages());

  test("amounts follow every key and are the server's to the last place", async () => {
    const page = await desk.page();
    await newOrder(page);
    await page.getByLabel("Quantity").fill("3");
    await page.getByLabel("Discount %").fill("7.25");
    await page.getByLabel("Tax status").selectOption("Tax exempt");
    expect(await page.getByLabel("Tax rate %").count()).toBe(0);
    await page.getByLabel("Tax status").selectOption("");
    // A rate makes the order taxable.
    await page.getByLabel("Tax rate %").fill("8.425");
    expect(await page.getByLabel("Tax status").inputValue()).toBe("1");
    await page.getByLabel("Shipping fee").fill("4.0001");
    const shown = await page.getByTestId("order-total").innerText();
    await page.getByRole("button", { name: /Save order/ }).click();
    await page.getByText(/Order #\d+ created/).waitFor();
    await page.waitForURL(/\/orders\/\d+$/);
    const order = await orderOf(desk, Number(page.url().split("/").at(-1)));
    // 3 x 22.40 x 0.9275 = 62.33; x 0.08425 = 5.25
    expect([order.taxes, order.order_total]).toEqual(["5.2500", "71.5800"]);
    expect(shown.replace("\u00a0", " ")).toBe("kr 71.58");
  });

  // Amounts are stored differently by each engine; everything else here is the same on both.
  if (engine === "mariadb") return;

  describe("typing", () => {
    test("a customer fills the address, which can be cleared and filled again", async () => {
      const page = await desk.page();
      await newOrder(page);
      expect(await page.getByLabel("City").inputValue()).toBe("Edinburgh");
      expect(await page.getByLabel("Name").inputValue()).toBe("Callum Drummond");
      await page.getByRole("button", { name: "Clear" }).click();
      expect(await page.getByLabel("City").inputValue()).toBe("");
      await page.getByRole("button", { name: "From customer" }).click();
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>("#order-ship_city")?.value === "Edinburgh",
      );
    });

    test("an issue is shown when its field is left, and gone when it is fixed", async () => {
      const page = await desk.page();
      await newOrder(page);
      const quantity = page.getByLabel("Quantity");
      await quantity.fill("many");
      expect(await page.getByText("Must be a number, like 12.50.").count()).toBe(0);
      await quantity.press("Tab");
      await page.getByText("Must be a number, like 12.50.").waitFor();
      await quantity.fill("2");
      expect(await page.getByText("Must be a number, like 12.50.").count()).toBe(0);
    });

    test("a discontinued product is offered last and marked, and refused at its line", async () => {
      const product = JSON.stringify({ product_name: "Aged Oatcakes", list_price: "1", discontinued: true });
      await api(desk, "/api/products", { method: "POST", body: product });
      const page = await desk.page();
      await newOrder(page);
      await page.getByRole("button", { name: "Add line" }).click();
      await page.getByRole("combobox", { name: "Product" }).last().fill("oatcakes");
      const last = page.getByRole("option", { name: /Oatcakes/ }).last();
      await page.getByRole("option", { name: /Aged Oatcakes.*Discontinued/ }).waitFor();
      expect(await last.textContent()).toMatch(/^Aged Oatcakes.*Discontinued/);
      await last.click();
      await page.keyboard.press("Control+Enter");
      await page
        .getByText(/Product: This product is discontinued/)
        .first()
        .waitFor();
    });

    test("what the server refuses is shown at its field, with a summary that leads there", async () => {
      const page = await desk.page();
      await newOrder(page);
      await page.getByLabel("Ordered on").fill("2026-11-20");
      await page.getByLabel("Shipped on").fill("2026-11-01");
      await page.keyboard.press("Control+Enter");
      const summary = page.getByRole("alert").filter({ hasText: "Not saved yet" });
      await summary.getByRole("link", { name: /Shipped on/ }).click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("order-shipped_date");
      expect(await page.getByLabel("Shipped on").getAttribute("aria-invalid")).toBe("true");
      expect(await axeFindings(page)).toEqual([]);
      await page.getByLabel("Shipped on").fill("2026-11-21");
      await page.keyboard.press("Control+Enter");
      await page.getByText(/Order #\d+ created/).waitFor();
    });
  });

  test("an invoiced order keeps its customer and details, and says why", async () => {
    const id = await anOrder(desk);
    await change(desk, id, { status_id: 1 });
    const page = await editOrder(await desk.page(), id);
    await page.getByText("The order is no longer new").waitFor();
    expect(await page.getByLabel("Customer").getAttribute("readonly")).not.toBeNull();
    expect(await page.getByLabel("Quantity").first().getAttribute("readonly")).not.toBeNull();
    await page.getByLabel("Notes").fill("Still mine to write");
    await page.keyboard.press("Control+Enter");
    await page.getByText(`Order #${id} saved`).waitFor();
  });

  const findings = new InBothThemes();
  describe.each(["light", "dark"] as const)("axe finds nothing in %s", (theme) => {
    test.each([1280, 390])("on the form, %d wide", async (width) => {
      const opened = async (height: number) => desk.page({ viewport: { width, height } });
      const empty = await findings.of(`new, ${width}`, theme, async () => {
        const page = await opened(900);
        await newOrder(page);
        return page;
      });
      expect(empty.found).toEqual([]);
      // So high that the bar at the bottom covers no field, however many details the order has.
      const edited = await findings.of(`edited, ${width}`, theme, async () =>
        editOrder(await opened(2000), await orderIn(desk, 0)),
      );
      expect(edited.found).toEqual([]);
    });
  });
});
