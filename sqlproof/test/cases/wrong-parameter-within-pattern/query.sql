SELECT id FROM books WHERE isbn LIKE '%:term%'
