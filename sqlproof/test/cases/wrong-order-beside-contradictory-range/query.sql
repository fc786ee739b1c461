SELECT id, added_at FROM books WHERE (added_at >= :from AND added_at < :before) OR id = :id ORDER BY added_at DESC, id DESC LIMIT :rows
