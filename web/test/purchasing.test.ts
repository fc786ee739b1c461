// The pages of purchasing: what is to be reordered, purchase orders with their form, and what an order lacks.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
let supplier: number;
beforeAll(async () => {
  desk = await startDesk();
  supplier = (await post<{ id: number }>("/api/suppliers", { company: "Mill & Sons" })).id;
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const post = <T>(path: string, body?: object) =>
  api<T>(desk, path, { method: "POST", ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

interface Purchase {
  readonly id: number;
  readonly status_id: number;
  readonly expected_date: string | null;
  readonly supplier_id: number;
  readonly purchase_order_details: readonly {
    readonly product_id: number;
    readonly quantity: string;
    readonly unit_cost: string;
    readonly received: string;
  }[];
}

const purchaseOf = (id: number) => api<Purchase>(desk, `/api/purchase_orders/${id}`);

/** A product that this supplier sells. */
function sold(name: string, onHand: number, more: object = {}): Promise<number> {
  return stockedProduct(desk, name, onHand, { standard_cost: "2.5", supplier_ids: [supplier], ...more });
}

async function purchase(product_id: number, quantity: number, steps: readonly string[] = []): Promise<number> {
  const purchase_order_details = [{ product_id, quantity }];
  const { id } = await post<Purchase>("/api/purchase_orders", { supplier_id: supplier, purchase_order_details });
  for (const step of steps) await post(`/api/purchase_orders/${id}/${step}`);
  return id;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

const row = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });

test("what lacks is shown with its arithmetic, and a selection is ordered once, one purchase order per supplier", async () => {
  const levels = { reorder_level: 5, target_level: 20 };
  const rye = await sold("Rye groats", 3, levels);
  const spelt = await sold("Spelt groats", 4, levels);
  const alone = await stockedProduct(desk, "Oat groats", 1, { ...levels, standard_cost: "1" });
  await post("/api/orders", { customer_id: 4, order_details: [{ product_id: rye, quantity: 5 }] });
  const page = await desk.page();
  await open(page, "/");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await page.waitForURL(/\/reorder$/);
  await page.getByRole("heading", { name: "Reorder" }).waitFor();
  await alive(page);
  const words = (await row(page, "Rye groats").innerText()).replace(/\s+/g, " ");
  expect(words).toContain("On hand 3 − Allocated 3 + On order 0 − Back-ordered 2 = Level -2");
  expect(words).toContain("reorder below 5, target 20 → 22 missing");
  expect(await row(page, "Oat groats").getByRole("checkbox").isDisabled()).toBe(true);
  expect(await row(page, "Oat groats").innerText()).toContain("It has no supplier yet.");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Select Rye groats").check();
  // Typing a quantity selects the product.
  await page.getByLabel("Quantity of Spelt groats").fill("30");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("status").getByText("1 purchase order made").waitFor();
  const link = page.getByRole("status").getByRole("link");
  const id = Number(/\d+/.exec(await link.innerText())?.[0]);
  expect(await purchaseOf(id)).toMatchObject({
    ...{ supplier_id: supplier, status_id: 0 },
    purchase_order_details: [
      { product_id: rye, quantity: "22.0000" },
      { product_id: spelt, quantity: "30.0000" },
    ],
  });
  await row(page, "Rye groats").waitFor({ state: "detached" });
  await link.click();
  await page.waitForURL(`**/purchase_orders/${id}`);
  await page.getByRole("cell", { name: "Spelt groats" }).waitFor();
  expect(await api<{ on_order: string }>(desk, `/api/stock/${alone}`)).toMatchObject({ on_order: "0.0000" });
});

test("nothing selected is said, and what was made stands above a list that is empty now", async () => {
  const own = await post<{ id: number }>("/api/suppliers", { company: "Groats & Co" });
  const levels = { reorder_level: 5, target_level: 9 };
  await stockedProduct(desk, "Red lentils", 1, { ...levels, standard_cost: "1", supplier_ids: [own.id] });
  const page = await desk.page();
  await open(page, `/reorder?supplier=${own.id}`);
  await page.keyboard.press("Control+Enter");
  await page.getByText("Nothing is selected: select what is to be ordered.").waitFor();
  await page.keyboard.press("a");
  await page.keyboard.press("Control+Enter");
  const made = page.getByRole("status").getByText("1 purchase order made");
  await made.waitFor();
  const empty = page.getByText("No product is below its reorder level");
  await empty.waitFor();
  expect((await made.boundingBox())?.y).toBeLessThan((await empty.boundingBox())?.y ?? 0);
  await page.getByRole("link", { name: "Look at what is below its target level" }).click();
  await page.waitForURL(/below=target/);
});

test("while it is typed, the form says what each line usually costs, and all of it", async () => {
  const id = await sold("Freekeh", 0, { standard_cost: "2" });
  const body = JSON.stringify({ suppliers: [{ supplier_id: supplier, unit_cost: "1.235" }] });
  await api(desk, `/api/products/${id}/suppliers`, { method: "PUT", body });
  const page = await desk.page();
  await open(page, "/purchase_orders/new");
  const total = async (wanted: string) => {
    const all = page.getByText("Order total").filter({ hasText: new RegExp(`kr\\s${wanted.replace(".", "\\.")}$`) });
    await all.first().waitFor();
    await all.nth(1).waitFor();
  };
  await page.getByRole("combobox", { name: "Product" }).fill("freekeh");
  await page.getByRole("option", { name: "Freekeh" }).click();
  await page.getByLabel("Quantity").fill("3");
  // Without a supplier it is the standard cost.
  await total("6.00");
  await page.getByLabel("Supplier").selectOption("Mill & Sons");
  await total("3.71");
  expect(await page.getByLabel("Unit cost").getAttribute("placeholder")).toBe("1.235");
  await page.getByLabel("Unit cost").fill("2.5");
  await page.getByLabel("Shipping fee").fill("10");
  await total("17.50");
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  const left = await page.getByRole("button", { name: "Cancel" }).boundingBox();
  expect(left?.x).toBeGreaterThanOrEqual(16);
  await page.getByText("Order total").locator("visible=true").waitFor();
  await page.getByLabel("Unit cost").fill("");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/purchase_orders\/\d+$/);
  // What was said is what it costs.
  const made = Number(/\d+$/.exec(page.url())?.[0]);
  expect(await api<object>(desk, `/api/purchase_orders/${made}`)).toMatchObject({ total_cost: "13.7100" });
});

test("the page of a product says on which terms its suppliers sell it", async () => {
  const id = await sold("Bulgur", 0);
  const terms = { unit_cost: "3.25", supplier_product_code: "BU-9", pack_quantity: "6", minimum_quantity: "12" };
  const body = JSON.stringify({ suppliers: [{ supplier_id: supplier, ...terms, lead_time_days: 5 }] });
  await api(desk, `/api/products/${id}/suppliers`, { method: "PUT", body });
  const page = await desk.page();
  await open(page, `/products/${id}`);
  const item = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Mill & Sons" }) });
  expect((await item.innerText()).replace(/\s+/g, " ")).toBe(
    "Mill & Sons kr 3.25 · BU-9 · packs of 6 · at least 12 · 5 days",
  );
  expect(await axeFindings(page)).toEqual([]);
});

test("a selection that was read too long ago is refused at its products, and nothing is ordered", async () => {
  const id = await sold("Millet", 1, { reorder_level: 5, target_level: 9 });
  const page = await desk.page();
  await open(page, `/reorder?supplier=${supplier}`);
  await page.getByLabel("Select Millet").check();
  const other = await purchase(id, 3);
  await page.getByRole("button", { name: "Order 1 product" }).click();
  await row(page, "Millet").getByText("To be reordered by now: 5 ", { exact: false }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await api<{ on_order: string }>(desk, `/api/stock/${id}`)).toMatchObject({ on_order: "3.0000" });
  await post(`/api/purchase_orders/${other}/cancel`);
});

test("a purchase order is typed without a mouse, changed, submitted and approved", async () => {
  await sold("Barley flour", 0, { standard_cost: "1.25" });
  const page = await desk.page();
  await open(page, "/purchase_orders");
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Shift+N");
  await page.waitForURL(/\/purchase_orders\/new$/);
  await page.getByLabel("Supplier").waitFor();
  await alive(page);
  await page.getByLabel("Supplier").selectOption("Mill & Sons");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/purchase_orders\/\d+$/);
  await alive(page);
  const id = Number(/\d+$/.exec(page.url())?.[0]);
  await page.keyboard.press("s");
  await page.getByText("It has no details. Add what is to be bought.", { exact: false }).first().waitFor();
  await page.keyboard.press("e");
  await page.waitForURL(/\/edit$/);
  await page.getByRole("button", { name: "Add line" }).click();
  await page.keyboard.type("barley flour");
  await page.getByRole("option", { name: "Barley flour" }).waitFor();
  await page.keyboard.press("Enter");
  // Enter waits for the answer to the last letter: what is typed until then belongs to the name.
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") !== "combobox");
  await page.keyboard.type("many");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Must be a number", { exact: false }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("12");
  await page.getByLabel("Expected on").fill("2031-05-04");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(new RegExp(`/purchase_orders/${id}$`));
  await page.getByRole("cell", { name: "Barley flour" }).waitFor();
  expect(await purchaseOf(id)).toMatchObject({
    expected_date: "2031-05-04T00:00:00",
    purchase_order_details: [{ quantity: "12.0000", unit_cost: "1.2500" }],
  });
  await alive(page);
  await page.keyboard.press("s");
  await page.getByText(`Purchase order #${id} is submitted`).waitFor();
  await page.getByRole("button", { name: "Approve" }).waitFor();
  await page.keyboard.press("a");
  await page.getByText(`Purchase order #${id} is approved`).waitFor();
  expect((await purchaseOf(id)).status_id).toBe(2);
});

test("goods are received in parts, too much is refused, and what will not come is closed as short", async () => {
  const product = await sold("Buckwheat", 0);
  const id = await purchase(product, 10, ["submit", "approve"]);
  const page = await desk.page();
  await open(page, `/purchase_orders/${id}`);
  await page.keyboard.press("r");
  const typed = page.getByRole("dialog").getByRole("textbox");
  await typed.waitFor();
  expect(await typed.inputValue()).toBe("10");
  expect(await axeFindings(page)).toEqual([]);
  await typed.fill("11");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").getByText("At most 10 more can come in", { exact: false }).waitFor();
  await typed.fill("4");
  await page.keyboard.press("Control+Enter");
  await page.getByText(`Purchase order #${id}: goods received`).waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await api<object>(desk, `/api/stock/${product}`)).toMatchObject({ on_hand: "4.0000", on_order: "6.0000" });
  await page.getByText("Partly received").waitFor();
  // Its history says who did what, the newest first.
  await page.getByText("Buckwheat: Received").waitFor();
  const history = page.getByRole("heading", { name: "History" }).locator("xpath=ancestor::section");
  const entries = (await history.getByRole("listitem").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
  const found = entries.filter((text) => text.startsWith("A user at this desk"));
  expect(found.map((text) => text.replace(/ [A-Z][a-z]{2} \d+, \d{4}, [\d:]+\s[AP]M/, ""))).toEqual([
    "A user at this desk changed the purchase order Buckwheat: Received 0 → 4",
    "A user at this desk changed the purchase order Status Submitted → Approved",
    "A user at this desk changed the purchase order Status New → Submitted",
    "A user at this desk created the purchase order",
  ]);
  expect(await axeFindings(page)).toEqual([]);
  // The ledger of the product leads back to it.
  await open(page, `/stock/${product}`);
  const entry = page.getByRole("listitem").filter({ hasText: "Purchased" });
  await entry.getByRole("link", { name: `Purchase order #${id}` }).click();
  await page.waitForURL(`**/purchase_orders/${id}`);
  await alive(page);
  await page.getByText("Not possible now:").click();
  await page.getByText("Close it, and name what will not come as short.").waitFor();
  await page.keyboard.press("c");
  await page.getByRole("dialog").getByText("No more will come of: Buckwheat.", { exact: false }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
  await page.getByText(`Purchase order #${id} is closed`).waitFor();
  expect(await api<object>(desk, `/api/stock/${product}`)).toMatchObject({ on_hand: "4.0000", on_order: "0.0000" });
});

test("the next receipt is not refused while the page still shows what was before the last one", async () => {
  const id = await purchase(await sold("Spelt", 0), 10, ["submit", "approve"]);
  const page = await desk.page();
  await open(page, `/purchase_orders/${id}`);
  // Everything that the page reads anew waits.
  await page.route("**/*", (route) => (route.request().headers().rsc === undefined ? route.continue() : undefined));
  for (const quantity of ["4", "6"]) {
    await page.keyboard.press("r");
    await page.getByRole("dialog").getByRole("textbox").fill(quantity);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  expect((await purchaseOf(id)).purchase_order_details[0]?.received).toBe("10.0000");
});

test("what an order lacks is bought in one action, and its line says when it is there", async () => {
  const product = await sold("Semolina", 1);
  const order_details = [{ product_id: product, quantity: 4 }];
  const { id } = await post<{ id: number }>("/api/orders", { customer_id: 4, order_details });
  const page = await desk.page();
  await open(page, `/orders/${id}`);
  await page.getByText("No date known").waitFor();
  await page.keyboard.press("b");
  await page.getByText(`Order #${id}: what was missing is on order`).waitFor();
  const link = page.getByRole("table").getByRole("link", { name: "Purchase order" });
  await link.waitFor();
  const bought = Number(/\d+/.exec(await link.innerText())?.[0]);
  expect(await purchaseOf(bought)).toMatchObject({ purchase_order_details: [{ quantity: "3.0000" }] });
  const body = JSON.stringify({ expected_date: "2031-02-03T00:00:00" });
  await api(desk, `/api/purchase_orders/${bought}`, { method: "PUT", body });
  await open(page, `/orders/${id}`);
  await page.getByText("Expected on").filter({ hasText: "Feb 3, 2031" }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const step of ["submit", "approve"]) await post(`/api/purchase_orders/${bought}/${step}`);
  await post(`/api/purchase_orders/${bought}/receive`, {});
  await open(page, `/orders/${id}`);
  await page.getByText("Allocated", { exact: true }).waitFor();
  expect(await page.getByText("Expected on").count()).toBe(0);
  // Its history names the purchase order, and that names the order.
  await page.getByText("Semolina: Purchase order").waitFor();
  await open(page, `/purchase_orders/${bought}`);
  // Everything has come in: what is to be done next is closing it.
  const actions = page.getByRole("region", { name: "Actions" }).getByRole("button");
  expect((await actions.allInnerTexts()).map((text) => text.split(/\s/)[0])).toEqual(["Close", "Receive", "Edit"]);
  await page.getByRole("link", { name: `for order #${id}` }).click();
  await page.waitForURL(`**/orders/${id}`);
});

test("what is discontinued is not bought by its order either, and the page says why", async () => {
  const [gone, sago] = [await sold("Tapioca", 1), await sold("Sago", 0)];
  const line = { product_id: gone, quantity: 4 };
  const orderOf = async (order_details: readonly object[]) =>
    (await post<{ id: number }>("/api/orders", { customer_id: 4, order_details })).id;
  const [both, alone] = [await orderOf([line, { product_id: sago, quantity: 2 }]), await orderOf([line])];
  await api(desk, `/api/products/${gone}`, { method: "PUT", body: JSON.stringify({ discontinued: true }) });
  const page = await desk.page();
  await open(page, `/orders/${both}`);
  await page.keyboard.press("b");
  await page.getByText(`Order #${both}: what can be bought is on order; “Not possible now” says why`).waitFor();
  await page.getByText("Not possible now:").click();
  await page.getByText("Tapioca: It is discontinued. Make a purchase order of it, if need be.").waitFor();
  await open(page, `/orders/${alone}`);
  expect(await page.getByRole("button", { name: /^Buy what is missing/ }).count()).toBe(0);
  await page.keyboard.press("b");
  await page.getByText("Buy what is missing is not possible now: It is discontinued.").waitFor();
  const spanish = await desk.page({ locale: "es-ES" });
  await open(spanish, `/orders/${alone}`);
  await spanish.getByText("No es posible ahora:").click();
  await spanish.getByText("Tapioca: Está descatalogado. Haga un pedido de compra, si hace falta.").waitFor();
});

test("the list says what has come in and what it costs, and the page of a supplier leads to its own", async () => {
  const product = await sold("Amaranth", 0);
  const [none, part, all] = [
    await purchase(product, 2, ["submit", "approve"]),
    await purchase(product, 3, ["submit", "approve"]),
    await purchase(product, 4, ["submit", "approve"]),
  ];
  const [line] = (
    await api<Purchase & { purchase_order_details: { id: number }[] }>(desk, `/api/purchase_orders/${part}`)
  ).purchase_order_details;
  await post(`/api/purchase_orders/${part}/receive`, { purchase_order_details: [{ id: line?.id, quantity: 1 }] });
  await post(`/api/purchase_orders/${all}/receive`, {});
  const other = await post<Purchase>("/api/purchase_orders", { supplier_id: 1, purchase_order_details: [] });
  const page = await desk.page();
  await open(page, "/purchase_orders?status=2");
  const cells = async (id: number) => {
    const link = page.getByRole("link", { name: `#${id}`, exact: true });
    const texts = await page.getByRole("row").filter({ has: link }).getByRole("cell").allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, " "));
  };
  expect((await cells(none)).filter((_, at) => at === 1 || at === 4)).toEqual(["Approved", "kr 5.00"]);
  expect((await cells(part)).filter((_, at) => at === 1 || at === 4)).toEqual(["Partly received", "kr 7.50"]);
  expect((await cells(all)).filter((_, at) => at === 1 || at === 4)).toEqual(["Received", "kr 10.00"]);
  expect(await axeFindings(page)).toEqual([]);
  await open(page, `/suppliers/${supplier}`);
  await page.getByRole("main").getByRole("link", { name: "Purchase orders" }).click();
  await page.waitForURL(new RegExp(`supplier=${supplier}$`));
  await page.getByRole("link", { name: `#${none}`, exact: true }).waitFor();
  expect(await page.getByRole("link", { name: `#${other.id}`, exact: true }).count()).toBe(0);
  expect(await page.getByLabel("Supplier").inputValue()).toBe(String(supplier));
  // Another status of the same supplier.
  await page.getByRole("navigation", { name: "Show" }).getByRole("link", { name: "Cancelled" }).click();
  await page.waitForURL(/status=4&supplier=/);
  await page.getByRole("link", { name: `#${none}`, exact: true }).waitFor({ state: "detached" });
  await open(page, "/purchase_orders?status=4&supplier=1");
  await page.getByText("No purchase order matches").waitFor();
});

test("on a phone, in Spanish, nothing is wider than the screen, and reasons are in Spanish", async () => {
  const product = await sold("Polenta de maíz gruesa para cocciones muy largas", 1, {
    reorder_level: 5,
    target_level: 9,
  });
  const id = await purchase(product, 2);
  const part = await purchase(product, 3, ["submit", "approve"]);
  const page = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  const paths = ["", "?status=1", "/new", `/${id}`, `/${part}`, `/${part}/edit`].map(
    (path) => `/purchase_orders${path}`,
  );
  for (const path of [...paths, "/reorder", "/reorder?below=target"]) {
    await open(page, path);
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 390]);
    expect([path, await axeFindings(page)]).toEqual([path, []]);
  }
  await open(page, `/purchase_orders/${id}`);
  await page.getByText("No es posible ahora:", { exact: false }).click();
  await page.getByText("La mercancía solo entra cuando está aprobado.").waitFor();
  await open(page, `/purchase_orders/${part}`);
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByRole("textbox").fill("4");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Como mucho pueden llegar 3 más: pedidos 3, recibidos 0.", { exact: false }).waitFor();
  await open(page, "/purchase_orders/999999");
  await page.getByRole("heading", { name: "Página no encontrada" }).waitFor();
});

test("every supplier can be chosen, however many there are", async () => {
  // More than the API answers at once; the last one by name is on its second page.
  for (let place = 0; place < 1010; place += 30) {
    const names = Array.from({ length: 30 }, (_, at) => `Bakery ${place + at}`);
    await Promise.all(names.map((company) => post("/api/suppliers", { company })));
  }
  const { id } = await post<{ id: number }>("/api/suppliers", { company: "Zwieback Works" });
  const page = await desk.page();
  const made = await post<Purchase>("/api/purchase_orders", { supplier_id: id, purchase_order_details: [] });
  await open(page, `/purchase_orders/${made.id}/edit`);
  const chosen = page.getByLabel("Supplier").locator("option:checked");
  expect(await chosen.innerText()).toBe("Zwieback Works");
  await open(page, `/purchase_orders?supplier=${id}`);
  expect(await chosen.innerText()).toBe("Zwieback Works");
}, 60_000);
