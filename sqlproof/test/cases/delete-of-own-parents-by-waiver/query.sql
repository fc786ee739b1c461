/* waive write: no place is beside another one */ DELETE FROM shelves WHERE id = :shelf
