// Compares the rows of the database with the model. Plain SQL, nothing of the product.
import { integer, type Store, text, units } from "../database/store.ts";
import type { Model } from "./model/model.ts";
import { reorderOf } from "./model/reorder.ts";
import type { Count, Order, Product, Purchase } from "./model/state.ts";

/** The newest orders, purchase orders and counts. */
export interface Newest {
  readonly orders: number;
  readonly purchases: number;
  readonly counts: number;
}

export async function newestIn(store: Store): Promise<Newest> {
  const newest = async (table: string) => {
    const [row] = await store.rows(`SELECT COALESCE(MAX(id), 0) AS id FROM ${table}`);
    return integer(row?.id);
  };
  return {
    ...{ orders: await newest("orders"), purchases: await newest("purchase_orders") },
    counts: await newest("stock_counts"),
  };
}

/** What differs between the rows and the model, of the orders, purchase orders and counts behind these ids. */
export async function differences(store: Store, model: Model, behind: Newest): Promise<readonly string[]> {
  const { stock, retired } = model;
  const orders = [...retired.orders, ...stock.orders.values()].filter(({ id }) => id > behind.orders);
  const counts = [...retired.counts, ...stock.counts.values()].filter(({ id }) => id > behind.counts);
  const purchases = [...retired.purchases, ...stock.purchases.values()].filter(({ id }) => id > behind.purchases);
  return [
    ...compare("product", await balancesIn(store), [...retired.products, ...stock.products.values()].map(balanceLine)),
    ...compare("order", await ordersIn(store, behind.orders), orders.map(orderLine)),
    ...compare("purchase order", await purchasesIn(store, behind.purchases), purchases.map(purchaseLine)),
    ...compare("count", await countsIn(store, behind.counts), counts.map(countLine)),
  ];
}

type Line = readonly [id: number, words: string];

function compare(what: string, stored: ReadonlyMap<number, string>, wanted: readonly Line[]): readonly string[] {
  const left = new Map(stored);
  const found = wanted.flatMap(([id, words]) => {
    const row = left.get(id) ?? "nothing";
    left.delete(id);
    return row === words ? [] : [`${what} ${id} is ${row}, the model says ${words}`];
  });
  const extra =
    what === "product" ? [] : [...left].map(([id, words]) => `${what} ${id} is ${words}, the model has none`);
  return [...found, ...extra];
}

export function balanceLine(product: Product): Line {
  const { id, stocked, onHand, allocated, onOrder, backOrdered } = product;
  const { toReorder, low } = reorderOf(product);
  const words = `on hand ${onHand}, allocated ${allocated}, on order ${onOrder}, back-ordered ${backOrdered}`;
  return [id, stocked ? `${words}, to reorder ${toReorder}, low ${low}` : "nothing"];
}

async function balancesIn(store: Store): Promise<ReadonlyMap<number, string>> {
  const rows = await store.rows("SELECT * FROM product_stock");
  return new Map(
    rows.map((row) => {
      const [held, back] = [units(row.allocated), units(row.back_ordered)];
      const words = `on hand ${units(row.on_hand)}, allocated ${held}, on order ${units(row.on_order)}, back-ordered ${back}`;
      const low = integer(row.low) === 1;
      return [integer(row.product_id), `${words}, to reorder ${units(row.to_reorder)}, low ${low}`];
    }),
  );
}

export function orderLine({ id, fields: { status }, version, details }: Order): Line {
  const lines = details.map((row) => {
    const { product, ordered, allocated, shipped, invoiced, returned } = row;
    return `[${row.id}: ${product}, ${ordered}, ${allocated}, ${shipped}, ${invoiced}, ${returned}, status ${row.status}]`;
  });
  return [id, `status ${status}, version ${version} ${lines.join("")}`];
}

async function ordersIn(store: Store, behind: number): Promise<ReadonlyMap<number, string>> {
  const orders = await store.rows(`SELECT id, status_id, version FROM orders WHERE id > ${behind}`);
  const details = await store.rows(
    `SELECT * FROM order_details WHERE order_id > ${behind} ORDER BY order_id, position, id`,
  );
  const byOrder = Map.groupBy(details, ({ order_id }) => integer(order_id));
  return new Map(
    orders.map(({ id, status_id, version }) => {
      const lines = (byOrder.get(integer(id)) ?? []).map((row) => {
        const amounts = [row.quantity, row.allocated, row.shipped, row.invoiced, row.returned].map(units).join(", ");
        return `[${integer(row.id)}: ${integer(row.product_id)}, ${amounts}, status ${integer(row.status_id)}]`;
      });
      return [integer(id), `status ${integer(status_id)}, version ${integer(version)} ${lines.join("")}`];
    }),
  );
}

export function purchaseLine({ id, status, version, details }: Purchase): Line {
  const lines = details.map((row) => `[${row.id}: ${row.product}, ${row.ordered}, ${row.received}]`);
  return [id, `status ${status}, version ${version} ${lines.join("")}`];
}

async function purchasesIn(store: Store, behind: number): Promise<ReadonlyMap<number, string>> {
  const rows = await store.rows(`SELECT id, status_id, version FROM purchase_orders WHERE id > ${behind}`);
  const details = await store.rows(
    `SELECT * FROM purchase_order_details WHERE purchase_order_id > ${behind} ORDER BY purchase_order_id, position, id`,
  );
  const byPurchase = Map.groupBy(details, ({ purchase_order_id }) => integer(purchase_order_id));
  return new Map(
    rows.map(({ id, status_id, version }) => {
      const lines = (byPurchase.get(integer(id)) ?? []).map(
        (row) => `[${integer(row.id)}: ${integer(row.product_id)}, ${units(row.quantity)}, ${units(row.received)}]`,
      );
      return [integer(id), `status ${integer(status_id)}, version ${integer(version)} ${lines.join("")}`];
    }),
  );
}

function countLine({ id, status, version, lines }: Count): Line {
  const all = lines
    .toSorted((one, other) => one.product - other.product)
    .map(({ product, expected, counted }) => `[${product}: ${counted ?? "nothing"} of ${expected}]`);
  return [id, `${status}, version ${version} ${all.join("")}`];
}

async function countsIn(store: Store, behind: number): Promise<ReadonlyMap<number, string>> {
  const rows = await store.rows(`SELECT id, status, version FROM stock_counts WHERE id > ${behind}`);
  const details = await store.rows(
    `SELECT * FROM stock_count_details WHERE stock_count_id > ${behind} ORDER BY stock_count_id, product_id`,
  );
  const byCount = Map.groupBy(details, ({ stock_count_id }) => integer(stock_count_id));
  return new Map(
    rows.map(({ id, status, version }) => {
      const lines = (byCount.get(integer(id)) ?? []).map(({ product_id, expected, counted }) => {
        const quantity = counted === null ? "nothing" : units(counted);
        return `[${integer(product_id)}: ${quantity} of ${units(expected)}]`;
      });
      return [integer(id), `${text(status)}, version ${integer(version)} ${lines.join("")}`];
    }),
  );
}
