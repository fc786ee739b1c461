import { sql } from "northwind-schema/sql";
import { nextById, nextByName, previousById, previousByName } from "../page-conditions.ts";

const productColumns = `id, product_code, product_name, description, supplier_ids, standard_cost, list_price,
  reorder_level, target_level, quantity_per_unit, discontinued, minimum_reorder_quantity, category, tax_class, stocked,
  sold_in_fractions, location, version`;

export const productsByIds = sql(`SELECT ${productColumns} FROM products WHERE id IN (:ids...)`);

export const productPages = {
  id: sql(`SELECT id, search_text FROM products WHERE ${nextById}`),
  "-id": sql(`SELECT id, search_text FROM products WHERE ${previousById}`),
  name: sql(`SELECT id, search_text FROM products WHERE ${nextByName}`),
  "-name": sql(`SELECT id, search_text FROM products WHERE ${previousByName}`),
};

/** The same pages, with only the products that are, or are not, discontinued. */
const isWanted = `discontinued = :discontinued`;

export const productPagesByDiscontinued = {
  id: sql(`SELECT id, search_text FROM products WHERE ${isWanted} AND ${nextById}`),
  "-id": sql(`SELECT id, search_text FROM products WHERE ${isWanted} AND ${previousById}`),
  name: sql(`SELECT id, search_text FROM products WHERE ${isWanted} AND ${nextByName}`),
  "-name": sql(`SELECT id, search_text FROM products WHERE ${isWanted} AND ${previousByName}`),
};

export const lockProduct = sql(`SELECT ${productColumns} FROM products WHERE id = :id FOR UPDATE`);

export const insertProduct = sql(`
  INSERT INTO products (product_code, product_name, description, supplier_ids, standard_cost, list_price,
    reorder_level, target_level, quantity_per_unit, discontinued, minimum_reorder_quantity, category, tax_class, stocked,
    sold_in_fractions, location, search_text)
  VALUES (:product_code, :product_name, :description, :supplier_ids, :standard_cost, :list_price,
    :reorder_level, :target_level, :quantity_per_unit, :discontinued, :minimum_reorder_quantity, :category,
    :tax_class, :stocked, :sold_in_fractions, :location, :search_text)
  RETURNING id
`);

export const updateProduct = sql(`
  UPDATE products SET product_code = :product_code, product_name = :product_name, description = :description,
    supplier_ids = :supplier_ids, standard_cost = :standard_cost, list_price = :list_price,
    reorder_level = :reorder_level, target_level = :target_level, quantity_per_unit = :quantity_per_unit,
    discontinued = :discontinued, minimum_reorder_quantity = :minimum_reorder_quantity, category = :category, tax_class = :tax_class,
    stocked = :stocked, sold_in_fractions = :sold_in_fractions, location = :location, search_text = :search_text, version = version + 1
  WHERE id = :id AND version = :version
`);

export const deleteProduct = sql(`DELETE FROM products WHERE id = :id AND version = :version`);

/** How many rows refer to a product. */
export const productReferences = sql(`
  SELECT
    (SELECT COUNT(*) FROM order_details WHERE product_id = :id) AS order_details,
    (SELECT COUNT(*) FROM purchase_order_details WHERE product_id = :id) AS purchase_order_details,
    (SELECT COUNT(*) FROM inventory_transactions WHERE product_id = :id) AS inventory_transactions,
    (SELECT COUNT(*) FROM stock_count_details WHERE product_id = :id) AS stock_counts
`);

/** Suppliers, locked, so that they stay until the product that names them is written. */
export const lockSuppliers = sql(`SELECT id FROM suppliers WHERE id IN (:ids...) LOCK IN SHARE MODE`);

/** One rate of a tax class, if there is such a class; locked, so that the class stays until the product is written. */
export const lockRateOfClass = sql(`
  SELECT id FROM tax_rates WHERE tax_class = :tax_class ORDER BY valid_from LIMIT 1 FOR UPDATE
`);

/** Who sells a product, the preferred supplier first. */
export const suppliersOfProduct = sql(`
  SELECT supplier_id, position, unit_cost, supplier_product_code, pack_quantity, minimum_quantity, lead_time_days
  FROM product_suppliers WHERE product_id = :product_id ORDER BY position, supplier_id
`);

export const insertSupplierOfProduct = sql(`
  INSERT INTO product_suppliers (product_id, supplier_id, position, unit_cost, supplier_product_code, pack_quantity,
    minimum_quantity, lead_time_days)
  VALUES (:product_id, :supplier_id, :position, :unit_cost, :supplier_product_code, :pack_quantity, :minimum_quantity,
    :lead_time_days)
`);

export const deleteSuppliersOfProduct = sql(`DELETE FROM product_suppliers WHERE product_id = :product_id`);

/** The suppliers of a product as other programs read them. */
export const nameSuppliersOfProduct = sql(`
  UPDATE products SET supplier_ids = :supplier_ids, version = version + 1 WHERE id = :id AND version = :version
`);
