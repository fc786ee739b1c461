SELECT id, isbn, author_id, price, deposit, weight, lent, added_at, cover, reads_total FROM books WHERE id = :id
