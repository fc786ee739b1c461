// The second factor in a real browser: an authenticator app, and recovery codes for when it is lost. That the API
// answers the same on both engines is shown by api/src/access/second-factor.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { Authenticator, recoveryCodesOn, setUpApp } from "./authenticator.ts";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { fillSignIn, firstUser, pageOf, userWith } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await firstUser(desk);
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const newUser = async (name: string) => userWith(desk, await firstUser(desk), ["order-clerk"], name);

test("an app is set up by its QR code or its secret, and recovery codes are shown once", async () => {
  const page = await pageOf(desk, await newUser("Ada"), "/account");
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await page.getByRole("img", { name: "The secret as a QR code" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const app = new Authenticator(await page.getByRole("textbox", { name: "Secret" }).inputValue());
  const code = page.getByRole("textbox", { name: "Code" });
  expect([await code.getAttribute("inputmode"), await code.getAttribute("autocomplete")]).toEqual([
    "numeric",
    "one-time-code",
  ]);
  await code.fill("12345x");
  await page.keyboard.press("Enter");
  await page.getByText("Is not the code of this moment.").waitFor();
  await code.fill(await app.code());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  const first = await recoveryCodesOn(page);
  expect(new Set(first).size).toBe(10);
  expect(await axeFindings(page)).toEqual([]);
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const saved = await Bun.file(await (await file).path()).text();
  expect(first.every((each) => saved.includes(each))).toBe(true);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("10 recovery codes are left.").waitFor();
  await page.reload();
  expect(await page.content()).not.toContain(first[0] ?? "?");
  await page.getByRole("button", { name: "Make new recovery codes" }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  expect((await recoveryCodesOn(page)).filter((each) => first.includes(each))).toEqual([]);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByRole("button", { name: "Remove the app" }).click();
  await page.getByRole("button", { name: "Set up an authenticator app" }).waitFor();
}, 60_000);

test("sign-in asks for the code by keyboard alone; a recovery code works once", async () => {
  const user = await newUser("Bea");
  const { app, codes } = await setUpApp(await pageOf(desk, user, "/account"));
  const page = await desk.page({ viewport: { width: 390, height: 844 } });
  await page.goto("/sign-in?to=/customers");
  await fillSignIn(page, user);
  const code = page.getByRole("textbox", { name: "Code" });
  await code.waitFor();
  expect(await page.getByRole("alert").allTextContents()).not.toContain(expect.stringMatching(/./));
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await page.getByText("This code is wrong, or was used already.").waitFor();
  await page.keyboard.type(await app.code());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
  const withRecovery = async () => {
    const other = await desk.page();
    await other.goto("/sign-in");
    await fillSignIn(other, user);
    await other.getByRole("button", { name: "Use a recovery code" }).click();
    await other.keyboard.type(codes[0] ?? "");
    await other.keyboard.press("Enter");
    return other;
  };
  await (await withRecovery()).getByRole("link", { name: user.name }).waitFor();
  await (await withRecovery()).getByText("This code is wrong, or was used already.").waitFor();
}, 60_000);

test("it works without JavaScript", async () => {
  const user = await newUser("Cleo");
  const { app } = await setUpApp(await pageOf(desk, user, "/account"));
  const page = await desk.page({ javaScriptEnabled: false });
  await page.goto("/sign-in?to=/customers");
  await fillSignIn(page, user);
  const code = page.getByRole("textbox", { name: "Code" });
  await code.fill(await app.code());
  await fillSignIn(page, user);
  await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
}, 60_000);

test("a session that ended over a form is begun again with the code, and nothing typed is lost", async () => {
  const user = await newUser("Dora");
  const account = await pageOf(desk, user, "/account");
  const { app } = await setUpApp(account);
  await account.goto("/customers/new");
  await account.getByLabel("Company").fill("Half typed");
  await account.context().clearCookies();
  await account.keyboard.press("Control+Enter");
  const dialog = account.getByRole("dialog", { name: "Sign in again" });
  await dialog.waitFor();
  await account.keyboard.type(user.password);
  await account.keyboard.press("Enter");
  await dialog.getByRole("textbox", { name: "Code" }).waitFor();
  expect(await axeFindings(account)).toEqual([]);
  await account.keyboard.type(await app.code());
  await account.keyboard.press("Enter");
  await account.getByRole("heading", { level: 1, name: "Half typed" }).waitFor();
}, 60_000);
