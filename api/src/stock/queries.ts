import { sql } from "northwind-schema/sql";

const stockColumns = `s.product_id, p.product_code, p.product_name, p.location, s.on_hand, s.allocated, s.on_order,
  s.back_ordered, p.reorder_level, p.target_level, s.to_reorder, s.low`;

/** The stock of products, with what is to be reordered. */
export const stockByProducts = sql(`
  SELECT ${stockColumns} FROM product_stock s JOIN products p ON p.id = s.product_id
  WHERE s.product_id IN (:product_ids...)
`);
