SELECT id, price DIV 2 AS part FROM books
