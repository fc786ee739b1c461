// What the sign-in page offers beside a password, where the server is set up for it; and why it did not work, in words.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { axeFindings, type Desk, startDesk } from "./browser.ts";
import { firstUser } from "./sign-in.ts";

let desk: Desk;
beforeAll(async () => {
  // Nobody listens at these addresses: what needs the provider says so.
  desk = await startDesk("sqlite", {
    apiArgs: (pagesUrl) => [
      ...["--public-url", pagesUrl.replace("127.0.0.1", "localhost")],
      ...["--oidc-issuer", "http://127.0.0.1:9/", "--oidc-client-id", "orders", "--oidc-name", "Work account"],
      ...["--smtp-url", "smtp://127.0.0.1:9", "--mail-from", "orders@northwind.example"],
    ],
  });
  await firstUser(desk);
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

test("single sign-on is one button, and leads back with the reason when it does not work", async () => {
  const page = await desk.page();
  await page.goto(`${desk.url}/sign-in?to=/customers`);
  const button = page.getByRole("link", { name: "Sign in with Work account" });
  expect(await button.getAttribute("href")).toBe("/api/session/single-sign-on?to=%2Fcustomers");
  expect(await axeFindings(page)).toEqual([]);
  await button.click();
  await page.waitForURL(/refused=/);
  await page.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
  for (const [code, words] of [
    ["no-account", /\w/],
    ["wrong-single-sign-on", /\w/],
    ["made-up", "The server cannot be reached at the moment."],
  ] as const) {
    await page.goto(`/sign-in?refused=${code}`);
    await page.getByRole("alert").filter({ hasText: words }).waitFor();
  }
}, 60_000);

test("a forgotten password is asked for by mail, and the answer tells nothing about accounts", async () => {
  const page = await desk.page({ viewport: { width: 390, height: 844 } });
  await page.goto("/sign-in");
  await page.getByText("Forgotten your password?").click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("textbox", { name: "E-mail" }).last().fill("nobody@northwind.example");
  await page.getByRole("button", { name: "Send a link by mail" }).click();
  await page.getByText("If there is such an account, a mail with a link is on its way.").waitFor();
}, 60_000);
