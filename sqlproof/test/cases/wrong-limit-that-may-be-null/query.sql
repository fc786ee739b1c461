SELECT id FROM books WHERE :rows IS NULL OR price > 1 ORDER BY id LIMIT :rows
