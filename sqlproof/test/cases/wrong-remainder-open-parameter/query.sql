SELECT id, reads_total % :n AS part FROM books
