// Pages while the API does not answer, or answers nonsense: each shows a message and a way on.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { orderIn, orderThatHeldGoods } from "./order-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

test("while the API does not answer a page says that it is coming, then why not, and comes by itself", async () => {
  const order = await orderIn(desk, 0);
  const titles = [
    ["/customers/4", "Købmand Sørensen & Datter"],
    [`/orders/${order}`, `Order #${order}`],
    [`/orders/${order}/edit`, `Edit order #${order}`],
    ["/products", "Products"],
    ["/orders", "Orders"],
  ] as const;
  const pages = await Promise.all(
    titles.map(async ([path, title]) => {
      const page = await desk.page();
      // The first page of all comes without a skeleton: the server does not know yet that this browser runs scripts.
      await page.goto("/about");
      return { page, path, title };
    }),
  );
  desk.pauseApi();
  const visits = pages.map(async ({ page, path, title }) => {
    await page.goto(path, { waitUntil: "commit" });
    await page.getByRole("status").filter({ hasText: "Loading …" }).waitFor();
    const failure = page.getByRole("alert").filter({ hasText: "This could not be loaded" });
    await failure.getByRole("button", { name: "Try again" }).waitFor();
    expect(await failure.innerText()).toContain("The server cannot be reached at the moment.");
    expect(await axeFindings(page)).toEqual([]);
    return { page, title };
  });
  const failed = await Promise.all(visits).finally(() => desk.resumeApi());
  for (const { page, title } of failed) {
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.getByText("This could not be loaded").waitFor({ state: "detached" });
  }
});

test("a slow API leaves nobody without JavaScript with a skeleton", async () => {
  const slow = await startDesk("sqlite", { apiDelayMs: 900 });
  try {
    const page = await slow.page({ javaScriptEnabled: false });
    for (const [path, text] of [
      ["/orders?sort=id", "#1"],
      ["/customers/4", "Købmand Sørensen & Datter"],
    ] as const) {
      await page.goto(path);
      expect(await page.getByText(text).first().isVisible()).toBe(true);
      expect(await page.getByText("Loading …").count()).toBe(0);
    }
    await page.goto("/orders?sort=id");
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByRole("link", { name: "#41", exact: true }).waitFor();
  } finally {
    await slow.stop();
  }
}, 60_000);

describe("an answer that no page expects", () => {
  /** Forwards everything to the API, but answers an order with nothing. */
  function nonsense(order: number) {
    let isWell = false;
    const line = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      async fetch(request) {
        const { pathname, search } = new URL(request.url);
        if (!isWell && pathname === `/api/orders/${order}`)
          return Response.json({ success: true, message: "secret of the server", data: null });
        return fetch(new Request(desk.apiUrl + pathname + search, request));
      },
    });
    return {
      url: line.url.origin,
      mend: () => {
        isWell = true;
      },
      stop: () => line.stop(true),
    };
  }

  test("shows no stack and no data, but a number for the administrator, and a way on", async () => {
    const order = await orderIn(desk, 0);
    const faulty = nonsense(order);
    await desk.stopPages();
    await desk.startPages({ API_URL: faulty.url });
    try {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await desk.page({ colorScheme });
        const answer = await page.goto(`/orders/${order}`);
        expect(answer?.status()).toBe(500);
        await page.getByRole("heading", { level: 1, name: "Something went wrong on our side" }).waitFor();
        await alive(page);
        expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(colorScheme);
        expect(await page.getByRole("main").innerText()).toMatch(/Request\s+\d+/);
        const html = `${await answer?.text()} ${await page.content()}`;
        expect(html).not.toMatch(/at \w+ \(|TypeError|node_modules|\.tsx?:\d/);
        expect(html).not.toContain("secret of the server");
        expect(await axeFindings(page)).toEqual([]);
        // The rest of the desk works.
        await page.getByRole("link", { name: "Customers" }).click();
        await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
      }
      const page = await desk.page();
      await page.goto(`/orders/${order}`);
      await alive(page);
      faulty.mend();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { level: 1, name: `Order #${order}` }).waitFor();
    } finally {
      await desk.stopPages();
      await desk.startPages();
      await faulty.stop();
    }
  });
});

test("an unknown address says so, and leads on", async () => {
  const page = await desk.page({ colorScheme: "dark" });
  for (const path of ["/nothing/is/here", "/orders/999999", "/customers/0", "/orders/abc", "/suppliers/2/edit/more"]) {
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 404]);
    await page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
    await alive(page);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(await axeFindings(page)).toEqual([]);
  }
  await page.getByRole("main").getByRole("link", { name: "Orders" }).click();
  await page.getByRole("grid").waitFor();
});

test("a Spanish page shows errors in Spanish", async () => {
  const page = await desk.page({ locale: "es-ES" });
  await page.goto(`/orders/${await orderThatHeldGoods(desk)}`);
  await alive(page);
  await page.getByRole("button", { name: "Eliminar" }).click();
  const said = page.getByText(/Otros datos todavía hacen referencia a ello/);
  await said.waitFor();
  expect(await said.innerText()).not.toContain("referred");
});
