INSERT INTO fines (id, days, owed) VALUES (:id, :days, 0) ON CONFLICT (id) DO UPDATE SET owed = excluded.owed
