import { read } from "../../api/browser.ts";
import type { Order } from "../../api/types.ts";
import type { MessageKey } from "../../messages/text.ts";

/** A search hit of the palette, with its address. */
export interface SearchHit {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly href: string;
  /** What it is called by its number, where that alone could also be an order's. */
  readonly title?: { readonly key: MessageKey; readonly number: string };
  /** It is called exactly what was typed, or is the order with the typed number. */
  readonly isExact: boolean;
}

/** More contacts and products than are shown, so that whatever is called exactly what was typed is among them. */
const asked = 50;
const most = 6;

interface Named {
  readonly id: number;
  readonly company?: string | null;
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly product_name?: string | null;
  readonly product_code?: string | null;
}

/** What the API has found for the typed text. */
export interface Found {
  readonly orders: readonly Pick<Order, "id" | "customer" | "ship_name">[];
  readonly customers: readonly Named[];
  readonly products: readonly Named[];
  readonly documents?: readonly SearchHit[];
}

/** What was found, and whether all orders were searched: then an order that is not among it does not exist. */
export interface Findings {
  readonly hits: readonly SearchHit[];
  readonly areOrdersSearched: boolean;
}

/** Finds orders by number or words, and customers and products by words, the best matches first. */
export async function search(typed: string, signal: AbortSignal): Promise<Findings> {
  const text = typed.trim();
  if (text === "") return { hits: [], areOrdersSearched: true };
  const q = encodeURIComponent(text);
  const number = orderNumber(text);
  const [orders, customers, products, ...documents] = await Promise.all([
    // The API finds an order by its number, whatever word is before it here.
    read<readonly Order[]>(`/api/orders?q=${number ?? q}&limit=${most}&sort=-id&include=customer`, signal),
    read<readonly Named[]>(`/api/customers?q=${q}&limit=${asked}&sort=relevance`, signal),
    read<readonly Named[]>(`/api/products?q=${q}&limit=${asked}&sort=relevance`, signal),
    ...(number === null || !/^#?\s*\d/.test(text) ? [] : numbered.map((kind) => documentHit(kind, number, signal))),
  ]);
  const hits = hitsOf(text, {
    orders: orders.ok ? orders.data : [],
    customers: customers.ok ? customers.data : [],
    products: products.ok ? products.data : [],
    documents: documents.filter((hit) => hit !== null),
  });
  return { hits, areOrdersSearched: orders.ok };
}

/** The hits in the order in which they are shown: what was typed exactly comes before all others. */
export function hitsOf(typed: string, { orders, customers, products, documents = [] }: Found): readonly SearchHit[] {
  const number = orderNumber(typed);
  const hits = [
    ...exactFirst(customers.map((row) => namedHit("customers", row, typed))).slice(0, most),
    ...exactFirst(products.map((row) => namedHit("products", row, typed))).slice(0, most),
    // Many orders may be found by the name of one customer or product.
    ...orders.map((order) => orderHit(order, number)),
    ...documents,
  ];
  return exactFirst(hits);
}

export function exactFirst<T extends { readonly isExact: boolean }>(some: readonly T[]): readonly T[] {
  return [...some.filter(({ isExact }) => isExact), ...some.filter(({ isExact }) => !isExact)];
}

/** The number of an order: 1042, #1042 and "order 1042" mean the same; null for any other text. */
export function orderNumber(typed: string): number | null {
  const [, number] = /^(?:(?:order|pedido)\s*)?#?\s*([1-9]\d{0,8})$/i.exec(typed.trim()) ?? [];
  return number === undefined ? null : Number(number);
}

/** Whether a name or a code is what was typed, whatever its case, accents and spaces. */
export function isCalled(name: string | null | undefined, typed: string): boolean {
  const [one, other] = [name ?? "", typed].map((text) => text.trim().replace(/\s+/g, " "));
  return one !== "" && one?.localeCompare(other ?? "", undefined, { sensitivity: "base" }) === 0;
}

/** What else is called by a number. */
const numbered = [
  { resource: "purchase_orders", key: "purchase.title" },
  { resource: "shipments", key: "shipment.title" },
] as const;

/** The document with this number, or null: an order with the same number is what is meant first. */
async function documentHit(
  { resource, key }: (typeof numbered)[number],
  number: number,
  signal: AbortSignal,
): Promise<SearchHit | null> {
  const href = `/${resource}/${number}`;
  const reply = await read<object>(`/api${href}`, signal);
  if (!reply.ok) return null;
  const title = { key, number: String(number) };
  return { key: href, name: `#${number}`, title, about: "", href, isExact: false };
}

function orderHit({ id, customer, ship_name }: Found["orders"][number], number: number | null): SearchHit {
  const name = customer?.company ?? ship_name ?? "";
  return { key: `order-${id}`, name: `#${id}`, about: name, href: `/orders/${id}`, isExact: id === number };
}

function namedHit(resource: "customers" | "products", row: Named, typed: string): SearchHit {
  const person = [row.first_name, row.last_name].filter((part) => part).join(" ");
  const name = row.product_name ?? row.company ?? person;
  const about = row.product_code ?? (row.company ? person : "");
  return {
    key: `${resource}-${row.id}`,
    name: name === "" ? `#${row.id}` : name,
    about,
    href: `/${resource}/${row.id}`,
    isExact: isCalled(name, typed) || isCalled(row.product_code, typed),
  };
}
