UPDATE loan_codes SET code = :code WHERE id = :id
