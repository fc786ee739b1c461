SELECT id FROM books WHERE deposit IS NOT NULL AND (deposit < :deposit OR (deposit = :deposit AND id < :id))
