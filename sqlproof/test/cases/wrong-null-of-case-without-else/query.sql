UPDATE books SET reads_total = CASE WHEN id = 1 THEN 2 END
