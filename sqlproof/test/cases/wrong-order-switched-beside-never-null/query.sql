SELECT id, isbn FROM books WHERE (-id IS NULL OR :author::integer? IS NULL OR author_id = :author) ORDER BY reads_total, author_id, id
