SELECT id FROM books; DELETE FROM books
