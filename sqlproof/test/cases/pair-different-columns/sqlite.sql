SELECT isbn FROM books
