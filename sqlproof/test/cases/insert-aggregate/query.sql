INSERT INTO books (isbn, author_id, title, added_at) SELECT :isbn, MAX(id), 'all', :added_at FROM authors WHERE name <> :name
