SELECT id FROM books WHERE FIND_IN_SET(id, :list::text)
