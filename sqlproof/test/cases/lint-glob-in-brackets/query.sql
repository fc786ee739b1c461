SELECT id FROM books WHERE (isbn GLOB 'a*')
