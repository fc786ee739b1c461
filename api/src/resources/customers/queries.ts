import { sql } from "northwind-schema/sql";
import { contactAssignments, contactColumns, contactValues } from "../contact-columns.ts";
import { nextById, nextByName, previousById, previousByName } from "../page-conditions.ts";

export const customerQueries = {
  byIds: sql(`SELECT ${contactColumns} FROM customers WHERE id IN (:ids...)`),
  pages: {
    id: sql(`SELECT id, search_text FROM customers WHERE ${nextById}`),
    "-id": sql(`SELECT id, search_text FROM customers WHERE ${previousById}`),
    name: sql(`SELECT id, search_text FROM customers WHERE ${nextByName}`),
    "-name": sql(`SELECT id, search_text FROM customers WHERE ${previousByName}`),
  },
  lock: sql(`SELECT id FROM customers WHERE id = :id FOR UPDATE`),
  insert: sql(`INSERT INTO customers ${contactValues} RETURNING id`),
  update: sql(`UPDATE customers SET ${contactAssignments} WHERE id = :id AND version = :version`),
  delete: sql(`DELETE FROM customers WHERE id = :id AND version = :version`),
};

/** How many rows refer to a customer. */
export const customerReferences = sql(`
  SELECT (SELECT COUNT(*) FROM orders WHERE customer_id = :id) AS orders
`);
