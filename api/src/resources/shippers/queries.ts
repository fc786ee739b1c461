import { sql } from "northwind-schema/sql";

export const shipperQueries = {
  byIds: sql(`
    SELECT id, company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes, version
    FROM shippers WHERE id IN (:ids...)
  `),
  pageById: sql(`
    SELECT id, search_text FROM shippers
    WHERE id > :id AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY id LIMIT :rows
  `),
  pageByName: sql(`
    SELECT id, search_text FROM shippers
    WHERE search_text >= :name::text AND (search_text > :name OR id > :id)
      AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY search_text, id LIMIT :rows
  `),
  lock: sql(`SELECT id FROM shippers WHERE id = :id FOR UPDATE`),
  insert: sql(`
    INSERT INTO shippers (company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes)
    VALUES (:company, :last_name, :first_name, :email_address, :job_title, :business_phone, :home_phone, :mobile_phone,
      :fax_number, :address, :city, :state_province, :zip_postal_code, :country_region, :web_page, :notes)
    RETURNING id
  `),
  update: sql(`
    UPDATE shippers SET company = :company, last_name = :last_name, first_name = :first_name, email_address = :email_address,
      job_title = :job_title, business_phone = :business_phone, home_phone = :home_phone,
      mobile_phone = :mobile_phone, fax_number = :fax_number, address = :address, city = :city,
      state_province = :state_province, zip_postal_code = :zip_postal_code, country_region = :country_region,
      web_page = :web_page, notes = :notes, version = version + 1
    WHERE id = :id AND version = :version
  `),
  delete: sql(`DELETE FROM shippers WHERE id = :id AND version = :version`),
};

/** What would lose its shipper. */
export const shipperReferences = sql(`
  SELECT (SELECT COUNT(*) FROM orders WHERE shipper_id = :id) AS orders
`);
