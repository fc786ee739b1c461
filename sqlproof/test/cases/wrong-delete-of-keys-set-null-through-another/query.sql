DELETE FROM desks WHERE seats > 2 AND (lamp_id IS NULL OR lamp_id > 5)
