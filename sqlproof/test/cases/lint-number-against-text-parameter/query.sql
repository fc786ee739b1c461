SELECT id FROM books WHERE id * 2 = :text::text
