UPDATE books SET deposit = CASE WHEN :has_deposit THEN :deposit ELSE deposit END WHERE id = :id
