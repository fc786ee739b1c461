UPDATE books SET deposit = CASE WHEN lent THEN ROUND(deposit * 0.9, 2) ELSE deposit END
