CALL nope(:id)
