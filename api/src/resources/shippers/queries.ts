import { sql } from "northwind-schema/sql";
import { contactAssignments, contactColumns, contactValues } from "../contact-columns.ts";
import { nextById, nextByName, previousById, previousByName } from "../page-conditions.ts";

export const shipperQueries = {
  byIds: sql(`SELECT ${contactColumns} FROM shippers WHERE id IN (:ids...)`),
  pages: {
    id: sql(`SELECT id, search_text FROM shippers WHERE ${nextById}`),
    "-id": sql(`SELECT id, search_text FROM shippers WHERE ${previousById}`),
    name: sql(`SELECT id, search_text FROM shippers WHERE ${nextByName}`),
    "-name": sql(`SELECT id, search_text FROM shippers WHERE ${previousByName}`),
  },
  lock: sql(`SELECT ${contactColumns} FROM shippers WHERE id = :id FOR UPDATE`),
  insert: sql(`INSERT INTO shippers ${contactValues} RETURNING id`),
  update: sql(`UPDATE shippers SET ${contactAssignments} WHERE id = :id AND version = :version`),
  delete: sql(`DELETE FROM shippers WHERE id = :id AND version = :version`),
};

/** How many rows refer to a shipper. */
export const shipperReferences = sql(`
  SELECT (SELECT COUNT(*) FROM orders WHERE shipper_id = :id) AS orders,
    (SELECT COUNT(*) FROM shipments WHERE shipper_id = :id) AS shipments
`);
