SELECT id FORM books
