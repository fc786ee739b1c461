UPDATE loans SET note = 0 WHERE id IN (SELECT loan_id FROM loan_notes WHERE note > 5)
