import { sql } from "northwind-schema/sql";

/** A product with its suppliers, the preferred one first: one row with nulls if it has none. */
export const suppliersWithProduct = sql(`
  SELECT p.id AS product_id, p.version, s.supplier_id, s.position, s.unit_cost, s.supplier_product_code,
    s.pack_quantity, s.minimum_quantity, s.lead_time_days, c.company
  FROM products p
  LEFT JOIN product_suppliers s ON s.product_id = p.id
  LEFT JOIN suppliers c ON c.id = s.supplier_id
  WHERE p.id = :id ORDER BY s.position, s.supplier_id
`);
