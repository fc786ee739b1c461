SELECT IF(:late, 'a', 'b') AS r FROM books
