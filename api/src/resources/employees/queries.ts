import { sql } from "northwind-schema/sql";

export const employeeQueries = {
  byIds: sql(`
    SELECT id, company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes, version
    FROM employees WHERE id IN (:ids...)
  `),
  pageById: sql(`
    SELECT id, search_text FROM employees
    WHERE id > :id AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY id LIMIT :rows
  `),
  pageByName: sql(`
    SELECT id, search_text FROM employees
    WHERE search_text >= :name::text AND (search_text > :name OR id > :id)
      AND (:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')
    ORDER BY search_text, id LIMIT :rows
  `),
  lock: sql(`SELECT id FROM employees WHERE id = :id FOR UPDATE`),
  insert: sql(`
    INSERT INTO employees (company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone, fax_number,
      address, city, state_province, zip_postal_code, country_region, web_page, notes)
    VALUES (:company, :last_name, :first_name, :email_address, :job_title, :business_phone, :home_phone, :mobile_phone,
      :fax_number, :address, :city, :state_province, :zip_postal_code, :country_region, :web_page, :notes)
    RETURNING id
  `),
  update: sql(`
    UPDATE employees SET company = :company, last_name = :last_name, first_name = :first_name, email_address = :email_address,
      job_title = :job_title, business_phone = :business_phone, home_phone = :home_phone,
      mobile_phone = :mobile_phone, fax_number = :fax_number, address = :address, city = :city,
      state_province = :state_province, zip_postal_code = :zip_postal_code, country_region = :country_region,
      web_page = :web_page, notes = :notes, version = version + 1
    WHERE id = :id AND version = :version
  `),
  delete: sql(`DELETE FROM employees WHERE id = :id AND version = :version`),
};

/** What would lose its employee. */
export const employeeReferences = sql(`
  SELECT (SELECT COUNT(*) FROM orders WHERE employee_id = :id) AS orders,
    (SELECT COUNT(*) FROM purchase_orders WHERE created_by = :id OR approved_by = :id OR submitted_by = :id)
      AS purchase_orders,
    (SELECT COUNT(*) FROM employee_privileges WHERE employee_id = :id) AS privileges
`);
