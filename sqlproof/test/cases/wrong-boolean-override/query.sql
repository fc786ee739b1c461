SELECT isbn AS "isbn: boolean" FROM books
