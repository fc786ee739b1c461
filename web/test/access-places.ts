import type { Page } from "playwright-core";
import { ageProofs } from "./aged-sessions.ts";
import { Authenticator, setUpApp } from "./authenticator.ts";
import type { Desk } from "./browser.ts";
import type { Place } from "./places.ts";
import { fillSignIn, firstUser, Person, userWith } from "./sign-in.ts";

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
  { name: "account-app", path: "/account", as: "viewer", act: offerApp },
  { name: "account-codes", path: "/account", as: "approver", act: turnAppOn },
  { name: "sign-in-code", path: "/sign-in", as: "nobody", act: askForCode },
  { name: "sign-in-again", path: "/customers/new", as: "order-clerk", act: endSession },
  // Last: from then on everybody on this desk is asked.
  { name: "proof", path: "/users/new", as: "admin", act: askForProof },
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

async function offerApp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await page.getByRole("img", { name: "The secret as a QR code" }).waitFor();
}

async function turnAppOn(page: Page): Promise<void> {
  const remove = page.getByRole("button", { name: "Remove the app" });
  // A picture of it was taken before.
  if (await remove.isVisible()) await remove.click();
  await setUpApp(page);
}

/** A user of its own: the app of another one would be asked for elsewhere as well. */
async function askForCode(page: Page, desk: Desk): Promise<void> {
  const name = `Code-${crypto.randomUUID().slice(0, 8)}`;
  const user = await userWith(desk, await firstUser(desk), ["viewer"], name);
  const person = await new Person(desk).signIn(user.email_address, user.password);
  const { secret } = await person.call<{ secret: string }>("POST", "/api/account/totp");
  await person.call("PUT", "/api/account/totp", { code: await new Authenticator(secret).code() });
  await fillSignIn(page, user);
  await page.getByRole("textbox", { name: "Code" }).waitFor();
}

async function endSession(page: Page): Promise<void> {
  await page.getByLabel("Company").fill("Half typed");
  await page.context().clearCookies();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog", { name: "Sign in again" }).waitFor();
}

async function askForProof(page: Page, desk: Desk): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill("Half typed");
  await page.getByRole("textbox", { name: "E-mail" }).fill("half@northwind.example");
  await ageProofs(desk);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog", { name: "Confirm it’s you" }).waitFor();
}

async function onPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await page.getByText("Delivery note").waitFor();
}
