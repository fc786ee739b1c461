SELECT id, reads_total DIV :n AS part FROM books
