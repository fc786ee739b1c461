import { sql } from "northwind-schema/sql";
import { contactAssignments, contactColumns } from "../contact-columns.ts";
import { nextById, nextByName, previousById, previousByName } from "../page-conditions.ts";

export const customerQueries = {
  byIds: sql(`
    SELECT ${contactColumns}, vat_id, tax_treatment, tax_exemption_reason, shipping_policy
    FROM customers WHERE id IN (:ids...)
  `),
  pages: {
    id: sql(`SELECT id, search_text FROM customers WHERE ${nextById}`),
    "-id": sql(`SELECT id, search_text FROM customers WHERE ${previousById}`),
    name: sql(`SELECT id, search_text FROM customers WHERE ${nextByName}`),
    "-name": sql(`SELECT id, search_text FROM customers WHERE ${previousByName}`),
  },
  lock: sql(`
    SELECT ${contactColumns}, vat_id, tax_treatment, tax_exemption_reason, shipping_policy
    FROM customers WHERE id = :id FOR UPDATE
  `),
  insert: sql(`
    INSERT INTO customers (company, last_name, first_name, email_address, job_title, business_phone, home_phone,
      mobile_phone, fax_number, address, city, state_province, zip_postal_code, country_region, web_page, notes,
      vat_id, tax_treatment, tax_exemption_reason, shipping_policy, search_text)
    VALUES (:company, :last_name, :first_name, :email_address, :job_title, :business_phone, :home_phone,
      :mobile_phone, :fax_number, :address, :city, :state_province, :zip_postal_code, :country_region, :web_page,
      :notes, :vat_id, :tax_treatment, :tax_exemption_reason, :shipping_policy, :search_text)
    RETURNING id
  `),
  update: sql(`
    UPDATE customers SET vat_id = :vat_id, tax_treatment = :tax_treatment,
      tax_exemption_reason = :tax_exemption_reason, shipping_policy = :shipping_policy, ${contactAssignments}
    WHERE id = :id AND version = :version
  `),
  delete: sql(`DELETE FROM customers WHERE id = :id AND version = :version`),
};

/** How many rows refer to a customer. */
export const customerReferences = sql(`
  SELECT (SELECT COUNT(*) FROM orders WHERE customer_id = :id) AS orders
`);
