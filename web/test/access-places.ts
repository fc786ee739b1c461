import type { Page } from "playwright-core";
import type { Desk } from "./browser.ts";
import type { Place } from "./places.ts";
import { firstUser } from "./sign-in.ts";

/*
 * The pages and states of a desk on which everybody signs in: those about users, and what is left of others for users
 * who may not see or do everything.
 */

const pages: readonly Place[] = [
  { name: "sign-in", path: "/sign-in?to=/orders", as: "nobody" },
  { name: "password", path: "/password#abc", as: "nobody" },
  { name: "users", path: "/users", as: "admin" },
  { name: "user", path: "/users/1", as: "admin" },
  { name: "user-new", path: "/users/new", as: "admin" },
  { name: "account", path: "/account", as: "admin" },
  { name: "audit", path: "/audit", as: "manager" },
];

const states: readonly Place[] = [
  { name: "sign-in-refused", path: "/sign-in", as: "nobody", act: refuse },
  { name: "no-right", path: "/users", as: "viewer" },
  { name: "warehouse-orders", path: "/orders", as: "warehouse" },
  { name: "warehouse-order", path: aNewOrder, as: "warehouse" },
  { name: "warehouse-print", path: aNewOrder, as: "warehouse", act: onPaper, isPaper: true },
  { name: "warehouse-product", path: "/products/2", as: "warehouse" },
  { name: "warehouse-customer", path: "/customers/2", as: "warehouse" },
  { name: "warehouse-shipper", path: "/shippers/1", as: "warehouse" },
  { name: "viewer-order", path: aNewOrder, as: "viewer" },
  { name: "accounts-home", path: "/", as: "accounts" },
];

export const accessPlaces: readonly Place[] = [...pages, ...states];
export const accessPages: readonly Place[] = pages;

async function aNewOrder(desk: Desk): Promise<string> {
  const found = await (await firstUser(desk)).call<{ id: number }[]>("GET", "/api/orders?status_id=0&limit=1");
  return `/orders/${found[0]?.id}`;
}

async function refuse(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail" }).fill("nobody@northwind.example");
  await page.getByRole("textbox", { name: "Password" }).fill("not the right one");
  await page.keyboard.press("Enter");
  await page.getByText("The e-mail address or the password is wrong.").waitFor();
}

async function onPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.getByText("Delivery note").waitFor();
}
