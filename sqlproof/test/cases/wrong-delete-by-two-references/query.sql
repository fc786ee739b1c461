DELETE FROM shelves WHERE code = :code
