SELECT id FROM books WHERE (isbn LIKE 'x%') = (isbn NOT LIKE 'x%')
