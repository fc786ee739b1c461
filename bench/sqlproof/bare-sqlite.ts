import { Database } from "bun:sqlite";
import { scaledInteger } from "../../sqlproof/src/runtime/amounts.ts";
import { decimalText } from "../../sqlproof/src/runtime/codec/decode.ts";
import { type Contestant, feeOf, idOf, newOrder } from "./contestant.ts";
import { bareText } from "./databases.ts";

/** An order as stored in SQLite; the conversions below turn it into the order that the program uses. */
interface Order {
  readonly id: number;
  order_date: string | null;
  shipped_date: string | null;
  paid_date: string | null;
  shipping_fee: number | string | null;
  taxes: number | string | null;
  tax_rate: number | string | null;
}

/** bun:sqlite, written by hand for these queries and for speed: no promise, no abstraction. */
export function bareSqlite(path: string): Contestant[] {
  const database = new Database(path, { strict: true });
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -32768"])
    database.run(`PRAGMA ${pragma}`);
  const point = database.prepare<Order, [number]>(bareText("point", "sqlite"));
  const hundred = database.prepare<Order, [number, number]>(bareText("hundred", "sqlite"));
  const insert = database.prepare(bareText("insert", "sqlite"));
  const fee = database.prepare<Pick<Order, "id" | "shipping_fee">, [number]>(bareText("fee", "sqlite"));
  const setFee = database.prepare(bareText("setFee", "sqlite"));
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const readOne = (index: number): Order => {
    const row = point.get(idOf(index));
    if (row === null) throw new Error("no such order");
    return decoded(row);
  };
  const readHundred = (index: number): Order[] => {
    const rows = hundred.all(idOf(index), idOf(index) + 99);
    for (const row of rows) decoded(row);
    return rows;
  };
  const add = (): number => insert.run(...insertValues(newOrder)).changes;
  const readFee = (index: number): number => {
    const row = fee.get(idOf(index));
    if (row === null) throw new Error("no such order");
    if (row.shipping_fee !== null) row.shipping_fee = decimalText(row.shipping_fee, "shipping_fee", 4);
    return row.id;
  };
  const change = (id: number, index: number): number => setFee.run(scaledInteger(feeOf(index), 4), id).changes;
  const transaction = (index: number): number => {
    begin.run();
    const changes = change(readFee(index), index);
    commit.run();
    return changes;
  };
  const bare: Contestant = {
    name: "bun:sqlite",
    against: null,
    work: { "point read": readOne, "100 rows": readHundred, insert: add, transaction },
    close: () => database.close(),
  };
  // The minimal cost of an interface that is the same for both engines: each answer is a promise.
  const promised: Contestant = {
    name: "bun:sqlite behind promises",
    against: "bun:sqlite",
    work: {
      "point read": (index) => Promise.resolve(readOne(index)),
      "100 rows": (index) => Promise.resolve(readHundred(index)),
      insert: () => Promise.resolve(add()),
      transaction: async (index) => {
        begin.run();
        const changes = await Promise.resolve(change(await Promise.resolve(readFee(index)), index));
        commit.run();
        return changes;
      },
    },
    close() {},
  };
  return [bare, promised];
}

function decoded(row: Order): Order {
  if (row.order_date !== null) row.order_date = isoText(row.order_date);
  if (row.shipped_date !== null) row.shipped_date = isoText(row.shipped_date);
  if (row.paid_date !== null) row.paid_date = isoText(row.paid_date);
  if (row.shipping_fee !== null) row.shipping_fee = decimalText(row.shipping_fee, "shipping_fee", 4);
  if (row.taxes !== null) row.taxes = decimalText(row.taxes, "taxes", 4);
  if (row.tax_rate !== null) row.tax_rate = decimalText(row.tax_rate, "tax_rate", 6);
  return row;
}

function isoText(value: string): string {
  return `${value.slice(0, 10)}T${value.slice(11)}`;
}

function insertValues(order: typeof newOrder) {
  return [
    order.employee_id,
    order.customer_id,
    order.order_date.replace("T", " "),
    order.shipped_date.replace("T", " "),
    order.shipper_id,
    order.ship_name,
    order.ship_address,
    order.ship_city,
    order.ship_state_province,
    order.ship_zip_postal_code,
    order.ship_country_region,
    scaledInteger(order.shipping_fee, 4),
    scaledInteger(order.taxes, 4),
    order.payment_type,
    order.paid_date.replace("T", " "),
    order.notes,
    scaledInteger(order.tax_rate, 6),
    order.tax_status_id,
    order.status_id,
  ];
}
