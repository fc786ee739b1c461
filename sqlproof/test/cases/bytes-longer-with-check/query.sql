UPDATE labels SET checked = picture WHERE id = :id
