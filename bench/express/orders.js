// Every statement, prepared once per connection by mysql2, and the orders they give.
import mysql from "mysql2/promise";
import { checkDates, checkDeletable, checkState, written } from "./fields.js";
import { noOrder, Refusal } from "./refusal.js";

const columns = `id, ${written.join(", ")}`;
const byId = `SELECT ${columns} FROM orders WHERE id = ?`;
const insert = `INSERT INTO orders (${written.join(", ")}) VALUES (${written.map(() => "?").join(", ")})`;
const update = `UPDATE orders SET ${written.map((name) => `${name} = ?`).join(", ")}, version = version + 1 WHERE id = ?`;

const dates = ["order_date", "shipped_date", "paid_date"];

/** What a new order is where nobody says otherwise. */
const emptyOrder = {
  ...Object.fromEntries(written.map((name) => [name, null])),
  shipping_fee: "0.0000",
  taxes: "0.0000",
  tax_rate: "0.0000",
  status_id: 0,
};

/** Opens the pool and gives back what the routes need, once the database answers. */
export async function openOrders(uri, connectionLimit) {
  const pool = mysql.createPool({ uri, connectionLimit, dateStrings: true });
  await pool.query("SELECT 1");
  return {
    async byId(id) {
      const [[row]] = await pool.execute(byId, [id]);
      return answered(row);
    },
    async list(column, id, descending, limit) {
      const where = column === null ? "" : ` WHERE ${column} = ?`;
      const direction = descending ? " DESC" : "";
      const order = column === null ? `id${direction}` : `order_date${direction}, id${direction}`;
      const statement = `SELECT ${columns} FROM orders${where} ORDER BY ${order} LIMIT ?`;
      const [rows] = await pool.execute(statement, column === null ? [limit] : [id, limit]);
      return rows.map(answered);
    },
    /** One statement is a transaction of its own; what it stores is what was bound, so nothing is read again. */
    async create(fields) {
      const order = { ...emptyOrder, order_date: new Date().toISOString().slice(0, 19), ...fields };
      checkDates(order);
      const [{ insertId }] = await refused(pool.execute(insert, valuesOf(order)));
      return withNumber({ id: insertId, ...order });
    },
    update: (id, fields) =>
      transaction(pool, async (connection) => {
        const before = await locked(connection, id);
        const after = { ...before, ...fields };
        if (fields.order_date !== undefined || fields.shipped_date !== undefined) checkDates(after);
        checkState(before, after);
        await connection.execute(update, [...valuesOf(after), id]);
        return withNumber(after);
      }),
    remove: (id) =>
      transaction(pool, async (connection) => {
        checkDeletable(await locked(connection, id));
        await connection.execute("DELETE FROM order_details WHERE order_id = ?", [id]);
        await connection.execute("DELETE FROM orders WHERE id = ?", [id]);
      }),
  };
}

async function locked(connection, id) {
  const [[row]] = await connection.execute(`${byId} FOR UPDATE`, [id]);
  return withDates(row);
}

async function transaction(pool, work) {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const result = await refused(work(connection));
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}

const refusals = {
  ER_NO_REFERENCED_ROW_2: [422, "Does not exist."],
  ER_ROW_IS_REFERENCED_2: [409, "The order cannot be deleted: it is referred to."],
  ER_LOCK_DEADLOCK: [503, "Try again."],
  ER_LOCK_WAIT_TIMEOUT: [503, "Try again."],
};

/** What the database refuses, in words for the client. */
function refused(work) {
  return work.catch((error) => {
    const refusal = refusals[error.code];
    throw refusal === undefined ? error : new Refusal(...refusal);
  });
}

function valuesOf(order) {
  return written.map((name) => order[name]);
}

function answered(row) {
  return withNumber(withDates(row));
}

/** The driver writes a date with a space, the API with a T. */
function withDates(row) {
  if (row === undefined) throw noOrder();
  for (const name of dates) if (row[name] !== null) row[name] = `${row[name].slice(0, 10)}T${row[name].slice(11)}`;
  return row;
}

/** The rate is not an amount: four places at most survive a JSON number unchanged. */
function withNumber(order) {
  if (order.tax_rate !== null) order.tax_rate = Number(order.tax_rate);
  return order;
}
