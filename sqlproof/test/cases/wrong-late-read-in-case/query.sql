UPDATE books SET reads_total = CASE WHEN lent THEN 0 ELSE (SELECT COUNT(*) FROM books b WHERE b.reads_total > 3) END
