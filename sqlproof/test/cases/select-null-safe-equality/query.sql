SELECT id FROM books WHERE author_id IS NOT DISTINCT FROM :author_id
