// 'Confirm it’s you' in a real browser: what deletes, exports or lets others in asks over the page after a while, and
// nothing typed is lost. That the API asks at the same moments on both engines is shown by api/src/access/proof.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { ageProofs } from "./aged-sessions.ts";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { admin, firstUser, Person, pageOf, userWith } from "./sign-in.ts";

let desk: Desk;
let leo: Awaited<ReturnType<typeof userWith>>;
beforeAll(async () => {
  desk = await startDesk();
  leo = await userWith(desk, await firstUser(desk), ["order-clerk"], "Leo");
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

test("a half-typed form asks for the password over itself, and goes on as it was", async () => {
  const page = await pageOf(desk, admin, "/users/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Half typed");
  await page.getByRole("textbox", { name: "E-mail" }).fill("half@northwind.example");
  await page.getByRole("checkbox", { name: "Accounts" }).check();
  await ageProofs(desk);
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm it’s you" });
  await dialog.waitFor();
  expect(await axeFindings(page)).toEqual([]);
  // Declined: it is said, and everything typed is there.
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await page.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Half typed");
  expect(await page.getByRole("checkbox", { name: "Accounts" }).isChecked()).toBe(true);
  await page.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor();
  await page.keyboard.type("a wrong password");
  await page.keyboard.press("Enter");
  await dialog.getByText("This is not your password.").waitFor();
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Half typed" }).waitFor();
  // For a while nothing asks again.
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  await page.getByRole("textbox", { name: "One-time link" }).waitFor();
}, 60_000);

test("several deletions at once ask one question", async () => {
  const clerk = await new Person(desk).signIn(leo.email_address, leo.password);
  for (const notes of ["one", "two"]) await clerk.call("POST", "/api/orders", { notes });
  const page = await pageOf(desk, leo, "/orders?status_id=0");
  await ageProofs(desk);
  await page.getByRole("grid").focus();
  for (const key of ["j", "x", "j", "x", "Delete"]) await page.keyboard.press(key);
  await page.getByRole("dialog", { name: "Confirm it’s you" }).waitFor();
  await page.keyboard.type(leo.password);
  await page.keyboard.press("Enter");
  await page.getByText("2 orders will be deleted.").waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
  await page.getByLabel("Messages").getByRole("button", { name: "Undo" }).click();
}, 60_000);

test("a download asks before it begins", async () => {
  const page = await pageOf(desk, admin, "/orders?status_id=0");
  const save = async () => {
    const file = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export CSV" }).click();
    return file;
  };
  expect((await save()).suggestedFilename()).toEndWith(".csv");
  await ageProofs(desk);
  const later = save();
  const dialog = page.getByRole("dialog", { name: "Confirm it’s you" });
  await dialog.waitFor();
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  expect((await later).suggestedFilename()).toEndWith(".csv");
  expect(await Bun.file(await (await later).path()).text()).toContain("order_total");
}, 60_000);

test("a session that ended meanwhile is begun again instead", async () => {
  const page = await pageOf(desk, admin, "/users/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Ended");
  await page.getByRole("textbox", { name: "E-mail" }).fill("ended@northwind.example");
  await page.getByRole("checkbox", { name: "Accounts" }).check();
  await ageProofs(desk);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog", { name: "Confirm it’s you" }).waitFor();
  await page.context().clearCookies();
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  const again = page.getByRole("dialog", { name: "Sign in again" });
  await again.waitFor();
  await again.getByRole("textbox", { name: "Password" }).fill(admin.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ended" }).waitFor();
  await alive(page);
}, 60_000);
