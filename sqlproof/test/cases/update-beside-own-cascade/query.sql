UPDATE genres SET above_id = :above, name = :name WHERE id = :id
