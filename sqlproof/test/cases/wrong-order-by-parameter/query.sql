SELECT id FROM books ORDER BY :sort
