import { sql } from "northwind-schema/sql";

/*
 * The indexes of orders, each read in its order: the orders of one group by id, and the orders with a date by that date
 * and id. Both engines are told which index: reading by id would go through all orders to find those of a group. A plus
 * keeps SQLite from looking at a bound value: it would prepare the statement again for each execution.
 */

const up = `o.id > :id::integer ORDER BY o.id LIMIT :rows OFFSET :skip`;
const down = `o.id < :id::integer ORDER BY o.id DESC LIMIT :rows OFFSET :skip`;
const upInSqlite = `o.id > :id::integer ORDER BY o.id LIMIT +:rows OFFSET :skip`;
const downInSqlite = `o.id < :id::integer ORDER BY o.id DESC LIMIT +:rows OFFSET :skip`;

/** The orders of one group, null included, by id: a column of the list for each. */
export const ofGroup = {
  status_id: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_status) WHERE o.status_id <=> :value::integer? AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_status WHERE o.status_id IS :value::integer? AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_status) WHERE o.status_id <=> :value::integer? AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_status WHERE o.status_id IS :value::integer? AND ${downInSqlite}`,
    }),
  },
  customer: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_customer) WHERE o.customer_id <=> :value::integer? AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_customer WHERE o.customer_id IS :value::integer? AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_customer) WHERE o.customer_id <=> :value::integer? AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_customer WHERE o.customer_id IS :value::integer? AND ${downInSqlite}`,
    }),
  },
  employee: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_employee) WHERE o.employee_id <=> :value::integer? AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_employee WHERE o.employee_id IS :value::integer? AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_employee) WHERE o.employee_id <=> :value::integer? AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_employee WHERE o.employee_id IS :value::integer? AND ${downInSqlite}`,
    }),
  },
  shipper: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_shipper) WHERE o.shipper_id <=> :value::integer? AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_shipper WHERE o.shipper_id IS :value::integer? AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_shipper) WHERE o.shipper_id <=> :value::integer? AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_shipper WHERE o.shipper_id IS :value::integer? AND ${downInSqlite}`,
    }),
  },
  ship_city: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_city) WHERE o.ship_city_key <=> :value::text? AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_city WHERE o.ship_city_key IS :value::text? AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_city) WHERE o.ship_city_key <=> :value::text? AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_city WHERE o.ship_city_key IS :value::text? AND ${downInSqlite}`,
    }),
  },
  ship_country_region: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_country) WHERE o.ship_country_key <=> :value::text? AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_country WHERE o.ship_country_key IS :value::text? AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_country) WHERE o.ship_country_key <=> :value::text? AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_country WHERE o.ship_country_key IS :value::text? AND ${downInSqlite}`,
    }),
  },
};

/** The orders without a date, by id. */
export const undatedOrders = {
  order_date: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_date) WHERE o.order_date IS NULL AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_date WHERE o.order_date IS NULL AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_date) WHERE o.order_date IS NULL AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_date WHERE o.order_date IS NULL AND ${downInSqlite}`,
    }),
  },
  shipped_date: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_shipped_date) WHERE o.shipped_date IS NULL AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_shipped_date WHERE o.shipped_date IS NULL AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_shipped_date) WHERE o.shipped_date IS NULL AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_shipped_date WHERE o.shipped_date IS NULL AND ${downInSqlite}`,
    }),
  },
  paid_date: {
    up: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_paid_date) WHERE o.paid_date IS NULL AND ${up}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_paid_date WHERE o.paid_date IS NULL AND ${upInSqlite}`,
    }),
    down: sql({
      mariadb: `SELECT o.id FROM orders o FORCE INDEX (orders_by_paid_date) WHERE o.paid_date IS NULL AND ${down}`,
      sqlite: `SELECT o.id FROM orders o INDEXED BY orders_by_paid_date WHERE o.paid_date IS NULL AND ${downInSqlite}`,
    }),
  },
};

const orderRange = `o.order_date >= :first::datetime AND o.order_date <= :last::datetime`;
const orderUp = `${orderRange} AND (o.order_date > :first OR o.id > :id::integer) ORDER BY o.order_date, o.id`;
const orderDown = `${orderRange} AND (o.order_date < :last OR o.id < :id::integer) ORDER BY o.order_date DESC, o.id DESC`;
const shippedRange = `o.shipped_date >= :first::datetime AND o.shipped_date <= :last::datetime`;
const shippedUp = `${shippedRange} AND (o.shipped_date > :first OR o.id > :id::integer) ORDER BY o.shipped_date, o.id`;
const shippedDown = `${shippedRange} AND (o.shipped_date < :last OR o.id < :id::integer) ORDER BY o.shipped_date DESC, o.id DESC`;
const paidRange = `o.paid_date >= :first::datetime AND o.paid_date <= :last::datetime`;
const paidUp = `${paidRange} AND (o.paid_date > :first OR o.id > :id::integer) ORDER BY o.paid_date, o.id`;
const paidDown = `${paidRange} AND (o.paid_date < :last OR o.id < :id::integer) ORDER BY o.paid_date DESC, o.id DESC`;

/** The orders with a date between two moments, by that date and id. */
export const datedOrders = {
  order_date: {
    up: sql({
      mariadb: `SELECT o.id, o.order_date AS date FROM orders o FORCE INDEX (orders_by_date)
        WHERE ${orderUp} LIMIT :rows OFFSET :skip`,
      sqlite: `SELECT o.id, o.order_date AS date FROM orders o INDEXED BY orders_by_date
        WHERE ${orderUp} LIMIT +:rows OFFSET :skip`,
    }),
    down: sql({
      mariadb: `SELECT o.id, o.order_date AS date FROM orders o FORCE INDEX (orders_by_date)
        WHERE ${orderDown} LIMIT :rows OFFSET :skip`,
      sqlite: `SELECT o.id, o.order_date AS date FROM orders o INDEXED BY orders_by_date
        WHERE ${orderDown} LIMIT +:rows OFFSET :skip`,
    }),
  },
  shipped_date: {
    up: sql({
      mariadb: `SELECT o.id, o.shipped_date AS date FROM orders o FORCE INDEX (orders_by_shipped_date)
        WHERE ${shippedUp} LIMIT :rows OFFSET :skip`,
      sqlite: `SELECT o.id, o.shipped_date AS date FROM orders o INDEXED BY orders_by_shipped_date
        WHERE ${shippedUp} LIMIT +:rows OFFSET :skip`,
    }),
    down: sql({
      mariadb: `SELECT o.id, o.shipped_date AS date FROM orders o FORCE INDEX (orders_by_shipped_date)
        WHERE ${shippedDown} LIMIT :rows OFFSET :skip`,
      sqlite: `SELECT o.id, o.shipped_date AS date FROM orders o INDEXED BY orders_by_shipped_date
        WHERE ${shippedDown} LIMIT +:rows OFFSET :skip`,
    }),
  },
  paid_date: {
    up: sql({
      mariadb: `SELECT o.id, o.paid_date AS date FROM orders o FORCE INDEX (orders_by_paid_date)
        WHERE ${paidUp} LIMIT :rows OFFSET :skip`,
      sqlite: `SELECT o.id, o.paid_date AS date FROM orders o INDEXED BY orders_by_paid_date
        WHERE ${paidUp} LIMIT +:rows OFFSET :skip`,
    }),
    down: sql({
      mariadb: `SELECT o.id, o.paid_date AS date FROM orders o FORCE INDEX (orders_by_paid_date)
        WHERE ${paidDown} LIMIT :rows OFFSET :skip`,
      sqlite: `SELECT o.id, o.paid_date AS date FROM orders o INDEXED BY orders_by_paid_date
        WHERE ${paidDown} LIMIT +:rows OFFSET :skip`,
    }),
  },
};
