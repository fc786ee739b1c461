UPDATE books SET deposit = CASE WHEN lent THEN deposit * 0.9 ELSE deposit END
