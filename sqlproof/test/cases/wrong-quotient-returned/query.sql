DELETE FROM books WHERE id = :id RETURNING price / reads_total AS each_read
