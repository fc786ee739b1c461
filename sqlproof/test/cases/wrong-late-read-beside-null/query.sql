UPDATE books SET deposit = deposit + (SELECT MAX(b.deposit) FROM books b) WHERE id > 1
