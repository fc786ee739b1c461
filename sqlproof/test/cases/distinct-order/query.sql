SELECT DISTINCT b.id AS book, b.price * 2 AS twice, lent FROM books b ORDER BY b.added_at, b.price * 2, twice, book
