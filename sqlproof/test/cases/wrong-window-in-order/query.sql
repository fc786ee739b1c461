SELECT id, isbn FROM books ORDER BY ROW_NUMBER() OVER (ORDER BY added_at), id
