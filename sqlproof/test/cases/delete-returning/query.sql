DELETE FROM books WHERE id = :id RETURNING id, price, lent
