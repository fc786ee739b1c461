import { sql } from "northwind-schema/sql";

const ofProducts = `product_stock s JOIN products p ON p.id = s.product_id`;
const next = `p.discontinued = FALSE AND s.product_id > :id ORDER BY s.product_id LIMIT :rows`;

/** A page of what is to be reordered: the indexes of the balances name it, however many other products there are. */
export const reorderPages = {
  reorder: sql(`SELECT s.product_id FROM ${ofProducts} WHERE s.low = TRUE AND ${next}`),
  target: sql(`SELECT s.product_id FROM ${ofProducts} WHERE s.to_reorder > 0 AND ${next}`),
};

const sold = `${ofProducts} JOIN product_suppliers t ON t.product_id = s.product_id WHERE t.supplier_id = :supplier_id`;

/** The same of what one supplier sells. */
export const reorderPagesOfSupplier = {
  reorder: sql(`SELECT s.product_id FROM ${sold} AND s.low = TRUE AND ${next}`),
  target: sql(`SELECT s.product_id FROM ${sold} AND s.to_reorder > 0 AND ${next}`),
};

/** What the quantities to reorder follow from. */
export const reorderRows = sql(`
  SELECT s.product_id, p.product_code, p.product_name, p.discontinued, p.stocked, p.sold_in_fractions, p.standard_cost,
    s.on_hand, s.allocated, s.on_order, s.back_ordered, p.reorder_level, p.target_level, p.minimum_reorder_quantity,
    s.to_reorder, s.low
  FROM ${ofProducts} WHERE s.product_id IN (:product_ids...) ORDER BY s.product_id
`);
