SELECT id FROM books WHERE isbn ILIKE 'a%'
