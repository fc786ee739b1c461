SELECT id, added_at FROM books WHERE added_at >= :from OR id = :id ORDER BY added_at DESC, id DESC LIMIT :rows
