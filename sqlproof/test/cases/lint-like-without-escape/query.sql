SELECT id FROM books WHERE isbn LIKE :pattern OR (isbn LIKE '%\_' AND id = 1)
