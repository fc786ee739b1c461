DELETE FROM boks WHERE id = :id
