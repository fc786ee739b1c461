import { sql } from "northwind-schema/sql";

/*
 * The groups of a list that is sorted by a name or a place, in their order: customers, employees and shippers with
 * orders, and the different cities and countries. The orders of a group are then read by `ofGroup`.
 */

export const statusIds = sql(`SELECT id FROM orders_status ORDER BY id`);

const customerHasOrders = `(SELECT MIN(o.id) FROM orders o WHERE o.customer_id = c.id) IS NOT NULL`;
const employeeHasOrders = `(SELECT MIN(o.id) FROM orders o WHERE o.employee_id = c.id) IS NOT NULL`;
const shipperHasOrders = `(SELECT MIN(o.id) FROM orders o WHERE o.shipper_id = c.id) IS NOT NULL`;

/** Contacts with orders, by name. */
export const contactsWithOrders = {
  customer: {
    up: sql(`SELECT c.id, c.search_text FROM customers c
      WHERE c.search_text >= :name::text AND (c.search_text > :name OR c.id > :id::integer) AND ${customerHasOrders}
      ORDER BY c.search_text, c.id LIMIT :rows`),
    down: sql(`SELECT c.id, c.search_text FROM customers c
      WHERE c.search_text <= :name::text AND (c.search_text < :name OR c.id < :id::integer) AND ${customerHasOrders}
      ORDER BY c.search_text DESC, c.id DESC LIMIT :rows`),
  },
  employee: {
    up: sql(`SELECT c.id, c.search_text FROM employees c
      WHERE c.search_text >= :name::text AND (c.search_text > :name OR c.id > :id::integer) AND ${employeeHasOrders}
      ORDER BY c.search_text, c.id LIMIT :rows`),
    down: sql(`SELECT c.id, c.search_text FROM employees c
      WHERE c.search_text <= :name::text AND (c.search_text < :name OR c.id < :id::integer) AND ${employeeHasOrders}
      ORDER BY c.search_text DESC, c.id DESC LIMIT :rows`),
  },
  shipper: {
    up: sql(`SELECT c.id, c.search_text FROM shippers c
      WHERE c.search_text >= :name::text AND (c.search_text > :name OR c.id > :id::integer) AND ${shipperHasOrders}
      ORDER BY c.search_text, c.id LIMIT :rows`),
    down: sql(`SELECT c.id, c.search_text FROM shippers c
      WHERE c.search_text <= :name::text AND (c.search_text < :name OR c.id < :id::integer) AND ${shipperHasOrders}
      ORDER BY c.search_text DESC, c.id DESC LIMIT :rows`),
  },
};

/** The names by which contacts are sorted. */
export const namesOfContacts = {
  customer: sql(`SELECT id, search_text FROM customers WHERE id IN (:ids...)`),
  employee: sql(`SELECT id, search_text FROM employees WHERE id IN (:ids...)`),
  shipper: sql(`SELECT id, search_text FROM shippers WHERE id IN (:ids...)`),
};

/** The next city or country of any order. */
export const nextPlace = {
  ship_city: {
    up: sql({
      mariadb: `SELECT o.ship_city_key AS place FROM orders o FORCE INDEX (orders_by_city)
        WHERE o.ship_city_key > :place::text ORDER BY o.ship_city_key LIMIT 1`,
      sqlite: `SELECT o.ship_city_key AS place FROM orders o INDEXED BY orders_by_city
        WHERE o.ship_city_key > :place::text ORDER BY o.ship_city_key LIMIT 1`,
    }),
    down: sql({
      mariadb: `SELECT o.ship_city_key AS place FROM orders o FORCE INDEX (orders_by_city)
        WHERE o.ship_city_key < :place::text ORDER BY o.ship_city_key DESC LIMIT 1`,
      sqlite: `SELECT o.ship_city_key AS place FROM orders o INDEXED BY orders_by_city
        WHERE o.ship_city_key < :place::text ORDER BY o.ship_city_key DESC LIMIT 1`,
    }),
  },
  ship_country_region: {
    up: sql({
      mariadb: `SELECT o.ship_country_key AS place FROM orders o FORCE INDEX (orders_by_country)
        WHERE o.ship_country_key > :place::text ORDER BY o.ship_country_key LIMIT 1`,
      sqlite: `SELECT o.ship_country_key AS place FROM orders o INDEXED BY orders_by_country
        WHERE o.ship_country_key > :place::text ORDER BY o.ship_country_key LIMIT 1`,
    }),
    down: sql({
      mariadb: `SELECT o.ship_country_key AS place FROM orders o FORCE INDEX (orders_by_country)
        WHERE o.ship_country_key < :place::text ORDER BY o.ship_country_key DESC LIMIT 1`,
      sqlite: `SELECT o.ship_country_key AS place FROM orders o INDEXED BY orders_by_country
        WHERE o.ship_country_key < :place::text ORDER BY o.ship_country_key DESC LIMIT 1`,
    }),
  },
};
