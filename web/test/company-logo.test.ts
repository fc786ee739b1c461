import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());

/** A picture that the browser itself has drawn. */
async function picture(page: Page, width: number, type = "image/png"): Promise<Buffer> {
  const address = await page.evaluate(
    ([wide, mime]) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [wide, 40];
      const context = canvas.getContext("2d");
      if (context !== null) context.fillStyle = "#0a5c5c";
      context?.fillRect(0, 0, wide, 40);
      return canvas.toDataURL(mime);
    },
    [width, type] as const,
  );
  return Buffer.from(address.split(",")[1] ?? "", "base64");
}

async function choose(page: Page, button: string, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await choosing).setFiles({ name, mimeType, buffer });
}

/** Waits until an image of this width has been loaded. */
function shown(page: Page, selector: string, width: number): Promise<unknown> {
  return page.waitForFunction(
    ([where, wide]) => {
      const found = document.querySelector<HTMLImageElement>(where);
      return found?.complete === true && found.naturalWidth === wide;
    },
    [selector, width] as const,
  );
}

const onPage = 'img[alt="Logo"]';
const onPaper = "article img";

test("what another program changes is on the next page, however long no page was asked for", async () => {
  const page = await desk.page();
  await page.goto("/");
  const put = (body: object) =>
    fetch(`${desk.apiUrl}/api/company`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  // Longer than a company counts as fresh.
  await Bun.sleep(1200);
  expect((await put({ time_zone: "Pacific/Kiritimati", confirmed: false })).status).toBe(200);
  await page.goto("/orders");
  await page.getByText("Pacific/Kiritimati").waitFor({ timeout: 2000 });
  await put({ time_zone: "UTC" });
});

test("another currency is asked about once, with the number of orders, and converts nothing", async () => {
  const orders = async () => (await (await fetch(`${desk.apiUrl}/api/orders/counts`)).json()).data.total;
  const currency = async () => (await (await fetch(`${desk.apiUrl}/api/company`)).json()).data.currency;
  const page = await desk.page();
  await page.goto("/company");
  await alive(page);
  const before = await currency();
  const other = before === "EUR" ? "USD" : "EUR";
  await page.getByLabel("Currency").selectOption(other);
  await page.keyboard.press("Control+Enter");
  const question = page.getByRole("dialog", { name: `Change the currency from ${before} to ${other}?` });
  await question.getByText(`${await orders()} orders are then shown in ${other}.`).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await currency()).toBe(before);
  await page.keyboard.press("Control+Enter");
  await question.getByRole("button", { name: "Change the currency" }).click();
  while ((await currency()) !== other) await Bun.sleep(50);
});

test("a logo is uploaded, replaced, printed at the head of an order and removed; nothing typed is lost", async () => {
  const page = await desk.page();
  await page.goto("/company");
  await alive(page);
  await page.getByLabel("City").fill("Half typed");
  await choose(page, "Upload a logo", "logo.gif", "image/gif", Buffer.from("GIF89a"));
  await page.getByText("Is no image that can be used").waitFor();
  await choose(page, "Upload a logo", "logo.png", "image/png", await picture(page, 200));
  await page.getByText("Logo uploaded").waitFor();
  await shown(page, onPage, 200);
  // At once: a page shows no image again that it has shown at the same address.
  await choose(page, "Upload another logo", "logo.jpg", "image/jpeg", await picture(page, 120, "image/jpeg"));
  await shown(page, onPage, 120);
  expect(await page.getByLabel("City").inputValue()).toBe("Half typed");
  expect(await axeFindings(page)).toEqual([]);

  const first: { data: readonly { id: number }[] } = await (await fetch(`${desk.apiUrl}/api/orders?limit=1`)).json();
  const order = await desk.page();
  await order.emulateMedia({ media: "print" });
  await order.goto(`/orders/${first.data[0]?.id}`);
  await shown(order, onPaper, 120);
  expect(await order.locator(onPaper).isVisible()).toBe(true);

  await page.getByRole("button", { name: "Remove the logo" }).click();
  await page.getByText("Logo removed").waitFor();
  await page.locator(onPage).waitFor({ state: "detached" });
  await order.reload();
  await order.locator("article").getByText("Number").first().waitFor();
  expect(await order.locator(onPaper).count()).toBe(0);
}, 120_000);
