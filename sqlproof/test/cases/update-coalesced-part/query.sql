UPDATE books SET reads_total = reads_total - COALESCE((SELECT SUM(s.id) FROM shelves AS s WHERE s.id = books.id), 0) WHERE id = :id
