SELECT id FROM books WHERE id IN (:ids...) AND isbn NOT IN (:isbns...)
