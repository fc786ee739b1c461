// The paper of a purchase order, as a browser prints it.
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { extractText } from "unpdf";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";
import { api } from "./order-desk.ts";
import { cookieOf, firstUser } from "./sign-in.ts";
import { stockedProduct } from "./stocked-product.ts";

let desk: Desk;
let supplier: number;
let flour: number;
let yeast: number;
beforeAll(async () => {
  desk = await startDesk();
  const address = { address: "Mill Lane 4", zip_postal_code: "8000", city: "Aarhus", country_region: "Denmark" };
  const person = { first_name: "Ida", last_name: "Holm" };
  supplier = (await send<{ id: number }>("POST", "/api/suppliers", { company: "Mill & Sons", ...person, ...address }))
    .id;
  [flour, yeast] = [
    await stockedProduct(desk, "Barley flour", 0, { product_code: "BF-1", sold_in_fractions: true }),
    await stockedProduct(desk, "Yeast", 0),
  ];
  const terms = { supplier_id: supplier, supplier_product_code: "THEIRS-77" };
  await send("PUT", `/api/products/${flour}/suppliers`, { suppliers: [terms] });
  await send("PUT", "/api/company", { address: "Havnegade 1", zip_postal_code: "1058", city: "Copenhagen" });
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const send = <T>(method: string, path: string, body: object = {}) =>
  api<T>(desk, path, { method, body: JSON.stringify(body) });

async function purchase(fields: object, steps: readonly string[] = []): Promise<number> {
  const { id } = await send<{ id: number }>("POST", "/api/purchase_orders", { supplier_id: supplier, ...fields });
  for (const step of steps) await send("POST", `/api/purchase_orders/${id}/${step}`);
  return id;
}

const lines = () => [
  { product_id: flour, quantity: "12.5", unit_cost: "1.2345" },
  { product_id: yeast, quantity: 3, unit_cost: "1000.10" },
];

async function open(page: Page, id: number): Promise<Page> {
  await page.goto(`/purchase_orders/${id}`);
  await alive(page);
  return page;
}

/** The words of each printed page. */
async function printed(page: Page): Promise<readonly string[]> {
  const { text } = await extractText(new Uint8Array(await page.pdf({ format: "A4" })));
  return text.map((words) => words.replace(/\s+/g, " "));
}

test("it names both sides, the dates, every line with the supplier's code, and exact sums; nothing of the screen", async () => {
  const id = await purchase(
    {
      ...{ purchase_order_details: lines(), expected_date: "2031-05-04T00:00:00", notes: "Ring at the gate" },
      ...{ shipping_fee: "20", taxes: "7.5" },
    },
    ["submit", "approve"],
  );
  const page = await open(await desk.page(), id);
  const pages = await printed(page);
  expect(pages).toHaveLength(1);
  const [paper = ""] = pages;
  const { name } = await api<{ name: string }>(desk, "/api/company");
  for (const words of [
    ...[name, "Havnegade 1 1058 Copenhagen", `Purchase order Number ${id}`],
    ...["Supplier Mill & Sons Ida Holm Mill Lane 4 8000 Aarhus Denmark", "Expected on May 4, 2031"],
    "Product Your code Quantity Unit cost Amount",
    ...["Barley flour BF-1 THEIRS-77 12.5 kr 1.2345 kr 15.43", "Yeast – 3 kr 1,000.10 kr 3,000.30"],
    ...["Subtotal kr 3,015.73", "Shipping fee kr 20.00", "Taxes kr 7.50", "Order total kr 3,043.23"],
    ...["Ring at the gate", "All amounts are in DKK.", "1 / 1"],
  ])
    expect(paper.replaceAll("\u00a0", " ")).toContain(words);
  expect(paper).not.toMatch(/Draft|Approve|History|Received|Receive|Ctrl|Home/);
  await page.emulateMedia({ media: "print" });
  expect(await axeFindings(page)).toEqual([]);
});

test("a key and a button print it", async () => {
  const page = await open(await desk.page(), await purchase({ purchase_order_details: lines() }));
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", `${document.body.dataset.printed ?? ""}x`);
  });
  await page.keyboard.press("p");
  await page.waitForSelector('body[data-printed="x"]');
  await page.getByRole("button", { name: "Print" }).click();
  await page.waitForSelector('body[data-printed="xx"]');
  expect(await page.getByRole("article").isVisible()).toBe(false);
});

test("until it is approved each page says that it is a draft, and a cancelled one says so", async () => {
  const purchase_order_details = Array.from({ length: 70 }, (_, at) => ({
    product_id: at % 2 ? flour : yeast,
    quantity: at + 1,
  }));
  const id = await purchase({ purchase_order_details });
  const page = await open(await desk.page(), id);
  const draft = await printed(page);
  expect(draft.length).toBeGreaterThan(1);
  for (const [at, words] of draft.entries()) {
    expect(words).toContain(`Purchase order #${id} · Mill & Sons · Draft`);
    expect(words).toContain("Your code");
    expect(words).toContain(`${at + 1} / ${draft.length}`);
    expect(words.includes("Order total")).toBe(at === draft.length - 1);
  }
  // The sums are not alone: a line is above them.
  expect(draft.at(-1)).toMatch(/(Barley flour|Yeast)[\s\S]*Subtotal/);
  for (const [step, mark] of [
    ["submit", "Draft: not approved yet"],
    ["approve", null],
    ["cancel", "Cancelled"],
  ] as const) {
    await send("POST", `/api/purchase_orders/${id}/${step}`);
    for (const words of await printed(await open(page, id))) {
      if (mark === null) expect(words).not.toMatch(/Draft|Cancelled/);
      else expect(words).toContain(mark);
    }
  }
});

test("in Spanish, and without a supplier or lines", async () => {
  const spanish = await desk.page({ locale: "es-ES" });
  const [paper = ""] = await printed(await open(spanish, await purchase({ purchase_order_details: lines() })));
  for (const words of ["Pedido de compra", "Borrador", "Su código", "1,2345", "3000,30", "Importe"])
    expect(paper.replaceAll(/[\u00a0.]/g, (sign) => (sign === "." ? "" : " "))).toContain(words);
  const [empty = ""] = await printed(await open(await desk.page(), await purchase({ supplier_id: null })));
  expect(empty).toContain("Supplier –");
});

// Last: from here on there are users.
test("who sees no costs prints quantities only", async () => {
  const id = await purchase({ purchase_order_details: lines() });
  await firstUser(desk);
  const page = await desk.page();
  const [name = "", value = ""] = (await cookieOf(desk, "warehouse")).split("=");
  await page.context().addCookies([{ name, value, url: desk.url, httpOnly: true, sameSite: "Lax" }]);
  const [paper = ""] = await printed(await open(page, id));
  expect(paper).toContain("Barley flour BF-1 THEIRS-77 12.5");
  expect(paper).not.toMatch(/kr|DKK|total|Unit cost|\d\.\d\d/);
});
