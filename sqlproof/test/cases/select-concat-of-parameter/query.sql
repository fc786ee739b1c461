SELECT id FROM books WHERE isbn LIKE CONCAT('%', :q, '%')
