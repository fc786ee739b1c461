// Who sells a product and on which terms: changed from the page of the product and from that of a supplier.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";

let desk: Desk;
let mill: number;
let other: number;
beforeAll(async () => {
  desk = await startDesk();
  [mill, other] = [await supplier("Mill & Sons"), await supplier("Other Mills")];
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const send = <T>(method: string, path: string, body?: object) =>
  api<T>(desk, path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

async function supplier(company: string): Promise<number> {
  return (await send<{ id: number }>("POST", "/api/suppliers", { company })).id;
}

async function product(product_name: string, suppliers: readonly object[] = []): Promise<number> {
  const made = { product_name, list_price: "10", standard_cost: "4.5" };
  const { id } = await send<{ id: number }>("POST", "/api/products", made);
  await put(id, suppliers);
  return id;
}

const put = (id: number, suppliers: readonly object[]) => send("PUT", `/api/products/${id}/suppliers`, { suppliers });
const suppliersOf = async (id: number) =>
  (await api<{ suppliers: readonly object[] }>(desk, `/api/products/${id}/suppliers`)).suppliers;

async function open(page: Page, path: string): Promise<Page> {
  await page.goto(path);
  await alive(page);
  return page;
}

const row = (page: Page, name: string) =>
  page.getByRole("main").getByRole("listitem", { name: new RegExp(`^Supplier \\d+: ${name}$`) });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? "");
const terms = {
  ...{ unit_cost: "3.2500", supplier_product_code: "BU-9", pack_quantity: "6.0000", minimum_quantity: "12.0000" },
  lead_time_days: 5,
};

describe("from the page of a product", () => {
  test("a supplier with its terms is added without a mouse, and the page shows it", async () => {
    const id = await product("Bulgur");
    const page = await open(await desk.page(), `/products/${id}`);
    await page.keyboard.press("t");
    await page.waitForURL(`**/products/${id}/suppliers`);
    await page.getByText("Nobody sells it yet: add a supplier.").waitFor();
    await alive(page);
    expect(await focused(page)).toBe("terms-add");
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.keyboard.type("mill & sons");
    await page.getByRole("option", { name: "Mill & Sons" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id.endsWith("unit_cost"));
    // What is usual stands there until something is typed.
    expect(await page.getByLabel("Unit cost").getAttribute("placeholder")).toBe("4.50");
    for (const typed of ["3.25", "BU-9", "6", "12", "5"]) {
      await page.keyboard.type(typed);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(`**/products/${id}`);
    await page.getByText("Suppliers of Bulgur saved").waitFor();
    const item = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Mill & Sons" }) });
    expect((await item.innerText()).replace(/\s+/g, " ")).toBe(
      "Mill & Sons kr 3.25 · BU-9 · packs of 6 · at least 12 · 5 days",
    );
    expect(await suppliersOf(id)).toMatchObject([{ supplier_id: mill, position: 1, ...terms }]);
  });

  test("everything that is wrong is said at once, at its field and above, and nothing is stored", async () => {
    const id = await product("Freekeh", [{ supplier_id: mill }]);
    const page = await open(await desk.page(), `/products/${id}/suppliers`);
    await row(page, "Mill & Sons").getByLabel("Unit cost").fill("cheap");
    await page.getByLabel("Pack of").fill("0");
    await page.getByLabel("Minimum quantity").fill("-1");
    await page.getByLabel("Lead time in days").fill("4000");
    await page.getByLabel("Code at the supplier").fill("x".repeat(51));
    await page.getByRole("button", { name: "Add supplier" }).click();
    const second = page.getByRole("combobox", { name: "Supplier" });
    await second.fill("mill & sons");
    await page.getByRole("option", { name: "Mill & Sons" }).click();
    await page.getByRole("button", { name: "Add supplier" }).click();
    await second.last().fill("nobody at all");
    await page.keyboard.press("Control+Enter");
    const list = page.getByRole("alert").filter({ hasText: "Not saved yet" });
    await list.waitFor();
    expect((await list.getByRole("link").allInnerTexts()).map((text) => text.replace(/\s+/g, " "))).toEqual([
      "Mill & Sons, Unit cost: Must be a number, like 12.50.",
      "Mill & Sons, Code at the supplier: Must have at most 50 characters.",
      "Mill & Sons, Pack of: Must not be 0.",
      "Mill & Sons, Minimum quantity: Must not be negative.",
      "Mill & Sons, Lead time in days: Must be 3650 days at most.",
      "Mill & Sons, Supplier: Is in the list already.",
      "Supplier: “nobody at all” is not in the list: choose from it, or clear the field.",
    ]);
    expect(await axeFindings(page)).toEqual([]);
    await list.getByRole("link", { name: "Pack of" }).click();
    expect(await focused(page)).toBe(`terms-${mill}-pack_quantity`);
    expect(await suppliersOf(id)).toMatchObject([{ unit_cost: null, pack_quantity: "1.0000" }]);
  });

  test("what the API refuses is said at its field", async () => {
    const gone = await supplier("Gone Tomorrow");
    const id = await product("Teff", [{ supplier_id: mill }]);
    const page = await open(await desk.page(), `/products/${id}/suppliers?supplier=${gone}`);
    await row(page, "Gone Tomorrow").getByLabel("Unit cost").fill("2");
    await send("DELETE", `/api/suppliers/${gone}`);
    await page.keyboard.press("Control+Enter");
    await row(page, "Gone Tomorrow").getByText("There is no such supplier.").waitFor();
    await page.waitForFunction((wanted) => document.activeElement?.id === wanted, `terms-${gone}-supplier_id`);
    await page.getByRole("button", { name: "Remove Gone Tomorrow" }).click();
    await row(page, "Mill & Sons").getByLabel("Unit cost").fill("2");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Suppliers of Teff saved").waitFor();
    expect(await suppliersOf(id)).toMatchObject([{ supplier_id: mill, unit_cost: "2.0000" }]);
  });

  test("another supplier is preferred, one is removed, and terms are cleared", async () => {
    const third = await supplier("Third Mill");
    const id = await product("Millet", [
      { supplier_id: mill, ...terms },
      { supplier_id: third },
      { supplier_id: other },
    ]);
    const page = await open(await desk.page(), `/products/${id}/suppliers`);
    await row(page, "Mill & Sons").getByText("Preferred supplier").waitFor();
    await page.getByRole("button", { name: "Prefer Other Mills" }).focus();
    await page.keyboard.press("Enter");
    await row(page, "Other Mills").getByText("Preferred supplier").waitFor();
    await page.waitForFunction((wanted) => document.activeElement?.id === wanted, `terms-${other}-unit_cost`);
    expect(await row(page, "Mill & Sons").getByText("Preferred supplier").count()).toBe(0);
    await page.getByRole("button", { name: "Remove Third Mill" }).click();
    // Enter goes on to the next row, and behind the last one to a new one, which is not saved while it is empty.
    await row(page, "Other Mills").getByLabel("Unit cost").press("Enter");
    expect(await focused(page)).toBe(`terms-${mill}-unit_cost`);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
    for (const label of ["Unit cost", "Pack of", "Lead time in days"])
      await row(page, "Mill & Sons").getByLabel(label).fill("");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(`**/products/${id}`);
    const cleared = { unit_cost: null, pack_quantity: "1.0000", lead_time_days: null };
    expect(await suppliersOf(id)).toMatchObject([
      { supplier_id: other, position: 1 },
      { supplier_id: mill, ...terms, ...cleared, position: 2 },
    ]);
    expect(await api<object>(desk, `/api/products/${id}`)).toMatchObject({ supplier_ids: [other, mill] });
  });

  test("what is typed asks before it is left, and comes back after a reload", async () => {
    const id = await product("Sorghum", [{ supplier_id: mill }]);
    const page = await open(await desk.page(), `/products/${id}/suppliers`);
    await page.keyboard.type("7.5");
    await page.reload();
    await page.getByRole("status").filter({ hasText: "restored" }).or(page.getByText("Start anew")).first().waitFor();
    expect(await page.getByLabel("Unit cost").inputValue()).toBe("7.5");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
  });
});

describe("somebody else has changed the same product", () => {
  test("what is theirs alone is taken over and said", async () => {
    const id = await product("Rye", [{ supplier_id: mill }]);
    const page = await open(await desk.page(), `/products/${id}/suppliers`);
    await page.getByLabel("Unit cost").fill("2");
    await send("PUT", `/api/products/${id}`, { category: "Grain" });
    await put(id, [{ supplier_id: mill, lead_time_days: 9 }]);
    await page.keyboard.press("Control+Enter");
    await page.getByText("Someone else had changed in the meantime: Mill & Sons: Lead time in days.").waitFor();
    expect(await suppliersOf(id)).toMatchObject([{ unit_cost: "2.0000", lead_time_days: 9 }]);
    expect(await api<object>(desk, `/api/products/${id}`)).toMatchObject({ category: "Grain" });
  });

  test("what both have changed is asked, and so is who is sold by and who comes first", async () => {
    const third = await supplier("Fourth Mill");
    const id = await product("Spelt", [{ supplier_id: mill }, { supplier_id: other }]);
    const page = await open(await desk.page(), `/products/${id}/suppliers`);
    await row(page, "Mill & Sons").getByLabel("Unit cost").fill("2");
    await put(id, [{ supplier_id: other }, { supplier_id: mill, unit_cost: "3" }, { supplier_id: third }]);
    await page.keyboard.press("Control+Enter");
    const dialog = page.getByRole("dialog", { name: "Someone else has changed this in the meantime" });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("group", { name: "Mill & Sons: Unit cost" }).getByLabel("Mine").check();
    const taken = (await dialog.innerText()).replace(/\s+/g, " ");
    expect(taken).toContain("Fourth Mill not in the list → Fourth Mill");
    expect(taken).toContain("preferred one first Mill & Sons, Other Mills → Other Mills, Mill & Sons");
    await dialog.getByRole("button", { name: "Save merged changes" }).click();
    await page.waitForURL(`**/products/${id}`);
    expect(await suppliersOf(id)).toMatchObject([
      { supplier_id: other },
      { supplier_id: mill, unit_cost: "2.0000" },
      { supplier_id: third },
    ]);
  });

  test("who was removed by one and changed by the other is asked", async () => {
    const id = await product("Oats", [{ supplier_id: mill, ...terms }, { supplier_id: other }]);
    const page = await open(await desk.page(), `/products/${id}/suppliers`);
    await page.getByRole("button", { name: "Remove Mill & Sons" }).click();
    await put(id, [{ supplier_id: mill, unit_cost: "9" }, { supplier_id: other }]);
    await page.keyboard.press("Control+Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("group", { name: "Mill & Sons" }).getByLabel("Theirs").check();
    await dialog.getByRole("button", { name: "Save merged changes" }).click();
    await page.waitForURL(`**/products/${id}`);
    expect(await suppliersOf(id)).toMatchObject([{ supplier_id: mill, unit_cost: "9.0000" }, { supplier_id: other }]);
  });
});

describe("from the page of a supplier", () => {
  test("a product is added with its terms, which are changed there later", async () => {
    const own = await supplier("Groats & Co");
    const id = await product("Amaranth", [{ supplier_id: mill }]);
    const page = await open(await desk.page(), `/suppliers/${own}`);
    await page.getByText("No products yet").waitFor();
    await page.keyboard.press("t");
    await page.keyboard.type("amaranth");
    await page.getByRole("option", { name: "Amaranth" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/products/${id}/suppliers?supplier=${own}`);
    await page.waitForFunction((wanted) => document.activeElement?.id === wanted, `terms-${own}-unit_cost`);
    await alive(page);
    await page.keyboard.type("1.75");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(`**/suppliers/${own}`);
    const line = page.locator("#products").getByRole("listitem");
    expect((await line.innerText()).replace(/\s+/g, " ")).toBe("Amaranth kr 1.75 List price kr 10.00 Terms");
    await alive(page);
    await line.getByRole("link", { name: "Terms of Amaranth" }).click();
    await page.waitForURL(`**/products/${id}/suppliers?supplier=${own}`);
    await page.getByRole("button", { name: "Prefer Groats & Co" }).click();
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(`**/suppliers/${own}`);
    await line.getByText("Preferred supplier").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await suppliersOf(id)).toMatchObject([
      { supplier_id: own, unit_cost: "1.7500" },
      { supplier_id: mill, position: 2 },
    ]);
  });

  test("every product is there, page by page, however many products there are", async () => {
    const own = await supplier("Everything");
    // More than were ever read at once.
    const all = Array.from({ length: 1020 }, (_, place) => place);
    const make = (place: number) =>
      send("POST", "/api/products", {
        ...{ product_name: `Part ${place}`, list_price: "1" },
        ...(place < 960 ? {} : { supplier_ids: [own] }),
      });
    for (let place = 0; place < all.length; place += 30) await Promise.all(all.slice(place, place + 30).map(make));
    const page = await open(await desk.page(), `/suppliers/${own}`);
    const names = page
      .locator("#products")
      .getByRole("listitem")
      .getByRole("link", { name: /^Part \d+$/ });
    const found = await names.allInnerTexts();
    expect(found).toHaveLength(50);
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByRole("link", { name: "First page" }).waitFor();
    found.push(...(await names.allInnerTexts()));
    expect(found.toSorted()).toEqual(
      all
        .slice(960)
        .map((place) => `Part ${place}`)
        .toSorted(),
    );
    expect(await page.getByRole("link", { name: "Next page" }).count()).toBe(0);
    await page.getByRole("link", { name: "First page" }).click();
    await page.getByRole("link", { name: "Next page" }).waitFor();
  }, 120_000);
});

test("on a phone, in Spanish, nothing is wider than the screen", async () => {
  const id = await product("Trigo sarraceno", [{ supplier_id: mill, ...terms }, { supplier_id: other }]);
  const page = await desk.page({ locale: "es-ES", viewport: { width: 390, height: 844 } });
  for (const [path, heading] of [
    [`/products/${id}/suppliers`, "Proveedores de Trigo sarraceno"],
    [`/suppliers/${mill}`, "Mill & Sons"],
  ] as const) {
    await open(page, path);
    await page.getByRole("heading", { name: heading, exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axeFindings(page)).toEqual([]);
  }
  await open(page, `/products/${id}/suppliers`);
  await page.getByLabel("Coste unitario").first().fill("2,5");
  await page.getByLabel("Envase de").first().fill("0");
  await page.getByRole("button", { name: "Guardar" }).click();
  await page.getByText("No puede ser 0.", { exact: true }).waitFor();
  await page.getByLabel("Envase de").first().fill("");
  await page.getByRole("button", { name: "Guardar" }).click();
  await page.waitForURL(`**/products/${id}`);
  expect(await suppliersOf(id)).toMatchObject([{ unit_cost: "2.5000", pack_quantity: "1.0000" }, {}]);
  await open(page, "/products/999999/suppliers");
  await page.getByRole("heading", { name: "Página no encontrada" }).waitFor();
});
