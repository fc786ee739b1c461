SELECT REPLACE(born, '-', '') AS p FROM authors ORDER BY id
