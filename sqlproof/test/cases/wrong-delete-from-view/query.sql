DELETE FROM loan_codes WHERE id = :id
