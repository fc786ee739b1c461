// With --require-second-factor, in a real browser: one page and nothing else, until the authenticator app is set up.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { recoveryCodesOn, setUpApp } from "./authenticator.ts";
import { type Desk, startDesk } from "./browser.ts";
import { admin, fillSignIn } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk("sqlite", { apiArgs: () => ["--require-second-factor"] });
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(admin) };
  expect((await fetch(`${desk.apiUrl}/api/session/first-user`, init)).status).toBe(200);
}, 240_000);
afterAll(() => desk?.stop());

test("every page leads to the account, where the recovery codes stay until they are kept; then all pages are there", async () => {
  const page = await desk.page();
  await page.goto("/sign-in?to=/orders");
  await fillSignIn(page, admin);
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  expect(await page.getByRole("navigation").count()).toBe(0);
  await page.getByRole("link", { name: "Go to your account" }).click();
  await page.getByText("Set up an authenticator app or a passkey to continue.").waitFor();
  const { codes } = await setUpApp(page);
  expect(codes.length).toBe(10);
  // The page learns that it may show more; what is shown once stays.
  await page.waitForTimeout(1000);
  expect(await recoveryCodesOn(page)).toEqual(codes);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.goto("/orders");
  await page.getByRole("navigation").first().waitFor();
  expect(await page.getByText("One more step").count()).toBe(0);
}, 60_000);
