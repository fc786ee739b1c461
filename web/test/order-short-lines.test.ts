// What a short line of the order form can do, without a detour: wait, take what is there, buy the rest with the order.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { BrowserContextOptions, Page, Route } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api, editOrder, ordersWith, save } from "./order-desk.ts";
import { cookieOf, firstUser } from "./sign-in.ts";
import { adjustStock, stockedProduct } from "./stocked-product.ts";

let desk: Desk;
let [first, second] = [0, 0];
beforeAll(async () => {
  desk = await startDesk();
  [first, second] = [await supplier("Mill & Sons"), await supplier("Other Mills")];
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const post = <T>(path: string, body: object) => api<T>(desk, path, { method: "POST", body: JSON.stringify(body) });
const put = (path: string, body: object) => api(desk, path, { method: "PUT", body: JSON.stringify(body) });

async function supplier(company: string): Promise<number> {
  return (await post<{ id: number }>("/api/suppliers", { company })).id;
}

/** A product that is bought in packs of six from the first supplier, or by the piece from the second one. */
async function sold(name: string, onHand: number, more: object = {}): Promise<number> {
  const product = await stockedProduct(desk, name, onHand, { standard_cost: "2", ...more });
  const suppliers = [{ supplier_id: first, pack_quantity: "6", lead_time_days: 4 }, { supplier_id: second }];
  await put(`/api/products/${product}/suppliers`, { suppliers });
  return product;
}

interface Detail {
  readonly id: number;
  readonly quantity: string;
  readonly allocated: string;
  readonly purchase_order_id: number | null;
}

const detailsOf = async (id: number) =>
  (await api<{ order_details: readonly Detail[] }>(desk, `/api/orders/${id}?include=details`)).order_details;

interface Purchase {
  readonly id: number;
  readonly supplier_id: number;
  readonly purchase_order_details: readonly { readonly quantity: string; readonly order_detail_id: number | null }[];
}

async function purchasesOf(order: number): Promise<readonly Purchase[]> {
  const ids = new Set((await detailsOf(order)).flatMap(({ purchase_order_id }) => purchase_order_id ?? []));
  return Promise.all([...ids].map((id) => api<Purchase>(desk, `/api/purchase_orders/${id}`)));
}

/** How many purchase orders were made for an order, linked or not. */
async function madeFor(order: number): Promise<number> {
  const all = await api<readonly { notes: string | null }[]>(desk, "/api/purchase_orders?limit=200");
  return all.filter(({ notes }) => notes === `Order ${order}`).length;
}

/** The form of a new order for a product, with so much of it, typed by keys alone. */
async function typed(name: string, quantity: string, options?: BrowserContextOptions): Promise<Page> {
  return type(await desk.page(options), name, quantity);
}

async function type(page: Page, name: string, quantity: string): Promise<Page> {
  await page.goto("/orders/new?customer=4");
  await alive(page);
  await page.locator("#order-r1\\.product_id").focus();
  await choose(page, name);
  await page.keyboard.type(quantity);
  return page;
}

/** Types a name into the focused field of a product, and takes it: then the quantity has the focus. */
async function choose(page: Page, name: string): Promise<void> {
  await page.keyboard.type(name);
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id.endsWith(".quantity"));
}

const choices = (page: Page) => page.getByRole("group", { name: /^Line 1: what to do/ });
const buyFrom = (page: Page, words: string) => choices(page).getByRole("radio", { name: new RegExp(`^${words}`) });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? "");

async function savedId(page: Page): Promise<number> {
  await page.waitForURL(/\/orders\/\d+$/);
  return Number(page.url().split("/").at(-1));
}

describe("a new line that is short", () => {
  test("is bought with the order, by keys alone: one purchase order in the packs of the supplier", async () => {
    await sold("Rye flour", 7);
    const page = await typed("Rye flour", "9");
    await page.getByText("7 available, 2 missing.").waitFor();
    await buyFrom(page, "Buy 6 from Mill & Sons").waitFor();
    expect(await choices(page).innerText()).toContain("packs of 6");
    await page.keyboard.press("Control+.");
    await page.keyboard.press("ArrowDown");
    expect(await buyFrom(page, "Buy 6").isChecked()).toBe(true);
    await page.getByText("Saving the order makes the purchase order too.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    // Enter goes on to the next line, as from the other fields.
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("order-r2.product_id");
    await save(page);
    const id = await savedId(page);
    const [purchase] = await purchasesOf(id);
    await page.getByText(`Purchase order #${purchase?.id} made for what is missing`).waitFor();
    const [detail] = await detailsOf(id);
    expect(detail).toMatchObject({ quantity: "9.0000", allocated: "7.0000" });
    expect(purchase).toMatchObject({
      supplier_id: first,
      purchase_order_details: [{ quantity: "6.0000", order_detail_id: detail?.id }],
    });
  });

  test("is bought from another supplier of the product", async () => {
    await sold("Spelt flour", 1);
    const page = await typed("Spelt flour", "3.0");
    await buyFrom(page, "Buy 6").check();
    await choices(page).getByRole("combobox", { name: "Supplier of line 1" }).selectOption("Other Mills");
    await buyFrom(page, "Buy 2 from Other Mills").waitFor();
    await save(page);
    const id = await savedId(page);
    expect(await purchasesOf(id)).toMatchObject([
      { supplier_id: second, purchase_order_details: [{ quantity: "2.0000" }] },
    ]);
  });

  test("takes only what is there, by a key, and then nothing is bought", async () => {
    await sold("Barley", 4);
    const page = await typed("Barley", "9");
    await buyFrom(page, "Buy 6").check();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("order-r1.quantity");
    expect(await page.getByLabel("Quantity").first().inputValue()).toBe("4");
    await choices(page).waitFor({ state: "detached" });
    await save(page);
    const id = await savedId(page);
    expect(await detailsOf(id)).toMatchObject([{ quantity: "4.0000", allocated: "4.0000", purchase_order_id: null }]);
  });

  test("waits, and says until when: after all who wait already", async () => {
    const product = await sold("Lentils", 2);
    const ordered = { supplier_id: first, expected_date: "2031-02-03T00:00:00" };
    await post("/api/purchase_orders", { ...ordered, purchase_order_details: [{ product_id: product, quantity: 5 }] });
    const page = await typed("Lentils", "6");
    const wait = choices(page).getByRole("radio", { name: /^Wait for the missing 4 Expected on Feb 3, 2031/ });
    await wait.waitFor();
    expect(await wait.isChecked()).toBe(true);
    await page.getByLabel("Quantity").first().fill("8");
    await choices(page)
      .getByRole("radio", { name: /^Wait for the missing 6 No date known/ })
      .waitFor();
    await save(page);
    const id = await savedId(page);
    expect(await detailsOf(id)).toMatchObject([{ allocated: "2.0000", purchase_order_id: null }]);
  });

  test("says so where its customer wants all of it or decides, and where nothing can be bought", async () => {
    await stockedProduct(desk, "Teff", 3);
    const { id } = await post<{ id: number }>("/api/customers", { company: "Wholes", shipping_policy: "complete" });
    const page = await typed("Teff", "5");
    await choices(page).getByText("Wait for the missing 2").waitFor();
    await choices(page).getByText("Nobody is known who sells it", { exact: false }).waitFor();
    expect(await choices(page).getByRole("radio").count()).toBe(0);
    await page.goto(`/orders/new?customer=${id}`);
    await page
      .getByRole("button", { name: /Restore|Discard/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Restore draft" }).click();
    await page.getByRole("combobox", { name: "Customer" }).fill("wholes");
    await page.getByRole("option", { name: /^Wholes/ }).click();
    await choices(page).getByText("Wait until all 5 are there").waitFor();
    await put(`/api/customers/${id}`, { shipping_policy: "ask" });
    await page.reload();
    await choices(page).getByText("Wait: nothing is held until somebody allocates it").waitFor();
  });

  test("is not bought if it is there when the order is saved, and the page says so", async () => {
    const product = await sold("Millet", 1);
    const page = await typed("Millet", "3");
    await buyFrom(page, "Buy 6").check();
    await adjustStock(desk, product, 5);
    await save(page);
    await page.getByText("Nothing had to be bought: all of it is there by now.").waitFor();
    const id = await savedId(page);
    expect(await madeFor(id)).toBe(0);
  });
});

describe("when the order is saved and nothing is bought", () => {
  const dialog = (page: Page) => page.getByRole("dialog");

  test("the answer is lost: trying again is the same attempt, and buys once", async () => {
    await sold("Sorghum", 1);
    const page = await typed("Sorghum", "3");
    await buyFrom(page, "Buy 6").check();
    const keys: string[] = [];
    await page.route("**/api/orders/*/purchase", async (route: Route) => {
      keys.push(route.request().headers()["idempotency-key"] ?? "");
      // It is carried out, and nobody hears of it.
      if (keys.length === 1) await route.fetch().then(() => route.abort());
      else await route.continue();
    });
    await save(page);
    await dialog(page)
      .getByText(/Order #\d+ is saved; whether the rest was bought is not known/)
      .waitFor();
    await dialog(page).getByText("nothing is bought twice", { exact: false }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Enter");
    const id = await savedId(page);
    await page.getByText(/Purchase order #\d+ made for what is missing/).waitFor();
    expect(new Set(keys).size).toBe(1);
    expect([keys.length, await madeFor(id)]).toEqual([2, 1]);
  });

  test("the page is loaded again before the answer: saving once more is the same, the order and the purchase", async () => {
    await sold("Farro", 1);
    const page = await typed("Farro", "3");
    page.on("dialog", (asked) => void asked.accept());
    await buyFrom(page, "Buy 6").check();
    await page.getByLabel("Notes").fill("Loaded again");
    const held = Promise.withResolvers<void>();
    let isFirst = true;
    await page.route("**/api/orders/*/purchase", async (route: Route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      await route.fetch();
      held.resolve();
    });
    await save(page);
    await held.promise;
    await page.reload();
    await page.getByText("What you typed here until").waitFor();
    await buyFrom(page, "Buy 6").waitFor();
    await save(page);
    const id = await savedId(page);
    await page.getByText(/Purchase order #\d+ made for what is missing/).waitFor();
    expect([(await ordersWith(desk, "Loaded again")).map((order) => order.id), await madeFor(id)]).toEqual([[id], 1]);
    await page.goto("/orders/new");
    await alive(page);
    expect(await page.getByRole("button", { name: "Restore draft" }).count()).toBe(0);
  });

  test("a line is refused: the dialog says which and why, the others are bought, the order stays as it is", async () => {
    const oats = await sold("Oat groats", 1);
    await sold("Hemp seed", 0);
    const page = await typed("Oat groats", "3");
    await buyFrom(page, "Buy 6").check();
    await page.keyboard.press("Enter");
    await choose(page, "Hemp seed");
    await page.keyboard.type("2");
    const other = page.getByRole("group", { name: /^Line 2: what to do/ });
    await other.getByRole("radio", { name: /^Buy 6/ }).check();
    // What it costs is known to nobody any more.
    await put(`/api/products/${oats}`, { standard_cost: null });
    await save(page);
    await dialog(page)
      .getByText(/Order #\d+ is saved, but nothing was bought/)
      .waitFor();
    await dialog(page).getByText("Line 1, Oat groats: What it costs is not known.", { exact: false }).waitFor();
    await page.keyboard.press("Enter");
    const id = await savedId(page);
    const [refused, bought] = await detailsOf(id);
    expect([refused?.purchase_order_id, typeof bought?.purchase_order_id]).toEqual([null, "number"]);
    expect(await madeFor(id)).toBe(1);
  });

  test("it can be left for later: the page of the order buys it", async () => {
    const product = await sold("Kaniwa", 1);
    const page = await typed("Kaniwa", "3");
    await buyFrom(page, "Buy 6").check();
    await put(`/api/products/${product}`, { standard_cost: null });
    await save(page);
    await dialog(page).getByText("Kaniwa: What it costs is not known.", { exact: false }).waitFor();
    await put(`/api/products/${product}`, { standard_cost: "2" });
    await page.keyboard.press("Enter");
    const id = await savedId(page);
    await page.getByText(`Order #${id} created`).waitFor();
    await page.getByRole("button", { name: /^Buy what is missing/ }).waitFor();
    await page.keyboard.press("b");
    await page.getByText(new RegExp(`^Order #${id}: .* is on order`)).waitFor();
    expect(await madeFor(id)).toBe(1);
  });
});

describe("a stored line that is short", () => {
  async function stored(name: string, onHand: number, quantity: number): Promise<number> {
    const product_id = await sold(name, onHand);
    return (await post<{ id: number }>("/api/orders", { customer_id: 4, order_details: [{ product_id, quantity }] }))
      .id;
  }

  test("is bought by saving the order, though nothing else is changed; then no more is offered", async () => {
    const id = await stored("Chia", 1, 4);
    const page = await editOrder(await desk.page(), id);
    await page.getByRole("button", { name: /^What can be done/ }).click();
    await buyFrom(page, "Buy 6 from Mill & Sons").check();
    await save(page);
    await savedId(page);
    expect(await purchasesOf(id)).toMatchObject([{ purchase_order_details: [{ quantity: "6.0000" }] }]);
    await editOrder(page, id);
    await page.getByLabel("Quantity").first().waitFor();
    await page.waitForTimeout(500);
    await page.keyboard.press("Control+.");
    await choices(page)
      .getByText(/^Purchase order #\d+ is to bring it/)
      .waitFor();
    expect(await choices(page).getByRole("radio").count()).toBe(0);
    await choices(page).getByRole("button", { name: "Take only the 1 that are there" }).click();
    expect(await page.getByLabel("Quantity").first().inputValue()).toBe("1");
  });

  test("what is to be bought comes back with the draft after a reload, and leaving asks", async () => {
    const id = await stored("Linseed", 0, 4);
    const page = await desk.page();
    page.on("dialog", (asked) => void asked.accept());
    await editOrder(page, id);
    await page.getByRole("button", { name: /^What can be done/ }).click();
    await buyFrom(page, "Buy 6").check();
    await page.reload();
    await page.getByText("What you typed here until").waitFor();
    await buyFrom(page, "Buy 6").waitFor();
    expect(await buyFrom(page, "Buy 6").isChecked()).toBe(true);
    await page.keyboard.press("Escape");
    await dialogOf(page).waitFor();
  });

  const dialogOf = (page: Page) => page.getByRole("dialog");
});

test("on a phone, in Spanish, everything fits and is reached by a finger", async () => {
  await sold("Tsampa de cebada tostada para caminatas muy largas", 7);
  const options = { locale: "es-ES", viewport: { width: 390, height: 844 } };
  const page = await typed("Tsampa de cebada", "9,5", options);
  await page.getByText("7 disponibles, faltan 2,5.").waitFor();
  const group = page.getByRole("group", { name: /^Línea 1: qué hacer con las 2,5 que faltan/ });
  const buy = group.getByText("Comprar 6 a Mill & Sons", { exact: false });
  expect((await buy.boundingBox())?.width ?? 0).toBeGreaterThan(100);
  await buy.click();
  await group.getByText("Al guardar el pedido se crea también el pedido de compra.", { exact: false }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await axeFindings(page)).toEqual([]);
  const heights = await group
    .locator("label, button, select")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
  expect(heights.filter((height) => height < 44)).toEqual([]);
  // Pieces are whole: the API says so, in its own words.
  await save(page);
  await page.getByText("Cantidad: Este producto solo se vende por piezas enteras.").waitFor();
});

test("in Spanish, a line that is refused says why, in Spanish", async () => {
  const [rye, oats] = [await sold("Copos de centeno", 0), await sold("Copos de avena", 0)];
  const order_details = [rye, oats].map((product_id) => ({ product_id, quantity: 3 }));
  const { id } = await post<{ id: number }>("/api/orders", { customer_id: 4, order_details });
  const page = await editOrder(await desk.page({ locale: "es-ES" }), id);
  for (const line of [1, 2]) {
    const row = page.getByRole("listitem", { name: `Línea ${line}` });
    await row.getByRole("button", { name: /^Qué se puede hacer/ }).click();
    await row.getByRole("radio", { name: /^Comprar 6/ }).check();
  }
  await put(`/api/products/${rye}`, { standard_cost: null });
  await put(`/api/products/${oats}`, { discontinued: true });
  await save(page);
  const refused = page.getByRole("dialog").getByRole("listitem");
  await refused.first().waitFor();
  expect(await refused.allInnerTexts()).toEqual([
    "Línea 1, Copos de centeno: No se sabe cuánto cuesta. Indique el precio del proveedor o el coste estándar.",
    "Línea 2, Copos de avena: Está descatalogado. Haga un pedido de compra, si hace falta.",
  ]);
});

describe("whoever may not buy", () => {
  test("is told what is missing and until when, and nothing of buying; no purchase order is made", async () => {
    const own = await startDesk();
    try {
      const ana = await firstUser(own);
      const { id } = await ana.call<{ id: number }>("POST", "/api/suppliers", { company: "Mill & Sons" });
      const product = { product_name: "Fonio", list_price: "10", stocked: true, standard_cost: "2" };
      await ana.call("POST", "/api/products", { ...product, supplier_ids: [id] });
      for (const [role, isBuyer] of [
        ["order-clerk", false],
        ["manager", true],
      ] as const) {
        const page = await own.page();
        const [name = "", value = ""] = (await cookieOf(own, role)).split("=");
        await page.context().addCookies([{ name, value, url: own.url }]);
        await type(page, "Fonio", "3");
        const group = choices(page);
        await group.getByText("Wait for the missing 3").waitFor();
        await page.waitForTimeout(500);
        expect([role, await group.getByText("Buy", { exact: false }).count()]).toEqual([role, isBuyer ? 1 : 0]);
        expect([role, await axeFindings(page)]).toEqual([role, []]);
      }
    } finally {
      await own.stop();
    }
  });
});
