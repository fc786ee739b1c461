SELECT id FROM books WHERE (added_at, id) < (:added_at, :id) ORDER BY added_at DESC, id DESC LIMIT 10
