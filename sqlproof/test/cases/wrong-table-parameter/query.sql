SELECT id FROM :table
