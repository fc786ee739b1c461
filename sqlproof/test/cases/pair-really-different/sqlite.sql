SELECT id FROM books WHERE added_at > :since AND :since > ''
