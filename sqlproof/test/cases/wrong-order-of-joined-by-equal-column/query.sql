SELECT o.id, b.id AS book_id FROM books o LEFT JOIN books b ON b.price = o.price AND b.price < 5.0000 WHERE o.price = :price ORDER BY o.lent, b.reads_total, b.id, o.id
