import { sql } from "northwind-schema/sql";
import { contactAssignments, contactColumns, contactValues } from "../contact-columns.ts";
import { nextById, nextByName, previousById, previousByName } from "../page-conditions.ts";

export const employeeQueries = {
  byIds: sql(`SELECT ${contactColumns} FROM employees WHERE id IN (:ids...)`),
  pages: {
    id: sql(`SELECT id, search_text FROM employees WHERE ${nextById}`),
    "-id": sql(`SELECT id, search_text FROM employees WHERE ${previousById}`),
    name: sql(`SELECT id, search_text FROM employees WHERE ${nextByName}`),
    "-name": sql(`SELECT id, search_text FROM employees WHERE ${previousByName}`),
  },
  lock: sql(`SELECT ${contactColumns} FROM employees WHERE id = :id FOR UPDATE`),
  insert: sql(`INSERT INTO employees ${contactValues} RETURNING id`),
  update: sql(`UPDATE employees SET ${contactAssignments} WHERE id = :id AND version = :version`),
  delete: sql(`DELETE FROM employees WHERE id = :id AND version = :version`),
};

/** How many rows refer to an employee. Scans users: they are the people of one company. */
export const employeeReferences = sql(`
  SELECT (SELECT COUNT(*) FROM orders WHERE employee_id = :id) AS orders,
    (SELECT COUNT(*) FROM purchase_orders WHERE created_by = :id OR approved_by = :id OR submitted_by = :id)
      AS purchase_orders,
    (SELECT COUNT(*) FROM employee_privileges WHERE employee_id = :id) AS privileges,
    (SELECT COUNT(*) FROM users WHERE employee_id = :id) AS users
`);
