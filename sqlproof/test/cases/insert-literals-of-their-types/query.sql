INSERT INTO books (isbn, title, added_at, lent, reads_total, price, deposit) VALUES ('1', 'T', '2024-01-15 10:30:00', 1, 7, 0, NULL)
