UPDATE genres SET id = :next WHERE id = :id
