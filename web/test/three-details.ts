import type { Page } from "playwright-core";
import { countKeys } from "./browser.ts";

/**
 * Creates an order with three details by keyboard alone, from any page, and ends on the order's page. Typed as fast as
 * the page lets one see where the focus is. Returns how many keys went down.
 */
export async function createWithThreeDetails(page: Page): Promise<number> {
  const keys = countKeys(page);
  await keys.press("n");
  await focusOn(page, "order-customer_id");
  await keys.press("t", "h", "Enter");
  await focusOn(page, "order-r1.product_id");
  await keys.press("p", "l", "u", "Enter");
  await focusOn(page, "order-r1.quantity");
  await keys.press("2", "Enter", "c", "o", "d", "Enter");
  await focusOn(page, "order-r2.quantity");
  await keys.press("4", "Enter", "o", "a", "t");
  // The first hit is taken by the key that saves.
  await page.getByRole("option", { name: /Oatcakes/ }).waitFor();
  await keys.press("Control+Enter");
  await page.waitForURL(/\/orders\/\d+$/);
  await page.getByText(/Order #\d+ created/).waitFor();
  return keys.count;
}

async function focusOn(page: Page, id: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
}
