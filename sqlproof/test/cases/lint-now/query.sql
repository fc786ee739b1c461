SELECT id FROM books WHERE added_at < NOW()
