SELECT id FROM books WHERE isbn LIKE :p AND (isbn LIKE '%a' || :q OR isbn LIKE '_b%' OR isbn LIKE 'c%' OR TRIM(isbn) LIKE :p)
