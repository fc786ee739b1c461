SELECT id, price + deposit AS both_sums FROM books
