import { sql } from "northwind-schema/sql";

export const customerQueries = {
  byIds: sql(`
    SELECT id, company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes, version
    FROM customers WHERE id IN (:ids...)
  `),
  pageById: sql(`
    SELECT id, search_text FROM customers
    WHERE id > :id AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY id LIMIT :rows
  `),
  pageByName: sql(`
    SELECT id, search_text FROM customers
    WHERE search_text >= :name::text AND (search_text > :name OR id > :id)
      AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY search_text, id LIMIT :rows
  `),
  lock: sql(`SELECT id FROM customers WHERE id = :id FOR UPDATE`),
  insert: sql(`
    INSERT INTO customers (company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes)
    VALUES (:company, :last_name, :first_name, :email_address, :job_title, :business_phone, :home_phone, :mobile_phone,
      :fax_number, :address, :city, :state_province, :zip_postal_code, :country_region, :web_page, :notes)
    RETURNING id
  `),
  update: sql(`
    UPDATE customers SET company = :company, last_name = :last_name, first_name = :first_name, email_address = :email_address,
      job_title = :job_title, business_phone = :business_phone, home_phone = :home_phone,
      mobile_phone = :mobile_phone, fax_number = :fax_number, address = :address, city = :city,
      state_province = :state_province, zip_postal_code = :zip_postal_code, country_region = :country_region,
      web_page = :web_page, notes = :notes, version = version + 1
    WHERE id = :id AND version = :version
  `),
  delete: sql(`DELETE FROM customers WHERE id = :id AND version = :version`),
};

/** What would lose its customer. */
export const customerReferences = sql(`
  SELECT (SELECT COUNT(*) FROM orders WHERE customer_id = :id) AS orders
`);
