/*
 * Customers, employees, shippers and suppliers have the same columns: their statements are made of these fragments and
 * differ in the name of the table.
 */

const written = `company, last_name, first_name, email_address, job_title, business_phone, home_phone, mobile_phone,
  fax_number, address, city, state_province, zip_postal_code, country_region, web_page, notes`;

/** The columns of a stored contact. */
export const contactColumns = `id, ${written}, version`;

/** The columns of a new contact and their values. */
export const contactValues = `(${written}, search_text)
  VALUES (:company, :last_name, :first_name, :email_address, :job_title, :business_phone, :home_phone, :mobile_phone,
    :fax_number, :address, :city, :state_province, :zip_postal_code, :country_region, :web_page, :notes,
    :search_text)`;

/** What an update sets. */
export const contactAssignments = `company = :company, last_name = :last_name, first_name = :first_name,
  email_address = :email_address, job_title = :job_title, business_phone = :business_phone, home_phone = :home_phone,
  mobile_phone = :mobile_phone, fax_number = :fax_number, address = :address, city = :city,
  state_province = :state_province, zip_postal_code = :zip_postal_code, country_region = :country_region,
  web_page = :web_page, notes = :notes,
  search_text = :search_text, version = version + 1`;
