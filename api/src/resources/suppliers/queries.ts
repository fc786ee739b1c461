import { sql } from "northwind-schema/sql";
import { contactAssignments, contactColumns, contactValues } from "../contact-columns.ts";
import { nextById, nextByName, previousById, previousByName } from "../page-conditions.ts";

export const supplierQueries = {
  byIds: sql(`SELECT ${contactColumns} FROM suppliers WHERE id IN (:ids...)`),
  pages: {
    id: sql(`SELECT id, search_text FROM suppliers WHERE ${nextById}`),
    "-id": sql(`SELECT id, search_text FROM suppliers WHERE ${previousById}`),
    name: sql(`SELECT id, search_text FROM suppliers WHERE ${nextByName}`),
    "-name": sql(`SELECT id, search_text FROM suppliers WHERE ${previousByName}`),
  },
  lock: sql(`SELECT ${contactColumns} FROM suppliers WHERE id = :id FOR UPDATE`),
  insert: sql(`INSERT INTO suppliers ${contactValues} RETURNING id`),
  update: sql(`UPDATE suppliers SET ${contactAssignments} WHERE id = :id AND version = :version`),
  delete: sql(`DELETE FROM suppliers WHERE id = :id AND version = :version`),
};

/** How many rows refer to a supplier. */
export const supplierReferences = sql(`
  SELECT (SELECT COUNT(*) FROM purchase_orders WHERE supplier_id = :id) AS purchase_orders
`);

/** Products name their suppliers in a text, "2;6"; there are few products, so this reads them all. */
export const productSuppliers = sql(`SELECT id, supplier_ids FROM products WHERE supplier_ids IS NOT NULL`);
