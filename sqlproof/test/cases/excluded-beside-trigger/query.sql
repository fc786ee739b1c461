INSERT INTO fines (id, days) VALUES (:id, :days) ON CONFLICT (id) DO UPDATE SET days = excluded.days, owed = 0
