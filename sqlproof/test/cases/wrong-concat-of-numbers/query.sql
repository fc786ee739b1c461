SELECT CONCAT(id, id) AS p FROM books ORDER BY id
