UPDATE books SET price = :price, deposit = :deposit, author_id = NULL WHERE id = :id
