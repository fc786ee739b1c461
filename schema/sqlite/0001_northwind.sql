-- The Northwind schema for SQLite: the same 20 tables and columns as on MariaDB. STRICT refuses values of another type;
-- the CHECKs refuse what MariaDB's column types refuse: too long texts, too large numbers, dates that do not exist.
-- A decimal is an INTEGER of ten-thousandths, a datetime is 'YYYY-MM-DD HH:MM:SS', a boolean is 0 or 1.
-- Columns stand here in the shape that MariaDB reaches by step 0003, because SQLite cannot change a column's type
-- or add a stored generated column later.

CREATE TABLE privileges (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  privilege_name TEXT CHECK (LENGTH(privilege_name) <= 50)
) STRICT;

CREATE TABLE employees (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  company TEXT CHECK (LENGTH(company) <= 50),
  last_name TEXT CHECK (LENGTH(last_name) <= 50),
  first_name TEXT CHECK (LENGTH(first_name) <= 50),
  email_address TEXT CHECK (LENGTH(email_address) <= 50),
  job_title TEXT CHECK (LENGTH(job_title) <= 50),
  business_phone TEXT CHECK (LENGTH(business_phone) <= 25),
  home_phone TEXT CHECK (LENGTH(home_phone) <= 25),
  mobile_phone TEXT CHECK (LENGTH(mobile_phone) <= 25),
  fax_number TEXT CHECK (LENGTH(fax_number) <= 25),
  address TEXT,
  city TEXT CHECK (LENGTH(city) <= 50),
  state_province TEXT CHECK (LENGTH(state_province) <= 50),
  zip_postal_code TEXT CHECK (LENGTH(zip_postal_code) <= 15),
  country_region TEXT CHECK (LENGTH(country_region) <= 50),
  web_page TEXT,
  notes TEXT,
  attachments BLOB,
  search_text TEXT GENERATED ALWAYS AS (
    -- fold(first_name, last_name, job_title, city, email_address)

CASE WHEN (COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(job_title, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~]*' THEN LOWER((COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(job_title, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))) WHEN (COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(job_title, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~ß-ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(job_title, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'æ', 'ae'), 'ç', 'c'), 'ð', 'd'), 'è', 'e'),
'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ñ', 'n'), 'ò', 'o'), 'ó', 'o'),
'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ß', 'ss'), 'þ', 'th'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'),
'ý', 'y'),
'ÿ', 'y') WHEN (COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(job_title, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(job_title, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'),
'ä', 'a'), 'å', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'æ', 'ae'), 'Ç', 'c'), 'ç', 'c'), 'Ð', 'd'), 'ð', 'd'), 'È', 'e'),
'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'),
'Ï', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'Ñ', 'n'), 'ñ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'),
'Õ', 'o'), 'Ö', 'o'), 'Ø', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'º', 'o'),
'ß', 'ss'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'),
'ü', 'u'), 'Ý', 'y'), 'ý', 'y'), 'ÿ', 'y'), '´', ''''), ' ', ' ') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(job_title, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'), 'Ǎ', 'a'),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'), 'ǎ', 'a'),
'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'), 'Č', 'c'),
'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'), 'đ', 'd'),
'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'), 'Ě', 'e'),
'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'), 'ě', 'e'),
'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'), 'ģ', 'g'),
'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'), 'Ĩ', 'i'),
'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ĩ', 'i'),
'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'), 'Ķ', 'k'),
'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'), 'ĺ', 'l'),
'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'), 'ñ', 'n'),
'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'),
'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'),
'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'), 'œ', 'oe'),
'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'), 'Š', 's'),
'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'), 'Ţ', 't'),
'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'),
'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'), 'Ǔ', 'u'),
'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'), 'ų', 'u'),
'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'), 'Ý', 'y'),
'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'), 'Ž', 'z'),
'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'), '„', '"'),
'‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''), '̃', ''),
'̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED
) STRICT;

CREATE TABLE customers (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  company TEXT CHECK (LENGTH(company) <= 50),
  last_name TEXT CHECK (LENGTH(last_name) <= 50),
  first_name TEXT CHECK (LENGTH(first_name) <= 50),
  email_address TEXT CHECK (LENGTH(email_address) <= 50),
  job_title TEXT CHECK (LENGTH(job_title) <= 50),
  business_phone TEXT CHECK (LENGTH(business_phone) <= 25),
  home_phone TEXT CHECK (LENGTH(home_phone) <= 25),
  mobile_phone TEXT CHECK (LENGTH(mobile_phone) <= 25),
  fax_number TEXT CHECK (LENGTH(fax_number) <= 25),
  address TEXT,
  city TEXT CHECK (LENGTH(city) <= 50),
  state_province TEXT CHECK (LENGTH(state_province) <= 50),
  zip_postal_code TEXT CHECK (LENGTH(zip_postal_code) <= 15),
  country_region TEXT CHECK (LENGTH(country_region) <= 50),
  web_page TEXT,
  notes TEXT,
  attachments BLOB,
  search_text TEXT GENERATED ALWAYS AS (
    -- fold(company, first_name, last_name, city, email_address)

CASE WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~]*' THEN LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))) WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~ß-ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'æ', 'ae'), 'ç', 'c'), 'ð', 'd'), 'è', 'e'),
'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ñ', 'n'), 'ò', 'o'), 'ó', 'o'),
'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ß', 'ss'), 'þ', 'th'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'),
'ý', 'y'),
'ÿ', 'y') WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'),
'ä', 'a'), 'å', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'æ', 'ae'), 'Ç', 'c'), 'ç', 'c'), 'Ð', 'd'), 'ð', 'd'), 'È', 'e'),
'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'),
'Ï', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'Ñ', 'n'), 'ñ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'),
'Õ', 'o'), 'Ö', 'o'), 'Ø', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'º', 'o'),
'ß', 'ss'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'),
'ü', 'u'), 'Ý', 'y'), 'ý', 'y'), 'ÿ', 'y'), '´', ''''), ' ', ' ') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'), 'Ǎ', 'a'),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'), 'ǎ', 'a'),
'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'), 'Č', 'c'),
'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'), 'đ', 'd'),
'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'), 'Ě', 'e'),
'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'), 'ě', 'e'),
'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'), 'ģ', 'g'),
'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'), 'Ĩ', 'i'),
'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ĩ', 'i'),
'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'), 'Ķ', 'k'),
'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'), 'ĺ', 'l'),
'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'), 'ñ', 'n'),
'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'),
'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'),
'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'), 'œ', 'oe'),
'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'), 'Š', 's'),
'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'), 'Ţ', 't'),
'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'),
'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'), 'Ǔ', 'u'),
'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'), 'ų', 'u'),
'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'), 'Ý', 'y'),
'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'), 'Ž', 'z'),
'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'), '„', '"'),
'‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''), '̃', ''),
'̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED
) STRICT;

CREATE TABLE suppliers (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  company TEXT CHECK (LENGTH(company) <= 50),
  last_name TEXT CHECK (LENGTH(last_name) <= 50),
  first_name TEXT CHECK (LENGTH(first_name) <= 50),
  email_address TEXT CHECK (LENGTH(email_address) <= 50),
  job_title TEXT CHECK (LENGTH(job_title) <= 50),
  business_phone TEXT CHECK (LENGTH(business_phone) <= 25),
  home_phone TEXT CHECK (LENGTH(home_phone) <= 25),
  mobile_phone TEXT CHECK (LENGTH(mobile_phone) <= 25),
  fax_number TEXT CHECK (LENGTH(fax_number) <= 25),
  address TEXT,
  city TEXT CHECK (LENGTH(city) <= 50),
  state_province TEXT CHECK (LENGTH(state_province) <= 50),
  zip_postal_code TEXT CHECK (LENGTH(zip_postal_code) <= 15),
  country_region TEXT CHECK (LENGTH(country_region) <= 50),
  web_page TEXT,
  notes TEXT,
  attachments BLOB,
  search_text TEXT GENERATED ALWAYS AS (
    -- fold(company, first_name, last_name, city, email_address)

CASE WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~]*' THEN LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))) WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~ß-ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'æ', 'ae'), 'ç', 'c'), 'ð', 'd'), 'è', 'e'),
'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ñ', 'n'), 'ò', 'o'), 'ó', 'o'),
'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ß', 'ss'), 'þ', 'th'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'),
'ý', 'y'),
'ÿ', 'y') WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'),
'ä', 'a'), 'å', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'æ', 'ae'), 'Ç', 'c'), 'ç', 'c'), 'Ð', 'd'), 'ð', 'd'), 'È', 'e'),
'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'),
'Ï', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'Ñ', 'n'), 'ñ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'),
'Õ', 'o'), 'Ö', 'o'), 'Ø', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'º', 'o'),
'ß', 'ss'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'),
'ü', 'u'), 'Ý', 'y'), 'ý', 'y'), 'ÿ', 'y'), '´', ''''), ' ', ' ') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'), 'Ǎ', 'a'),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'), 'ǎ', 'a'),
'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'), 'Č', 'c'),
'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'), 'đ', 'd'),
'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'), 'Ě', 'e'),
'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'), 'ě', 'e'),
'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'), 'ģ', 'g'),
'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'), 'Ĩ', 'i'),
'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ĩ', 'i'),
'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'), 'Ķ', 'k'),
'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'), 'ĺ', 'l'),
'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'), 'ñ', 'n'),
'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'),
'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'),
'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'), 'œ', 'oe'),
'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'), 'Š', 's'),
'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'), 'Ţ', 't'),
'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'),
'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'), 'Ǔ', 'u'),
'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'), 'ų', 'u'),
'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'), 'Ý', 'y'),
'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'), 'Ž', 'z'),
'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'), '„', '"'),
'‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''), '̃', ''),
'̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED
) STRICT;

CREATE TABLE shippers (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  company TEXT CHECK (LENGTH(company) <= 50),
  last_name TEXT CHECK (LENGTH(last_name) <= 50),
  first_name TEXT CHECK (LENGTH(first_name) <= 50),
  email_address TEXT CHECK (LENGTH(email_address) <= 50),
  job_title TEXT CHECK (LENGTH(job_title) <= 50),
  business_phone TEXT CHECK (LENGTH(business_phone) <= 25),
  home_phone TEXT CHECK (LENGTH(home_phone) <= 25),
  mobile_phone TEXT CHECK (LENGTH(mobile_phone) <= 25),
  fax_number TEXT CHECK (LENGTH(fax_number) <= 25),
  address TEXT,
  city TEXT CHECK (LENGTH(city) <= 50),
  state_province TEXT CHECK (LENGTH(state_province) <= 50),
  zip_postal_code TEXT CHECK (LENGTH(zip_postal_code) <= 15),
  country_region TEXT CHECK (LENGTH(country_region) <= 50),
  web_page TEXT,
  notes TEXT,
  attachments BLOB,
  search_text TEXT GENERATED ALWAYS AS (
    -- fold(company, first_name, last_name, city, email_address)

CASE WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~]*' THEN LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))) WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -~ß-ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'æ', 'ae'), 'ç', 'c'), 'ð', 'd'), 'è', 'e'),
'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ñ', 'n'), 'ò', 'o'), 'ó', 'o'),
'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ß', 'ss'), 'þ', 'th'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'),
'ý', 'y'),
'ÿ', 'y') WHEN (COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, '')) NOT GLOB '*[^ -ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'),
'ä', 'a'), 'å', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'æ', 'ae'), 'Ç', 'c'), 'ç', 'c'), 'Ð', 'd'), 'ð', 'd'), 'È', 'e'),
'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'),
'Ï', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'Ñ', 'n'), 'ñ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'),
'Õ', 'o'), 'Ö', 'o'), 'Ø', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'º', 'o'),
'ß', 'ss'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'),
'ü', 'u'), 'Ý', 'y'), 'ý', 'y'), 'ÿ', 'y'), '´', ''''), ' ', ' ') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(company, '') || ' ' || COALESCE(first_name, '') || ' ' || COALESCE(last_name, '') || ' ' || COALESCE(city, '') || ' ' || COALESCE(email_address, ''))),
'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'), 'Ǎ', 'a'),
'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'), 'ǎ', 'a'),
'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'), 'Č', 'c'),
'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'), 'đ', 'd'),
'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'), 'Ě', 'e'),
'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'), 'ě', 'e'),
'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'), 'ģ', 'g'),
'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'), 'Ĩ', 'i'),
'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ĩ', 'i'),
'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'), 'Ķ', 'k'),
'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'), 'ĺ', 'l'),
'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'), 'ñ', 'n'),
'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'),
'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'),
'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'), 'œ', 'oe'),
'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'), 'Š', 's'),
'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'), 'Ţ', 't'),
'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'),
'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'), 'Ǔ', 'u'),
'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'), 'ų', 'u'),
'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'), 'Ý', 'y'),
'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'), 'Ž', 'z'),
'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'), '„', '"'),
'‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''), '̃', ''),
'̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED
) STRICT;

CREATE TABLE products (
  supplier_ids TEXT,
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  product_code TEXT CHECK (LENGTH(product_code) <= 25),
  product_name TEXT CHECK (LENGTH(product_name) <= 50),
  description TEXT,
  standard_cost INTEGER DEFAULT 0,
  list_price INTEGER NOT NULL DEFAULT 0,
  reorder_level INTEGER CHECK (reorder_level BETWEEN -2147483648 AND 2147483647),
  target_level INTEGER CHECK (target_level BETWEEN -2147483648 AND 2147483647),
  quantity_per_unit TEXT CHECK (LENGTH(quantity_per_unit) <= 50),
  discontinued INTEGER NOT NULL DEFAULT 0 CHECK (discontinued IN (0, 1)),
  minimum_reorder_quantity INTEGER CHECK (minimum_reorder_quantity BETWEEN -2147483648 AND 2147483647),
  category TEXT CHECK (LENGTH(category) <= 50),
  attachments BLOB,
  search_text TEXT GENERATED ALWAYS AS (
    -- fold(product_code, product_name, category)

CASE WHEN (COALESCE(product_code, '') || ' ' || COALESCE(product_name, '') || ' ' || COALESCE(category, '')) NOT GLOB '*[^ -~]*' THEN LOWER((COALESCE(product_code, '') || ' ' || COALESCE(product_name, '') || ' ' || COALESCE(category, ''))) WHEN (COALESCE(product_code, '') || ' ' || COALESCE(product_name, '') || ' ' || COALESCE(category, '')) NOT GLOB '*[^ -~ß-ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(product_code, '') || ' ' || COALESCE(product_name, '') || ' ' || COALESCE(category, ''))), 'à', 'a'),
'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'æ', 'ae'), 'ç', 'c'), 'ð', 'd'), 'è', 'e'), 'é', 'e'),
'ê', 'e'), 'ë', 'e'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ñ', 'n'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'),
'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ß', 'ss'), 'þ', 'th'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ý', 'y'),
'ÿ', 'y') WHEN (COALESCE(product_code, '') || ' ' || COALESCE(product_name, '') || ' ' || COALESCE(category, '')) NOT GLOB '*[^ -ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(product_code, '') || ' ' || COALESCE(product_name, '') || ' ' || COALESCE(category, ''))), 'À', 'a'),
'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'),
'å', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'æ', 'ae'), 'Ç', 'c'), 'ç', 'c'), 'Ð', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'),
'Ê', 'e'), 'Ë', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'Ñ', 'n'), 'ñ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'),
'Ö', 'o'), 'Ø', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'º', 'o'), 'ß', 'ss'),
'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'),
'Ý', 'y'), 'ý', 'y'), 'ÿ', 'y'), '´', ''''), ' ', ' ') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(product_code, '') || ' ' || COALESCE(product_name, '') || ' ' || COALESCE(category, ''))), 'À', 'a'),
'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'), 'Ǎ', 'a'), 'à', 'a'),
'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'), 'ǎ', 'a'), 'ª', 'a'),
'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'), 'Č', 'c'), 'ç', 'c'),
'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'), 'đ', 'd'), 'ð', 'd'),
'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'), 'Ě', 'e'), 'Ẽ', 'e'),
'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'), 'ě', 'e'), 'ẽ', 'e'),
'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'), 'ģ', 'g'), 'ǧ', 'g'),
'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'), 'Ĩ', 'i'), 'Ī', 'i'),
'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ĩ', 'i'), 'ī', 'i'),
'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'), 'Ķ', 'k'), 'Ǩ', 'k'),
'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'), 'ĺ', 'l'), 'ļ', 'l'),
'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'), 'ñ', 'n'), 'ń', 'n'),
'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'), 'Ø', 'o'),
'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'),
'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'), 'œ', 'oe'), 'Ŕ', 'r'),
'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'), 'Š', 's'), 'Ș', 's'),
'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'), 'Ţ', 't'), 'Ť', 't'),
'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'), 'Ú', 'u'),
'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'), 'Ǔ', 'u'), 'ù', 'u'),
'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'), 'ų', 'u'), 'ǔ', 'u'),
'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'), 'Ý', 'y'), 'Ŷ', 'y'),
'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'), 'Ž', 'z'), 'ź', 'z'),
'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'), '„', '"'), '‐', '-'),
'‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''), '̃', ''), '̄', ''),
'̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED
) STRICT;

CREATE TABLE orders_status (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -128 AND 127),
  status_name TEXT NOT NULL CHECK (LENGTH(status_name) <= 50)
) STRICT;

CREATE TABLE orders_tax_status (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -128 AND 127),
  tax_status_name TEXT NOT NULL CHECK (LENGTH(tax_status_name) <= 50)
) STRICT;

CREATE TABLE order_details_status (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647),
  status_name TEXT NOT NULL CHECK (LENGTH(status_name) <= 50)
) STRICT;

CREATE TABLE purchase_order_status (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647),
  status TEXT CHECK (LENGTH(status) <= 50)
) STRICT;

CREATE TABLE inventory_transaction_types (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -128 AND 127),
  type_name TEXT NOT NULL CHECK (LENGTH(type_name) <= 50)
) STRICT;

CREATE TABLE employee_privileges (
  employee_id INTEGER NOT NULL REFERENCES employees (id),
  privilege_id INTEGER NOT NULL REFERENCES privileges (id),
  PRIMARY KEY (employee_id, privilege_id)
) STRICT;

CREATE TABLE orders (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  employee_id INTEGER REFERENCES employees (id),
  customer_id INTEGER REFERENCES customers (id),
  order_date TEXT CHECK (order_date IS datetime(order_date)),
  shipped_date TEXT CHECK (shipped_date IS datetime(shipped_date)),
  shipper_id INTEGER REFERENCES shippers (id),
  ship_name TEXT CHECK (LENGTH(ship_name) <= 50),
  ship_address TEXT,
  ship_city TEXT CHECK (LENGTH(ship_city) <= 50),
  ship_state_province TEXT CHECK (LENGTH(ship_state_province) <= 50),
  ship_zip_postal_code TEXT CHECK (LENGTH(ship_zip_postal_code) <= 50),
  ship_country_region TEXT CHECK (LENGTH(ship_country_region) <= 50),
  shipping_fee INTEGER DEFAULT 0,
  taxes INTEGER DEFAULT 0,
  payment_type TEXT CHECK (LENGTH(payment_type) <= 50),
  paid_date TEXT CHECK (paid_date IS datetime(paid_date)),
  notes TEXT,
  tax_rate INTEGER DEFAULT 0,
  tax_status_id INTEGER REFERENCES orders_tax_status (id),
  status_id INTEGER DEFAULT 0 REFERENCES orders_status (id),
  search_text TEXT GENERATED ALWAYS AS (
    -- fold(ship_name, ship_city)

CASE WHEN (COALESCE(ship_name, '') || ' ' || COALESCE(ship_city, '')) NOT GLOB '*[^ -~]*' THEN LOWER((COALESCE(ship_name, '') || ' ' || COALESCE(ship_city, ''))) WHEN (COALESCE(ship_name, '') || ' ' || COALESCE(ship_city, '')) NOT GLOB '*[^ -~ß-ÿ]*' THEN REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(LOWER((COALESCE(ship_name, '') || ' ' || COALESCE(ship_city, ''))), 'à', 'a'), 'á', 'a'),
'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'æ', 'ae'), 'ç', 'c'), 'ð', 'd'), 'è', 'e'), 'é', 'e'), 'ê', 'e'),
'ë', 'e'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ñ', 'n'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'),
'ö', 'o'), 'ø', 'o'), 'ß', 'ss'), 'þ', 'th'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ý', 'y'),
'ÿ', 'y') WHEN (COALESCE(ship_name, '') || ' ' || COALESCE(ship_city, '')) NOT GLOB '*[^ -ÿ]*' THEN REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
LOWER((COALESCE(ship_name, '') || ' ' || COALESCE(ship_city, ''))), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'),
'Ä', 'a'), 'Å', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ª', 'a'), 'Æ', 'ae'),
'æ', 'ae'), 'Ç', 'c'), 'ç', 'c'), 'Ð', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'è', 'e'),
'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'),
'ï', 'i'), 'Ñ', 'n'), 'ñ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'), 'Ø', 'o'), 'ò', 'o'),
'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'º', 'o'), 'ß', 'ss'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'),
'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'Ý', 'y'), 'ý', 'y'), 'ÿ', 'y'),
'´', ''''), ' ', ' ') ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(LOWER((COALESCE(ship_name, '') || ' ' || COALESCE(ship_city, ''))), 'À', 'a'), 'Á', 'a'), 'Â', 'a'),
'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'), 'Ǎ', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'),
'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'), 'ǎ', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'),
'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'), 'Č', 'c'), 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'),
'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'), 'đ', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'),
'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'), 'Ě', 'e'), 'Ẽ', 'e'), 'è', 'e'), 'é', 'e'),
'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'), 'ě', 'e'), 'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'),
'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'), 'ģ', 'g'), 'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'),
'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'), 'Ĩ', 'i'), 'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'),
'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'),
'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'), 'Ķ', 'k'), 'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'),
'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'), 'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'),
'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'), 'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n'),
'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'), 'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'),
'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'),
'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'), 'œ', 'oe'), 'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'),
'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'), 'Š', 's'), 'Ș', 's'), 'ś', 's'), 'ŝ', 's'),
'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'), 'Ţ', 't'), 'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'),
'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'),
'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'), 'Ǔ', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'),
'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'), 'ų', 'u'), 'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'),
'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'), 'Ý', 'y'), 'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'),
'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'), 'Ž', 'z'), 'ź', 'z'), 'ż', 'z'), 'ž', 'z'),
'’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'), '„', '"'), '‐', '-'), '‑', '-'), '‒', '-'),
'–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''), '̃', ''), '̄', ''), '̆', ''), '̇', ''),
'̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED
) STRICT;

CREATE TABLE purchase_orders (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  supplier_id INTEGER REFERENCES suppliers (id),
  created_by INTEGER REFERENCES employees (id),
  submitted_date TEXT CHECK (submitted_date IS datetime(submitted_date)),
  creation_date TEXT CHECK (creation_date IS datetime(creation_date)),
  status_id INTEGER DEFAULT 0 REFERENCES purchase_order_status (id),
  expected_date TEXT CHECK (expected_date IS datetime(expected_date)),
  shipping_fee INTEGER NOT NULL DEFAULT 0,
  taxes INTEGER NOT NULL DEFAULT 0,
  payment_date TEXT CHECK (payment_date IS datetime(payment_date)),
  payment_amount INTEGER DEFAULT 0,
  payment_method TEXT CHECK (LENGTH(payment_method) <= 50),
  notes TEXT,
  approved_by INTEGER REFERENCES employees (id),
  approved_date TEXT CHECK (approved_date IS datetime(approved_date)),
  submitted_by INTEGER REFERENCES employees (id)
) STRICT;

CREATE TABLE inventory_transactions (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  transaction_type INTEGER NOT NULL REFERENCES inventory_transaction_types (id),
  transaction_created_date TEXT CHECK (transaction_created_date IS datetime(transaction_created_date)),
  transaction_modified_date TEXT CHECK (transaction_modified_date IS datetime(transaction_modified_date)),
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN -2147483648 AND 2147483647),
  purchase_order_id INTEGER REFERENCES purchase_orders (id),
  customer_order_id INTEGER REFERENCES orders (id),
  comments TEXT CHECK (LENGTH(comments) <= 255)
) STRICT;

CREATE TABLE order_details (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER REFERENCES products (id),
  quantity INTEGER NOT NULL DEFAULT 0,
  unit_price INTEGER DEFAULT 0,
  discount INTEGER NOT NULL DEFAULT 0,
  status_id INTEGER REFERENCES order_details_status (id),
  date_allocated TEXT CHECK (date_allocated IS datetime(date_allocated)),
  purchase_order_id INTEGER REFERENCES purchase_orders (id),
  inventory_id INTEGER REFERENCES inventory_transactions (id)
) STRICT;

CREATE TABLE invoices (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  order_id INTEGER REFERENCES orders (id),
  invoice_date TEXT CHECK (invoice_date IS datetime(invoice_date)),
  due_date TEXT CHECK (due_date IS datetime(due_date)),
  tax INTEGER DEFAULT 0,
  shipping INTEGER DEFAULT 0,
  amount_due INTEGER DEFAULT 0
) STRICT;

CREATE TABLE purchase_order_details (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  purchase_order_id INTEGER NOT NULL REFERENCES purchase_orders (id),
  product_id INTEGER REFERENCES products (id),
  quantity INTEGER NOT NULL,
  unit_cost INTEGER NOT NULL,
  date_received TEXT CHECK (date_received IS datetime(date_received)),
  posted_to_inventory INTEGER NOT NULL DEFAULT 0 CHECK (posted_to_inventory IN (0, 1)),
  inventory_id INTEGER REFERENCES inventory_transactions (id)
) STRICT;

CREATE TABLE sales_reports (
  group_by TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(group_by) <= 50),
  display TEXT CHECK (LENGTH(display) <= 50),
  title TEXT CHECK (LENGTH(title) <= 50),
  filter_row_source TEXT,
  "default" INTEGER NOT NULL DEFAULT 0 CHECK ("default" IN (0, 1))
) STRICT;

CREATE TABLE strings (
  string_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (string_id BETWEEN -2147483648 AND 2147483647),
  string_data TEXT CHECK (LENGTH(string_data) <= 255)
) STRICT;
