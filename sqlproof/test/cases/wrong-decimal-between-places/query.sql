SELECT id FROM books WHERE deposit > 0.005 AND deposit < -1.005 ORDER BY id
