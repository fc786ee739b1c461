SELECT id FROM books WHERE (:all::boolean OR NOT lent) ORDER BY reads_total, lent, id DESC
