// What each role sees of the pages and can press on them: the table of rights, looked up on the pages as they are sent,
// and the keys in a real browser.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { type Right, type Role, rights, roles } from "northwind-api/src/rights/rights.ts";
import { alive, type Desk, startDesk } from "./browser.ts";
import { cookieOf, firstUser } from "./sign-in.ts";

let desk: Desk;
let order: string;
/** A supplier, and what it sells. */
let seller: number;
const soldName = "Basmati";
beforeAll(async () => {
  desk = await startDesk();
  const ana = await firstUser(desk);
  await ana.call("POST", "/api/tax_rates", { tax_class: "standard", valid_from: "2020-01-01", tax_rate: "0.2500" });
  const found = await ana.call<{ id: number }[]>("GET", "/api/orders?status_id=0&limit=1");
  order = `/orders/${found[0]?.id}`;
  seller = (await ana.call<{ id: number }>("POST", "/api/suppliers", { company: "Rice & Co" })).id;
  await ana.call("POST", "/api/products", { product_name: soldName, list_price: "2", supplier_ids: [seller] });
  // One that holds goods is cancelled, not deleted.
  await ana.call("POST", `/api${order}/release`, {});
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

interface Control {
  readonly kind: "button" | "link";
  readonly name: string;
  readonly right: Right;
}

const link = (name: string, right: Right): Control => ({ kind: "link", name, right });
const button = (name: string, right: Right): Control => ({ kind: "button", name, right });

const resources = [
  ["customers", "New customer", "write-customers"],
  ["products", "New product", "write-products"],
  ["employees", "New employee", "write-employees"],
  ["shippers", "New shipper", "write-shippers"],
  ["suppliers", "New supplier", "write-suppliers"],
  ["tax_rates", "New tax rate", "write-tax-rates"],
] as const satisfies readonly (readonly [string, string, Right])[];

/** What is on a page for those who have the right, and for nobody else. */
const controls: readonly (readonly [path: () => string, ...Control[]])[] = [
  [
    () => "/orders",
    ...[link("Users", "manage-users"), link("Audit log", "read-audit")],
    ...[link("New order", "write-orders"), link("Export CSV", "export-orders"), link("Total", "see-prices")],
  ],
  [
    () => order,
    ...[button("Edit", "write-orders"), button("Duplicate", "write-orders"), button("Delete", "delete-orders")],
  ],
  ...resources.map(([path, add, right]) => [() => `/${path}`, link(add, right)] as const),
  ...resources.map(([path, , right]) => [() => `/${path}/1`, link("Edit", right), button("Delete", right)] as const),
  [() => "/products/1", link("Suppliers and terms", "write-products")],
  [() => `/suppliers/${seller}`, link(`Terms of ${soldName}`, "write-products")],
  [() => "/company", button("Upload a logo", "write-company")],
  [() => "/shipments", link("Pick list", "ship-orders")],
  [() => "/counts", link("New count", "write-stock")],
  [() => "/stock/1", link("Product", "read-products"), button("Adjust the stock", "write-stock")],
];

/** Pages that are for those who have the right; everybody else reads there which one is missing. */
const guarded: readonly (readonly [path: () => string, right: Right])[] = [
  [() => "/orders/new", "write-orders"],
  [() => `${order}/edit`, "write-orders"],
  ...resources.flatMap(
    ([path, , right]) => [[() => `/${path}/new`, right] as const, [() => `/${path}/1/edit`, right] as const] as const,
  ),
  [() => "/products/1/suppliers", "write-products"],
  [() => "/counts/new", "write-stock"],
  [() => "/users", "manage-users"],
  [() => "/users/new", "manage-users"],
  [() => "/users/1", "manage-users"],
  [() => "/audit", "read-audit"],
];

/** The keys of a page that are for those who have the right, as the list of keys calls them. */
const keys: readonly (readonly [path: () => string, label: string, right: Right])[] = [
  [() => "/orders", "New order", "write-orders"],
  [() => "/orders", "Orders: set the shipper", "write-orders"],
  [() => "/orders", "Orders: move to the next status", "write-orders"],
  [() => "/orders", "Orders: delete", "delete-orders"],
  [() => order, "Edit", "write-orders"],
  [() => order, "Duplicate", "write-orders"],
  [() => order, "Delete", "delete-orders"],
  [() => "/customers/1", "Edit", "write-customers"],
  [() => "/customers/1", "Delete", "write-customers"],
  [() => "/products/1", "Suppliers and terms", "write-products"],
  [() => "/suppliers/1", "Add a product, or change its terms", "write-products"],
];

const has = (role: Role, right: Right) => rights[right].some((each) => each === role);
/** An amount of money as an English page writes it. */
const amount = /\d\.\d\d(?!\d)/;

interface Sent {
  readonly text: string;
  /** The names of what can be pressed. */
  readonly names: Readonly<Record<Control["kind"], readonly string[]>>;
}

/** A page as the server sends it to a user with this role. */
async function sentTo(role: Role, path: string): Promise<Sent> {
  const answer = await fetch(desk.url + path, { headers: { cookie: await cookieOf(desk, role) } });
  const html = (await answer.text()).replace(/<(script|style)\b[\s\S]*?<\/\1>/g, "");
  return { text: textOf(html), names: { link: namesOf(html, "a"), button: namesOf(html, "button") } };
}

function namesOf(html: string, tag: string): readonly string[] {
  const all = html.matchAll(new RegExp(`<${tag}\\b([^>]*)>([\\s\\S]*?)</${tag}>`, "g"));
  return [...all].map(([, attributes = "", inside = ""]) => {
    const [, label] = /aria-label="([^"]*)"/.exec(attributes) ?? [];
    return label ?? textOf(inside);
  });
}

function textOf(html: string): string {
  const text = html.replace(/<[^>]*>/g, " ").replace(/&amp;/g, "&");
  return text.replace(/\s+/g, " ").trim();
}

describe.each(roles.map((role) => [role]))("as %s", (role) => {
  test("the controls of every page are those that the rights allow", async () => {
    const found: string[] = [];
    const expected: string[] = [];
    for (const [path, ...all] of controls) {
      const { names } = await sentTo(role, path());
      for (const { kind, name, right } of all) {
        const place = `${path()} ${kind} ${name}`;
        if (has(role, right)) expected.push(place);
        if (names[kind].includes(name)) found.push(place);
      }
    }
    expect(found).toEqual(expected);
  }, 60_000);

  test("a page that is not for it says which right is missing, and who can help", async () => {
    const found: string[] = [];
    for (const [path, right] of guarded) {
      const { text } = await sentTo(role, path());
      if (text.includes(`You lack the right ${right}: `) && text.includes("Ask an admin for one of these roles: "))
        found.push(path());
    }
    expect(found).toEqual(guarded.filter(([, right]) => !has(role, right)).map(([path]) => path()));
  }, 60_000);

  test("no key does what no button does", async () => {
    const page = await desk.page();
    const [name = "", value = ""] = (await cookieOf(desk, role)).split("=");
    await page.context().addCookies([{ name, value, url: desk.url, httpOnly: true, sameSite: "Lax" }]);
    for (const path of new Set(keys.map(([path]) => path()))) {
      await page.goto(path);
      await alive(page);
      await page.keyboard.press("?");
      const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await dialog.waitFor();
      const listed = await dialog.getByRole("term").allTextContents();
      const here = keys.filter(([where]) => where() === path);
      const allowed = here.filter(([, , right]) => has(role, right)).map(([, label]) => label);
      expect(here.map(([, label]) => label).filter((label) => listed.includes(label))).toEqual(allowed);
    }
  }, 60_000);

  test("amounts and costs are on the pages of those who see them, and nowhere else", async () => {
    const paths = ["/orders", order, "/products", "/products/1", "/customers/1", "/suppliers/1"];
    const texts = await Promise.all(paths.map(async (path) => (await sentTo(role, path)).text));
    expect(texts.map((text) => amount.test(text))).toEqual(texts.map(() => has(role, "see-prices")));
    expect(texts.some((text) => /Standard cost/.test(text))).toBe(has(role, "see-costs"));
    expect(texts.some((text) => /List price|Subtotal|Total/.test(text))).toBe(has(role, "see-prices"));
  }, 60_000);
});
