SELECT id, price AS isbn, MAX(added_at) OVER (ORDER BY isbn, id) AS latest FROM books
