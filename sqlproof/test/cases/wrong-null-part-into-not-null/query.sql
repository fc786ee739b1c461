UPDATE books SET reads_total = reads_total - (SELECT SUM(s.id) FROM shelves AS s WHERE s.id = books.id) WHERE id = :id
