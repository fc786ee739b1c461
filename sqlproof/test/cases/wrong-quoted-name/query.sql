SELECT "nope" FROM books
