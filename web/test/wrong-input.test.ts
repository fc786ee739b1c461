// Input of a user who does not know the order desk: each mistake is shown at its field, and nothing wrong is stored.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, type Desk, startDesk } from "./browser.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());

async function newOrder(): Promise<Page> {
  const page = await desk.page();
  await page.goto("/orders/new");
  await alive(page);
  return page;
}

async function newest(): Promise<number> {
  const { data }: { data: readonly { id: number }[] } = await (
    await fetch(`${desk.apiUrl}/api/orders?sort=-id&limit=1`)
  ).json();
  return data[0]?.id ?? 0;
}

test("a date that does not exist is refused, not stored as another one", async () => {
  const before = await newest();
  const page = await newOrder();
  await page.getByRole("combobox", { name: "Customer" }).fill("thistle");
  await page.getByRole("option", { name: /Thistle/ }).click();
  await page.getByLabel("Ordered on").focus();
  await page.keyboard.type("02302026");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "Ordered on: Must be a valid date" }).waitFor();
  expect(await newest()).toBe(before);
  await page.getByLabel("Ordered on").fill("2026-02-28");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  expect(await newest()).toBe(before + 1);
  await page.context().close();
});

test("a name that matches nobody is reported", async () => {
  const page = await newOrder();
  await page.getByRole("combobox", { name: "Customer" }).fill("nobody is called that");
  await page.keyboard.press("Tab");
  await page.getByText("“nobody is called that” was not selected").waitFor();
  expect(await page.getByRole("combobox", { name: "Customer" }).inputValue()).toBe("");
  await page.context().close();
});
