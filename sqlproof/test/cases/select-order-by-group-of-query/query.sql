WITH years AS (
  SELECT YEAR(added_at) AS year, MONTH(added_at) AS month, COUNT(*) AS n FROM books
  GROUP BY YEAR(added_at), MONTH(added_at)
)
SELECT year, month, n, LAG(n) OVER (ORDER BY year, month) AS month_before FROM years ORDER BY year, month LIMIT 12
