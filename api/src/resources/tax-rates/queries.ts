import { sql } from "northwind-schema/sql";
import { nextById, nextByName, previousById, previousByName } from "../page-conditions.ts";

export const taxRatesByIds = sql(`
  SELECT id, tax_class, valid_from, tax_rate, version FROM tax_rates WHERE id IN (:ids...)
`);

export const taxRatePages = {
  id: sql(`SELECT id, search_text FROM tax_rates WHERE ${nextById}`),
  "-id": sql(`SELECT id, search_text FROM tax_rates WHERE ${previousById}`),
  name: sql(`SELECT id, search_text FROM tax_rates WHERE ${nextByName}`),
  "-name": sql(`SELECT id, search_text FROM tax_rates WHERE ${previousByName}`),
};

export const lockTaxRate = sql(`
  SELECT id, tax_class, valid_from, tax_rate, version FROM tax_rates WHERE id = :id FOR UPDATE
`);

export const insertTaxRate = sql(`
  INSERT INTO tax_rates (tax_class, valid_from, tax_rate, search_text)
  VALUES (:tax_class, :valid_from, :tax_rate, :search_text)
  RETURNING id
`);

export const updateTaxRate = sql(`
  UPDATE tax_rates SET tax_class = :tax_class, valid_from = :valid_from, tax_rate = :tax_rate,
    search_text = :search_text, version = version + 1
  WHERE id = :id AND version = :version
`);

export const deleteTaxRate = sql(`DELETE FROM tax_rates WHERE id = :id AND version = :version`);

/** The rate of a tax class that begins on a day. */
export const rateFromDay = sql(`SELECT id FROM tax_rates WHERE tax_class = :tax_class AND valid_from = :valid_from`);

/** The rates of a tax class, locked: of two writers who each take away one of the last two, one waits. */
export const lockRatesOfClass = sql(`SELECT id FROM tax_rates WHERE tax_class = :tax_class ORDER BY id FOR UPDATE`);

/** One product of a tax class, as it is now: also one that was given the class after this transaction began. */
export const lockProductOfClass = sql(`
  SELECT id FROM products WHERE tax_class = :tax_class ORDER BY id LIMIT 1 FOR UPDATE
`);

/** How many products have a tax class. */
export const productsOfClass = sql(`SELECT COUNT(*) AS products FROM products WHERE tax_class = :tax_class`);
