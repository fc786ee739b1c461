UPDATE books SET title = COALESCE(:title, title) WHERE id = :id
