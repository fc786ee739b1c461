SELECT rowid FROM books
