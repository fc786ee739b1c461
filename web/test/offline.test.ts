// What is shown while the pages' own server is away, and what happens afterwards.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { alive, axeFindings, type Desk, offlinePageStored, startDesk } from "./browser.ts";
import { orderIn } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

/** A page in a browser that has stored the offline page. */
async function opened(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await desk.page({ serviceWorkers: "allow", ...options });
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(path);
  await alive(page);
  await offlinePageStored(page);
  return page;
}

const heading = (page: Page, name = "No connection") => page.getByRole("heading", { level: 1, name });

/** Runs something while no server serves the pages, and starts one again in any case. */
async function withoutServer(act: () => Promise<void>): Promise<void> {
  await desk.stopPages();
  try {
    await act();
  } finally {
    await desk.startPages();
  }
}

/** Waits until something that takes its time is so in the page. */
async function until(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await page.evaluate(isSo))) await Bun.sleep(50);
}

test("an answer that was on its way when the connection went does not take away what is shown", async () => {
  const page = await desk.page();
  const order = await orderIn(desk, 0);
  await page.goto(`/orders/${order}`);
  await alive(page);
  const late: (() => Promise<void>)[] = [];
  await page.route("**/api/health", (route) => void late.push(() => route.fulfill({ json: {} })), { times: 1 });
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  while (late.length === 0) await Bun.sleep(10);
  await page.context().setOffline(true);
  const notice = page.getByText("No connection to the server. What you see may be out of date");
  await notice.waitFor();
  for (const answer of late) await answer();
  await Bun.sleep(700);
  expect(await notice.isVisible()).toBe(true);
  expect(await page.getByRole("heading", { level: 1, name: `Order #${order}` }).isVisible()).toBe(true);
});

describe("while the server of the pages is stopped", () => {
  test("a reload shows the offline page, which comes back to where one was by itself", async () => {
    const page = await opened("/orders?status_id=2&sort=id#content");
    await withoutServer(async () => {
      await page.reload();
      await heading(page).waitFor();
      await page.getByText("drafts of what you typed are stored in this browser").waitFor();
      expect(page.url()).toEndWith("/orders?status_id=2&sort=id#content");
    });
    await page.getByRole("grid").waitFor();
    expect(page.url()).toEndWith("/orders?status_id=2&sort=id#content");
  });

  test("a link and an address lead to it as well, and the button tries at once", async () => {
    const page = await opened("/about");
    await withoutServer(async () => {
      await page.goto("/customers/4").catch(() => null);
      await heading(page).waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("status").filter({ hasText: "Trying again" }).waitFor();
      await heading(page).waitFor();
    });
    await heading(page, "Købmand Sørensen & Datter").waitFor();
  });

  test("what was typed is there again when the server is back", async () => {
    const page = await opened("/orders/new");
    await page.getByLabel("Notes").fill("Typed before the power went");
    await withoutServer(async () => {
      await page.reload();
      await heading(page).waitFor();
    });
    await page.getByText("What you typed here until").waitFor();
    expect(await page.getByLabel("Notes").inputValue()).toBe("Typed before the power went");
  });

  test.each([
    ["light", 1280],
    ["light", 320],
    ["dark", 1280],
    ["dark", 320],
  ] as const)("axe finds nothing on it, %s, %d wide", async (colorScheme, width) => {
    const page = await opened("/about", { colorScheme, viewport: { width, height: 800 } });
    await withoutServer(async () => {
      await page.reload();
      await heading(page).waitFor();
      const colour = await heading(page).evaluate((element) => getComputedStyle(element).color);
      expect(colour).toBe(colorScheme === "dark" ? "rgb(233, 237, 243)" : "rgb(20, 24, 31)");
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth)).toBe(0);
    });
  });

  test("it is in the language that was chosen last", async () => {
    const page = await opened("/about");
    await page.getByLabel("Language").selectOption("es");
    const cached = async () => (await (await caches.match("/offline"))?.text())?.includes("Sin conexión") === true;
    await until(page, cached);
    await withoutServer(async () => {
      await page.reload();
      await heading(page, "Sin conexión").waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe("es");
    });
  });
});

test("a cut network shows it too, and it leads on when the network is there again", async () => {
  const page = await opened("/about");
  await page.context().setOffline(true);
  await page.goto("/products").catch(() => null);
  await heading(page).waitFor();
  await page.context().setOffline(false);
  await heading(page, "Products").waitFor();
});

test("a proxy that has lost the server shows it instead of its own words", async () => {
  const page = await opened("/about");
  await withoutServer(async () => {
    const { port } = new URL(desk.url);
    const proxy = Bun.serve({
      hostname: "127.0.0.1",
      port: Number(port),
      fetch: () => new Response("<h1>502 Bad Gateway</h1>", { status: 502, headers: { "content-type": "text/html" } }),
    });
    await page.reload();
    await heading(page).waitFor();
    await proxy.stop(true);
  });
  await heading(page, "About").waitFor();
});

test("nothing else is stored", async () => {
  const page = await opened("/orders");
  await page.goto("/customers");
  await alive(page);
  const cached = async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  };
  expect(await page.evaluate(cached)).toEqual(["/offline"]);
});

test("a server without an offline page makes browsers delete theirs", async () => {
  const page = await opened("/about");
  await desk.stopPages();
  await desk.startPages({ OFFLINE_PAGE: "off" });
  try {
    await page.reload();
    await alive(page);
    await until(page, async () => {
      const [registrations, names] = await Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]);
      return registrations.length + names.length === 0;
    });
  } finally {
    await desk.stopPages();
    await desk.startPages();
  }
});
