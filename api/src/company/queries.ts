import { sql } from "northwind-schema/sql";

const companyColumns = `id, name, address, city, state_province, zip_postal_code, country_region, vat_id, iban, bic,
  currency, time_zone, language, working_days, invoice_prefix, credit_note_prefix, purchase_order_prefix, payment_days,
  terms, shipping_policy, invoicing_policy, over_receipt_tolerance, confirmed, version`;

/** The company: the one row of its table. */
export const companyRow = sql(`SELECT ${companyColumns} FROM company WHERE id = 1`);

/** The currency alone, for a report in a thread of its own, which holds no company. */
export const companyCurrency = sql(`SELECT currency FROM company WHERE id = 1`);

/** The same, locked: whoever changes the currency waits until the first order is there, or the other way round. */
export const lockCurrency = sql(`SELECT currency FROM company WHERE id = 1 FOR UPDATE`);

export const companyVersion = sql(`SELECT version FROM company WHERE id = 1`);

export const lockCompany = sql(`SELECT ${companyColumns} FROM company WHERE id = 1 FOR UPDATE`);

export const updateCompany = sql(`
  UPDATE company SET name = :name, address = :address, city = :city, state_province = :state_province,
    zip_postal_code = :zip_postal_code, country_region = :country_region, vat_id = :vat_id, iban = :iban, bic = :bic,
    currency = :currency, time_zone = :time_zone, language = :language, working_days = :working_days,
    invoice_prefix = :invoice_prefix, credit_note_prefix = :credit_note_prefix,
    purchase_order_prefix = :purchase_order_prefix, payment_days = :payment_days, terms = :terms,
    shipping_policy = :shipping_policy, invoicing_policy = :invoicing_policy,
    over_receipt_tolerance = :over_receipt_tolerance, confirmed = :confirmed, version = version + 1
  WHERE id = :id AND version = :version
`);

/** One order, if there is any. */
export const anyOrder = sql(`SELECT id FROM orders ORDER BY id LIMIT 1`);
