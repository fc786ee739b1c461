SELECT id FROM books ORDER BY CASE :sort WHEN 'price' THEN price WHEN 'isbn' THEN isbn END
