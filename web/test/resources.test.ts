import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { alive, axeFindings, type Desk, startDesk } from "./browser.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

interface Row {
  readonly id: number;
  readonly [field: string]: unknown;
}

async function call(method: string, path: string, body?: object): Promise<Response> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(desk.apiUrl + path, { method, headers: { "content-type": "application/json" }, ...init });
}

async function rowAt(path: string): Promise<Row | null> {
  const { data }: { data: Row | null } = await (await call("GET", path)).json();
  return data;
}

async function rowsAt(path: string): Promise<readonly Row[]> {
  const { data }: { data: readonly Row[] } = await (await call("GET", path)).json();
  return data;
}

async function made(resource: string, body: object): Promise<number> {
  const { data }: { data: Row } = await (await call("POST", `/api/${resource}`, body)).json();
  return data.id;
}

async function open(path: string, options?: Parameters<Desk["page"]>[0]): Promise<Page> {
  const page = await desk.page(options);
  await page.goto(path);
  await alive(page);
  return page;
}

const focused = (page: Page, id: string) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
const undo = (page: Page) => page.getByLabel("Messages").getByRole("button", { name: "Undo" });

async function gone(path: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while ((await rowAt(path)) !== null && performance.now() < deadline) await Bun.sleep(100);
  expect(await rowAt(path)).toBeNull();
}

describe("creating", () => {
  test.each(["customers", "employees", "shippers", "suppliers"])(
    "one of the %s by keyboard alone",
    async (resource) => {
      const page = await open(`/${resource}`);
      await page.keyboard.press("Shift+N");
      await page.waitForURL(`**/${resource}/new`);
      await focused(page, "resource-company");
      await page.keyboard.type("Zeta & Sons");
      await page.keyboard.press("Tab");
      await page.keyboard.type("Zoë");
      await page.keyboard.press("Control+Enter");
      // All employees have the same company.
      const name = resource === "employees" ? "Zoë" : "Zeta & Sons";
      await page.getByText(`${name} created`).waitFor();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      const [row] = await rowsAt(`/api/${resource}?q=zoe`);
      expect([row?.company, row?.first_name]).toEqual(["Zeta & Sons", "Zoë"]);
    },
  );

  test("a product with exact amounts and two suppliers by keyboard alone", async () => {
    const page = await open("/products/new");
    await focused(page, "resource-product_name");
    await page.keyboard.type("Quince jelly");
    await page.getByRole("switch", { name: "Discontinued" }).press("Space");
    await page.getByLabel("List price").press("1");
    await page.keyboard.type("2.3457");
    await page.getByLabel("Reorder level").fill("25");
    const suppliers = page.getByRole("combobox", { name: "Suppliers" });
    for (const typed of ["torre", "a"]) {
      // At once: what is offered is what all of it found, not its first letter.
      await suppliers.fill(typed);
      await page.getByRole("listbox", { name: "Choices" }).getByRole("option").first().waitFor();
      await page.keyboard.press("Enter");
      await focused(page, "resource-supplier_ids");
    }
    await page.keyboard.press("Control+Enter");
    await page.getByText("Quince jelly created").waitFor();
    const [row] = await rowsAt("/api/products?q=quince");
    expect(row).toMatchObject({ list_price: "12.3457", discontinued: true, reorder_level: 25 });
    expect(row?.supplier_ids).toHaveLength(2);
    await page.getByRole("link", { name: "Torrefazione Belcolle" }).waitFor();
  });

  test("what is typed wrong is shown before anything is sent", async () => {
    const page = await open("/products/new");
    await page.getByLabel("List price").fill("1.00005");
    await page.getByLabel("Reorder level").fill("2.5");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Not saved yet: fix 3 things").waitFor();
    await focused(page, "resource-product_name");
    await page.getByRole("link", { name: "List price: Must have at most four decimal places." }).click();
    await focused(page, "resource-list_price");
    await page.getByRole("link", { name: "Reorder level: Must be a whole number." }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  test("an issue of the server is shown at its field, and the fixed form is saved once", async () => {
    const page = await open("/customers/new");
    await page.getByLabel("City").fill("Faultville");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("link", { name: "Company: Must have a company, a first name or a last name." }).waitFor();
    await focused(page, "resource-company");
    expect(await page.getByLabel("Company").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("City").inputValue()).toBe("Faultville");
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Company").fill("Mended");
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Mended created").waitFor();
    expect(await rowsAt("/api/customers?q=mended")).toHaveLength(1);
  });
});

describe("what was typed is never lost", () => {
  test("a lost answer leaves the form as it is, and trying again saves once", async () => {
    const page = await open("/suppliers/new");
    await page.getByLabel("Company").fill("Lost answer");
    await page.route("**/api/suppliers", async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.keyboard.press("Control+Enter");
    await page.getByText("Not saved: the server cannot be reached.").waitFor();
    await page.unroute("**/api/suppliers");
    await page.getByLabel("City").fill("Added later");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText(/Lost answer (created|saved)/).waitFor();
    expect((await rowsAt("/api/suppliers?q=lost")).map(({ city }) => city)).toEqual(["Added later"]);
  });

  test("a link asks, and a reload brings the draft back", async () => {
    const page = await open("/customers/new");
    await page.getByLabel("Company").fill("Half typed");
    await page.getByRole("link", { name: "Home" }).click();
    await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Keep editing" }).click();
    page.on("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await alive(page);
    await page.getByText("What you typed here until").waitFor();
    expect(await page.getByLabel("Company").inputValue()).toBe("Half typed");
  });
});

describe("someone else changes the same row", () => {
  test("what does not clash is merged by itself, and said", async () => {
    const id = await made("customers", { company: "Both", city: "Old" });
    const page = await open(`/customers/${id}/edit`);
    await page.getByLabel("Job title").fill("Mine");
    await call("PUT", `/api/customers/${id}`, { city: "Theirs" });
    await page.keyboard.press("Control+Enter");
    await page.getByText("Someone else had changed in the meantime: City.").waitFor();
    expect(await rowAt(`/api/customers/${id}`)).toMatchObject({ city: "Theirs", job_title: "Mine" });
  });

  test("clashes are settled by keyboard and saved on top of theirs", async () => {
    const id = await made("products", { product_name: "Clash", list_price: "1" });
    const page = await open(`/products/${id}/edit`);
    await page.getByLabel("List price").fill("2.50");
    await page.getByLabel("Category").fill("Mine");
    await call("PUT", `/api/products/${id}`, { list_price: "3", category: "Theirs" });
    await page.keyboard.press("Control+Enter");
    const dialog = page.getByRole("dialog", { name: "Someone else has changed this in the meantime" });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    // The first clash has the focus: the category, mine. Then the price, theirs.
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByText("Clash saved").waitFor();
    expect(await rowAt(`/api/products/${id}`)).toMatchObject({ list_price: "3.0000", category: "Mine" });
  });
});

describe("deleting", () => {
  test("can be undone from the next page", async () => {
    const id = await made("customers", { company: "Undone" });
    const page = await open(`/customers/${id}`);
    await page.keyboard.press("#");
    await page.waitForURL("**/customers");
    await page.getByText("Undone will be deleted").waitFor();
    expect(await page.getByRole("link", { name: "Undone" }).isVisible()).toBe(false);
    await undo(page).click();
    await page.waitForURL(`**/customers/${id}`);
    expect(await rowAt(`/api/customers/${id}`)).not.toBeNull();
  });

  test("is carried out without Undo", async () => {
    const id = await made("shippers", { company: "Going" });
    const page = await open(`/shippers/${id}`);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Going will be deleted").waitFor();
    await gone(`/api/shippers/${id}`);
  }, 40_000);

  test("is carried out when the page is left", async () => {
    const id = await made("suppliers", { company: "Left" });
    const page = await open(`/suppliers/${id}`);
    await page.getByRole("button", { name: "Delete" }).click();
    await undo(page).waitFor();
    await page.goto("about:blank");
    await gone(`/api/suppliers/${id}`);
  }, 40_000);

  test("what orders refer to is refused in the API's words, and nothing was promised", async () => {
    const page = await open("/customers/4");
    await page.getByRole("button", { name: "Delete" }).click();
    await page
      .getByText(/was not deleted: The customer cannot be deleted because it is used by \d+ orders\./)
      .waitFor();
    expect(await undo(page).count()).toBe(0);
    expect(page.url()).toMatch(/\/customers\/4$/);
  });
});

describe("the company", () => {
  test("is changed by keyboard alone, what the API refuses is said at its field, and pages follow at once", async () => {
    const page = await open("/company");
    await page.getByLabel("VAT number").fill("DK12345675");
    await page.keyboard.press("Control+Enter");
    await page
      .getByText(/Is no VAT number of this country/)
      .first()
      .waitFor();
    await page.getByLabel("VAT number").fill("DK 12 34 56 74");
    await page.getByLabel("Currency").selectOption("EUR");
    expect(await page.getByText("Not saved yet").count()).toBe(0);
    await page.getByLabel("Sun").check();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog", { name: "Change the currency from DKK to EUR?" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Company saved").waitFor();
    const changed = { vat_id: "DK12345674", currency: "EUR", working_days: [1, 2, 3, 4, 5, 7] };
    expect(await rowAt("/api/company")).toMatchObject(changed);
    await page.goto("/products/1");
    await page.getByText(/^€\d/).first().waitFor();
    await call("PUT", "/api/company", { currency: "DKK" });
  });

  test("that nobody has confirmed is asked about in one line, until somebody answers", async () => {
    await call("PUT", "/api/company", { confirmed: false });
    const page = await open("/about");
    const question = page.getByText(/Amounts are in .+ and times in .+\./);
    // The pages read the company once a second.
    for (let round = 0; round < 50 && !(await question.isVisible()); round += 1) await page.reload();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Yes, keep it" }).click();
    await question.waitFor({ state: "detached" });
    await page.reload();
    expect(await question.count()).toBe(0);
    expect(await rowAt("/api/company")).toMatchObject({ confirmed: true });
  });

  test("decides the language of a browser that wants neither English nor Spanish", async () => {
    await call("PUT", "/api/company", { language: "es" });
    const page = await open("/company", { locale: "de-DE" });
    const heading = page.getByRole("heading", { name: "Empresa" });
    for (let round = 0; round < 50 && !(await heading.isVisible()); round += 1) await page.reload();
    expect(await page.getByLabel("Zona horaria").inputValue()).toBe("Europe/Copenhagen");
    await call("PUT", "/api/company", { language: "en" });
  });
});

test("all of it in Spanish, amounts with a comma", async () => {
  const page = await open("/products/new", { locale: "es-ES" });
  await page.getByLabel("Nombre del producto").fill("Membrillo");
  await page.getByLabel("Precio de venta").fill("1.234,5");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Membrillo: creado").waitFor();
  expect((await rowsAt("/api/products?q=membrillo"))[0]?.list_price).toBe("1234.5000");
});
