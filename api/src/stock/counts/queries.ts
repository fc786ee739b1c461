import { sql } from "northwind-schema/sql";

const columns = `id, status, reason, created_date, created_principal, approved_date, approved_principal, version`;

export const countsByIds = sql(`SELECT ${columns} FROM stock_counts WHERE id IN (:ids...)`);

export const lockCounts = sql(`SELECT ${columns} FROM stock_counts WHERE id IN (:ids...) FOR UPDATE`);

/** Pages of counts, the newest first. */
export const countPages = {
  all: sql(`SELECT ${columns} FROM stock_counts WHERE id < :before ORDER BY id DESC LIMIT :rows`),
  ofStatus: sql(`
    SELECT ${columns} FROM stock_counts WHERE status = :status AND id < :before ORDER BY id DESC LIMIT :rows
  `),
};

/** How many products counts have, and how many of them have been counted. */
export const sizesOfCounts = sql(`
  SELECT stock_count_id, COUNT(*) AS products, COUNT(counted) AS counted FROM stock_count_details
  WHERE stock_count_id IN (:ids...) GROUP BY stock_count_id
`);

/** What is on a count sheet; each says which version of its count it was read with. */
export const countDetails = sql(`
  SELECT d.product_id, p.product_code, p.product_name, p.location, d.expected, d.counted, d.counted_date,
    d.counted_principal, c.version AS count_version
  FROM stock_count_details d JOIN stock_counts c ON c.id = d.stock_count_id JOIN products p ON p.id = d.product_id
  WHERE d.stock_count_id = :id ORDER BY d.product_id
`);

/** Where all products lie whose stock is kept. Scans products: few count sheets are made in a day. */
export const locations = sql(`
  SELECT id, location FROM products WHERE stocked = TRUE AND location IS NOT NULL ORDER BY id
`);

/** The open counts that these products are on. */
export const openCountsOf = sql(`
  SELECT d.product_id, MIN(d.stock_count_id) AS stock_count_id
  FROM stock_count_details d JOIN stock_counts c ON c.id = d.stock_count_id
  WHERE d.product_id IN (:product_ids...) AND c.status = 'open' GROUP BY d.product_id
`);

/** What is on hand of products whose stock is kept. */
export const balancesOfCounted = sql(`
  SELECT s.product_id, s.on_hand, s.allocated, p.sold_in_fractions
  FROM product_stock s JOIN products p ON p.id = s.product_id WHERE s.product_id IN (:product_ids...)
`);

export const insertCount = sql(`
  INSERT INTO stock_counts (reason, created_date, created_principal) VALUES (:reason, :created_date, :created_principal)
  RETURNING ${columns}
`);

export const insertCountDetail = sql(`
  INSERT INTO stock_count_details (stock_count_id, product_id, expected)
  VALUES (:stock_count_id, :product_id, :expected)
`);

export const enterCounted = sql(`
  UPDATE stock_count_details SET expected = :expected, counted = :counted, counted_date = :counted_date,
    counted_principal = :counted_principal
  WHERE stock_count_id = :stock_count_id AND product_id = :product_id
`);

export const updateCount = sql(`
  UPDATE stock_counts SET status = :status, reason = :reason, approved_date = :approved_date,
    approved_principal = :approved_principal, version = version + 1
  WHERE id = :id AND version = :version
`);
