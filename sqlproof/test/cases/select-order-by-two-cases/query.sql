SELECT id FROM books ORDER BY CASE :sort WHEN 'price' THEN price END, CASE :sort WHEN 'isbn' THEN isbn END
