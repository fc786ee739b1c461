// Passkeys in a real browser with a virtual authenticator: added, used and removed. That the API answers the same on
// both engines is shown by api/src/access/passkeys.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { ageProofs } from "./aged-sessions.ts";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { fillSignIn, firstUser, userWith } from "./sign-in.ts";

/** A device that always agrees, as a finger on a sensor does. */
async function authenticatorOf(page: Page) {
  const browser = await page.context().newCDPSession(page);
  await browser.send("WebAuthn.enable");
  const { authenticatorId } = await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...({ protocol: "ctap2", transport: "internal" } as const),
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    agrees: (isUserVerified: boolean) => browser.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

let desk: Desk;
/** Passkeys belong to a name; an address has none. */
let named: string;
beforeAll(async () => {
  desk = await startDesk();
  named = desk.url.replace("127.0.0.1", "localhost");
  await firstUser(desk);
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

/** A window in which a new user has signed in, with a passkey of this name. */
const withPasskey = async (name: string) => {
  const user = await userWith(desk, await firstUser(desk), ["order-clerk"], name);
  const page = await desk.page();
  const device = await authenticatorOf(page);
  await page.goto(`${named}/sign-in?to=/account`);
  await fillSignIn(page, user);
  await page.getByRole("heading", { level: 1, name: "Your account" }).waitFor();
  await alive(page);
  await page.getByRole("textbox", { name: "Name of the passkey" }).fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("The passkey Laptop is added.").waitFor();
  return { user, page, device };
};

test("a passkey is added, renamed, signs in without a password, and is removed", async () => {
  const { user, page } = await withPasskey("Ada");
  await page.getByRole("button", { name: "Rename the passkey Laptop" }).click();
  await page.getByRole("textbox", { name: "Name of the passkey" }).first().fill("Old laptop");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Rename the passkey Old laptop" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto(`${named}/sign-in?to=/account`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("link", { name: user.name }).waitFor();
  await page.getByRole("button", { name: "Remove the passkey Old laptop" }).click();
  await page.getByRole("button", { name: "Remove the passkey Old laptop" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
  expect(await page.getByRole("heading", { level: 1, name: "Sign in" }).count()).toBe(1);
}, 60_000);

test("it is said in words that it was cancelled, or that the address has no name", async () => {
  const { page, device } = await withPasskey("Bea");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await device.agrees(false);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText(/^No passkey was used: /).waitFor();
  await page.goto(`${desk.url}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("Passkeys of this server belong to the name localhost.").waitFor();
}, 60_000);

test("a passkey proves who it is, and begins an ended session again, over a form that stays as it was", async () => {
  const { page } = await withPasskey("Cleo");
  await page.goto(`${named}/orders?status_id=0`);
  await alive(page);
  await ageProofs(desk);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  await page.getByRole("dialog", { name: "Confirm it’s you" }).waitFor();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  expect((await file).suggestedFilename()).toEndWith(".csv");
  await page.goto(`${named}/customers/new`);
  await alive(page);
  await page.getByLabel("Company").fill("Half typed");
  await page.context().clearCookies();
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("heading", { level: 1, name: "Half typed" }).waitFor();
}, 60_000);
