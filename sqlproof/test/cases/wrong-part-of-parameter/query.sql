SELECT id FROM books WHERE MONTH(added_at) = MONTH(:day)
