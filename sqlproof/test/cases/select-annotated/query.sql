SELECT id FROM books WHERE COALESCE(isbn, :mark::text) = isbn AND reads_total + :more::integer > 3
