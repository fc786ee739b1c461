SELECT id FROM books WHERE weight IS NOT NULL AND (deposit, id) < (:deposit, :id)
