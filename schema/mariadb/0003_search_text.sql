-- What a text search looks through, folded to lower case without diacritics (schema/fold.ts) so that both engines answer
-- alike. Generated, so that rows written by other programs are found too. Written by schema/fold-sql.ts.

ALTER TABLE customers
  ADD COLUMN IF NOT EXISTS search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin GENERATED ALWAYS AS (
    -- fold(company, first_name, last_name, city, email_address)
CASE WHEN OCTET_LENGTH(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''), ' ', COALESCE(last_name, ''),
' ', COALESCE(city, ''), ' ', COALESCE(email_address, ''))) = CHAR_LENGTH(CONCAT(COALESCE(company, ''),
' ', COALESCE(first_name, ''), ' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, ''))) THEN LOWER(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''),
' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin) ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
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
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''),
' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'),
'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'),
'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'),
'Z', 'z'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'),
'Ǎ', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'),
'ǎ', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'),
'Č', 'c'), 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'),
'đ', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'),
'Ě', 'e'), 'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'),
'ě', 'e'), 'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'),
'ģ', 'g'), 'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
'Ĩ', 'i'), 'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'),
'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'),
'Ķ', 'k'), 'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'),
'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'),
'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'),
'Ö', 'o'), 'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'),
'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'),
'œ', 'oe'), 'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'),
'Š', 's'), 'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'),
'Ţ', 't'), 'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'),
'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'),
'Ǔ', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'),
'ų', 'u'), 'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'),
'Ý', 'y'), 'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'),
'Ž', 'z'), 'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'),
'„', '"'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''),
'̃', ''), '̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED,
  ADD INDEX IF NOT EXISTS customers_search_text (search_text, id);

ALTER TABLE employees
  ADD COLUMN IF NOT EXISTS search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin GENERATED ALWAYS AS (
    -- fold(first_name, last_name, job_title, city, email_address)
CASE WHEN OCTET_LENGTH(CONCAT(COALESCE(first_name, ''), ' ', COALESCE(last_name, ''), ' ', COALESCE(job_title, ''),
' ', COALESCE(city, ''), ' ', COALESCE(email_address, ''))) = CHAR_LENGTH(CONCAT(COALESCE(first_name, ''),
' ', COALESCE(last_name, ''), ' ', COALESCE(job_title, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, ''))) THEN LOWER(CONCAT(COALESCE(first_name, ''), ' ', COALESCE(last_name, ''),
' ', COALESCE(job_title, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin) ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
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
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(COALESCE(first_name, ''), ' ', COALESCE(last_name, ''),
' ', COALESCE(job_title, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'),
'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'),
'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'),
'Z', 'z'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'),
'Ǎ', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'),
'ǎ', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'),
'Č', 'c'), 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'),
'đ', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'),
'Ě', 'e'), 'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'),
'ě', 'e'), 'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'),
'ģ', 'g'), 'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
'Ĩ', 'i'), 'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'),
'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'),
'Ķ', 'k'), 'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'),
'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'),
'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'),
'Ö', 'o'), 'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'),
'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'),
'œ', 'oe'), 'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'),
'Š', 's'), 'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'),
'Ţ', 't'), 'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'),
'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'),
'Ǔ', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'),
'ų', 'u'), 'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'),
'Ý', 'y'), 'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'),
'Ž', 'z'), 'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'),
'„', '"'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''),
'̃', ''), '̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED,
  ADD INDEX IF NOT EXISTS employees_search_text (search_text, id);

ALTER TABLE suppliers
  ADD COLUMN IF NOT EXISTS search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin GENERATED ALWAYS AS (
    -- fold(company, first_name, last_name, city, email_address)
CASE WHEN OCTET_LENGTH(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''), ' ', COALESCE(last_name, ''),
' ', COALESCE(city, ''), ' ', COALESCE(email_address, ''))) = CHAR_LENGTH(CONCAT(COALESCE(company, ''),
' ', COALESCE(first_name, ''), ' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, ''))) THEN LOWER(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''),
' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin) ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
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
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''),
' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'),
'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'),
'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'),
'Z', 'z'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'),
'Ǎ', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'),
'ǎ', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'),
'Č', 'c'), 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'),
'đ', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'),
'Ě', 'e'), 'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'),
'ě', 'e'), 'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'),
'ģ', 'g'), 'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
'Ĩ', 'i'), 'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'),
'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'),
'Ķ', 'k'), 'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'),
'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'),
'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'),
'Ö', 'o'), 'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'),
'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'),
'œ', 'oe'), 'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'),
'Š', 's'), 'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'),
'Ţ', 't'), 'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'),
'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'),
'Ǔ', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'),
'ų', 'u'), 'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'),
'Ý', 'y'), 'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'),
'Ž', 'z'), 'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'),
'„', '"'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''),
'̃', ''), '̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED,
  ADD INDEX IF NOT EXISTS suppliers_search_text (search_text, id);

ALTER TABLE shippers
  ADD COLUMN IF NOT EXISTS search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin GENERATED ALWAYS AS (
    -- fold(company, first_name, last_name, city, email_address)
CASE WHEN OCTET_LENGTH(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''), ' ', COALESCE(last_name, ''),
' ', COALESCE(city, ''), ' ', COALESCE(email_address, ''))) = CHAR_LENGTH(CONCAT(COALESCE(company, ''),
' ', COALESCE(first_name, ''), ' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, ''))) THEN LOWER(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''),
' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin) ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
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
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(COALESCE(company, ''), ' ', COALESCE(first_name, ''),
' ', COALESCE(last_name, ''), ' ', COALESCE(city, ''),
' ', COALESCE(email_address, '')) COLLATE utf8mb4_nopad_bin, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'),
'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'),
'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'),
'Z', 'z'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'),
'Ǎ', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'),
'ǎ', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'),
'Č', 'c'), 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'),
'đ', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'),
'Ě', 'e'), 'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'),
'ě', 'e'), 'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'),
'ģ', 'g'), 'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
'Ĩ', 'i'), 'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'),
'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'),
'Ķ', 'k'), 'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'),
'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'),
'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'),
'Ö', 'o'), 'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'),
'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'),
'œ', 'oe'), 'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'),
'Š', 's'), 'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'),
'Ţ', 't'), 'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'),
'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'),
'Ǔ', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'),
'ų', 'u'), 'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'),
'Ý', 'y'), 'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'),
'Ž', 'z'), 'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'),
'„', '"'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''),
'̃', ''), '̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED,
  ADD INDEX IF NOT EXISTS shippers_search_text (search_text, id);

ALTER TABLE products
  ADD COLUMN IF NOT EXISTS search_text VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin GENERATED ALWAYS AS (
    -- fold(product_code, product_name, category)
CASE WHEN OCTET_LENGTH(CONCAT(COALESCE(product_code, ''), ' ', COALESCE(product_name, ''),
' ', COALESCE(category, ''))) = CHAR_LENGTH(CONCAT(COALESCE(product_code, ''), ' ', COALESCE(product_name, ''),
' ', COALESCE(category, ''))) THEN LOWER(CONCAT(COALESCE(product_code, ''), ' ', COALESCE(product_name, ''),
' ', COALESCE(category, '')) COLLATE utf8mb4_nopad_bin) ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
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
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(COALESCE(product_code, ''), ' ', COALESCE(product_name, ''),
' ', COALESCE(category, '')) COLLATE utf8mb4_nopad_bin, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'),
'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'),
'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'),
'Z', 'z'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'),
'Ǎ', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'),
'ǎ', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'),
'Č', 'c'), 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'),
'đ', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'),
'Ě', 'e'), 'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'),
'ě', 'e'), 'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'),
'ģ', 'g'), 'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
'Ĩ', 'i'), 'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'),
'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'),
'Ķ', 'k'), 'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'),
'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'),
'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'),
'Ö', 'o'), 'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'),
'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'),
'œ', 'oe'), 'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'),
'Š', 's'), 'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'),
'Ţ', 't'), 'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'),
'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'),
'Ǔ', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'),
'ų', 'u'), 'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'),
'Ý', 'y'), 'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'),
'Ž', 'z'), 'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'),
'„', '"'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''),
'̃', ''), '̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED,
  ADD INDEX IF NOT EXISTS products_search_text (search_text, id);

ALTER TABLE orders
  ADD COLUMN IF NOT EXISTS search_text VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin GENERATED ALWAYS AS (
    -- fold(ship_name, ship_city)
CASE WHEN OCTET_LENGTH(CONCAT(COALESCE(ship_name, ''),
' ', COALESCE(ship_city, ''))) = CHAR_LENGTH(CONCAT(COALESCE(ship_name, ''),
' ', COALESCE(ship_city, ''))) THEN LOWER(CONCAT(COALESCE(ship_name, ''),
' ', COALESCE(ship_city, '')) COLLATE utf8mb4_nopad_bin) ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
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
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
REPLACE(REPLACE(REPLACE(REPLACE(CONCAT(COALESCE(ship_name, ''),
' ', COALESCE(ship_city, '')) COLLATE utf8mb4_nopad_bin, 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'),
'F', 'f'), 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l'), 'M', 'm'), 'N', 'n'), 'O', 'o'),
'P', 'p'), 'Q', 'q'), 'R', 'r'), 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x'), 'Y', 'y'),
'Z', 'z'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a'), 'Ä', 'a'), 'Å', 'a'), 'Ā', 'a'), 'Ă', 'a'), 'Ą', 'a'),
'Ǎ', 'a'), 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'ā', 'a'), 'ă', 'a'), 'ą', 'a'),
'ǎ', 'a'), 'ª', 'a'), 'Æ', 'ae'), 'Ǽ', 'ae'), 'æ', 'ae'), 'ǽ', 'ae'), 'Ç', 'c'), 'Ć', 'c'), 'Ĉ', 'c'), 'Ċ', 'c'),
'Č', 'c'), 'ç', 'c'), 'ć', 'c'), 'ĉ', 'c'), 'ċ', 'c'), 'č', 'c'), 'Ď', 'd'), 'Đ', 'd'), 'Ð', 'd'), 'ď', 'd'),
'đ', 'd'), 'ð', 'd'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'Ē', 'e'), 'Ĕ', 'e'), 'Ė', 'e'), 'Ę', 'e'),
'Ě', 'e'), 'Ẽ', 'e'), 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'ē', 'e'), 'ĕ', 'e'), 'ė', 'e'), 'ę', 'e'),
'ě', 'e'), 'ẽ', 'e'), 'Ĝ', 'g'), 'Ğ', 'g'), 'Ġ', 'g'), 'Ģ', 'g'), 'Ǧ', 'g'), 'ĝ', 'g'), 'ğ', 'g'), 'ġ', 'g'),
'ģ', 'g'), 'ǧ', 'g'), 'Ĥ', 'h'), 'Ħ', 'h'), 'ĥ', 'h'), 'ħ', 'h'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
'Ĩ', 'i'), 'Ī', 'i'), 'Ĭ', 'i'), 'Į', 'i'), 'İ', 'i'), 'Ǐ', 'i'), 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'),
'ĩ', 'i'), 'ī', 'i'), 'ĭ', 'i'), 'į', 'i'), 'ı', 'i'), 'ǐ', 'i'), 'Ĳ', 'ij'), 'ĳ', 'ij'), 'Ĵ', 'j'), 'ĵ', 'j'),
'Ķ', 'k'), 'Ǩ', 'k'), 'ķ', 'k'), 'ǩ', 'k'), 'ĸ', 'k'), 'Ĺ', 'l'), 'Ļ', 'l'), 'Ľ', 'l'), 'Ŀ', 'l'), 'Ł', 'l'),
'ĺ', 'l'), 'ļ', 'l'), 'ľ', 'l'), 'ŀ', 'l'), 'ł', 'l'), 'Ñ', 'n'), 'Ń', 'n'), 'Ņ', 'n'), 'Ň', 'n'), 'Ŋ', 'n'),
'ñ', 'n'), 'ń', 'n'), 'ņ', 'n'), 'ň', 'n'), 'ŋ', 'n'), 'ŉ', 'n'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'),
'Ö', 'o'), 'Ø', 'o'), 'Ō', 'o'), 'Ŏ', 'o'), 'Ő', 'o'), 'Ǒ', 'o'), 'Ǿ', 'o'), 'ò', 'o'), 'ó', 'o'), 'ô', 'o'),
'õ', 'o'), 'ö', 'o'), 'ø', 'o'), 'ō', 'o'), 'ŏ', 'o'), 'ő', 'o'), 'ǒ', 'o'), 'ǿ', 'o'), 'º', 'o'), 'Œ', 'oe'),
'œ', 'oe'), 'Ŕ', 'r'), 'Ŗ', 'r'), 'Ř', 'r'), 'ŕ', 'r'), 'ŗ', 'r'), 'ř', 'r'), 'Ś', 's'), 'Ŝ', 's'), 'Ş', 's'),
'Š', 's'), 'Ș', 's'), 'ś', 's'), 'ŝ', 's'), 'ş', 's'), 'š', 's'), 'ș', 's'), 'ſ', 's'), 'ß', 'ss'), 'ẞ', 'ss'),
'Ţ', 't'), 'Ť', 't'), 'Ŧ', 't'), 'Ț', 't'), 'ţ', 't'), 'ť', 't'), 'ŧ', 't'), 'ț', 't'), 'Þ', 'th'), 'þ', 'th'),
'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'), 'Ũ', 'u'), 'Ū', 'u'), 'Ŭ', 'u'), 'Ů', 'u'), 'Ű', 'u'), 'Ų', 'u'),
'Ǔ', 'u'), 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'ũ', 'u'), 'ū', 'u'), 'ŭ', 'u'), 'ů', 'u'), 'ű', 'u'),
'ų', 'u'), 'ǔ', 'u'), 'Ŵ', 'w'), 'Ẁ', 'w'), 'Ẃ', 'w'), 'Ẅ', 'w'), 'ŵ', 'w'), 'ẁ', 'w'), 'ẃ', 'w'), 'ẅ', 'w'),
'Ý', 'y'), 'Ŷ', 'y'), 'Ÿ', 'y'), 'Ỳ', 'y'), 'ý', 'y'), 'ŷ', 'y'), 'ÿ', 'y'), 'ỳ', 'y'), 'Ź', 'z'), 'Ż', 'z'),
'Ž', 'z'), 'ź', 'z'), 'ż', 'z'), 'ž', 'z'), '’', ''''), '‘', ''''), 'ʼ', ''''), '´', ''''), '“', '"'), '”', '"'),
'„', '"'), '‐', '-'), '‑', '-'), '‒', '-'), '–', '-'), '—', '-'), ' ', ' '), ' ', ' '), '̀', ''), '́', ''), '̂', ''),
'̃', ''), '̄', ''), '̆', ''), '̇', ''), '̈', ''), '̊', ''), '̋', ''), '̌', ''), '̦', ''), '̧', ''), '̨', '') END
    -- end of fold
  ) STORED;
