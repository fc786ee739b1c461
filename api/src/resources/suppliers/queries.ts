import { sql } from "northwind-schema/sql";

export const supplierQueries = {
  byIds: sql(`
    SELECT id, company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes, version
    FROM suppliers WHERE id IN (:ids...)
  `),
  pageById: sql(`
    SELECT id, search_text FROM suppliers
    WHERE id > :id AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY id LIMIT :rows
  `),
  pageByName: sql(`
    SELECT id, search_text FROM suppliers
    WHERE search_text >= :name::text AND (search_text > :name OR id > :id)
      AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY search_text, id LIMIT :rows
  `),
  lock: sql(`SELECT id FROM suppliers WHERE id = :id FOR UPDATE`),
  insert: sql(`
    INSERT INTO suppliers (company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes)
    VALUES (:company, :last_name, :first_name, :email_address, :job_title, :business_phone, :home_phone, :mobile_phone,
      :fax_number, :address, :city, :state_province, :zip_postal_code, :country_region, :web_page, :notes)
    RETURNING id
  `),
  update: sql(`
    UPDATE suppliers SET company = :company, last_name = :last_name, first_name = :first_name, email_address = :email_address,
      job_title = :job_title, business_phone = :business_phone, home_phone = :home_phone,
      mobile_phone = :mobile_phone, fax_number = :fax_number, address = :address, city = :city,
      state_province = :state_province, zip_postal_code = :zip_postal_code, country_region = :country_region,
      web_page = :web_page, notes = :notes, version = version + 1
    WHERE id = :id AND version = :version
  `),
  delete: sql(`DELETE FROM suppliers WHERE id = :id AND version = :version`),
};

/** What would lose its supplier. */
export const supplierReferences = sql(`
  SELECT (SELECT COUNT(*) FROM purchase_orders WHERE supplier_id = :id) AS purchase_orders
`);

/** Products name their suppliers in a text, "2;6"; there are few products, so this reads them all. */
export const productSuppliers = sql(`SELECT id, supplier_ids FROM products WHERE supplier_ids IS NOT NULL`);
