SELECT id FROM books WHERE CASE WHEN lent THEN title ELSE isbn END = :wanted::text
