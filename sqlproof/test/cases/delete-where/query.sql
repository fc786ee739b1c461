DELETE FROM books WHERE id = :id AND price = :price
