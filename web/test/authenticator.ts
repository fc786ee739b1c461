import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";

/*
 * An authenticator app for tests.
 */

const stepMs = 30_000;
/** A code still arrives in time when this much is left of its step. */
const marginMs = 12_000;

/** The app of one user. Of each step a code works once: every call is about the next step that may be used. */
export class Authenticator {
  readonly #app: TOTP;
  #last = Number.NEGATIVE_INFINITY;

  constructor(secret: string) {
    this.#app = new TOTP({ secret: Secret.fromBase32(secret) });
  }

  /** A code that was not used yet; waits for its time if need be. The server takes one step earlier and later. */
  async code(): Promise<string> {
    const step = Math.max(this.#last + 1, Math.floor((Date.now() + marginMs) / stepMs) - 1);
    while (step > Math.floor(Date.now() / stepMs) + 1) await Bun.sleep(250);
    this.#last = step;
    return this.#app.generate({ timestamp: step * stepMs });
  }
}

/** Sets an app up on the account page that is open; gives it, with the recovery codes. */
export async function setUpApp(
  page: Page,
): Promise<{ readonly app: Authenticator; readonly codes: readonly string[] }> {
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const app = new Authenticator(await page.getByRole("textbox", { name: "Secret" }).inputValue());
  await page.getByRole("textbox", { name: "Code" }).fill(await app.code());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  return { app, codes: await recoveryCodesOn(page) };
}

/** The codes that are shown. */
export async function recoveryCodesOn(page: Page): Promise<readonly string[]> {
  return page.locator("ol.font-mono li").allTextContents();
}
