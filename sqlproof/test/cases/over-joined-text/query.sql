SELECT id, SUM(reads_total) OVER (ORDER BY id DESC) AS total, LEAD(isbn) OVER (ORDER BY id) || '-' || isbn AS next, COALESCE(LAG(isbn) OVER (ORDER BY id), '') || '.' AS last FROM books
