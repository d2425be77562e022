-- Q03
SELECT c.name, p.code, total(t.hours), total(t.revenue), min(t.date)
FROM timesheet t LEFT JOIN project p ON p.id = t.project_id LEFT JOIN customer c ON c.id = p.customer_id
WHERE t.billable AND t.invoice_id IS NULL
GROUP BY 1, 2
ORDER BY 4 DESC, 1 NULLS FIRST, 2 NULLS FIRST
---
-- Q04
SELECT p.code, p.name, p.budget_hours, b.booked, b.booked - p.budget_hours
FROM project p CROSS JOIN LATERAL (SELECT total(t.hours) AS booked FROM timesheet t WHERE t.project_id = p.id) b
WHERE b.booked > p.budget_hours
ORDER BY 5 DESC, p.id
---
-- Q23
SELECT c.name, p.name, x.hours, x.revenue, x.cost, x.revenue - x.cost,
       round(round(100 * (x.revenue - x.cost) / nullif(x.revenue, 0), 6), 1)
FROM (SELECT t.project_id, total(t.hours) AS hours, total(t.revenue) AS revenue,
             total(round(t.hours * coalesce(u.hourly_cost, 0), 6)) AS cost
      FROM timesheet t LEFT JOIN person u ON u.id = t.user_id
      WHERE t.date BETWEEN {from} AND {to} GROUP BY 1) x
LEFT JOIN project p ON p.id = x.project_id LEFT JOIN customer c ON c.id = p.customer_id
ORDER BY x.revenue - x.cost DESC, x.project_id NULLS FIRST
---
-- Q24
SELECT c.name, c.hourly_rate, round(x.effective, 2), round(c.hourly_rate - x.effective, 2)
FROM (SELECT p.customer_id, round(total(t.revenue) / nullif(total(t.hours), 0), 6) AS effective
      FROM timesheet t LEFT JOIN project p ON p.id = t.project_id
      WHERE t.date >= {today} - INTERVAL '12 months' GROUP BY 1) x
LEFT JOIN customer c ON c.id = x.customer_id
ORDER BY x.effective NULLS FIRST, x.customer_id NULLS FIRST
---
-- Q26
SELECT i.number, c.name, i.date, i.amount, ({today} - i.date)::bigint
FROM invoice i LEFT JOIN customer c ON c.id = i.customer_id
WHERE NOT i.paid AND i.date < {today} - 30
ORDER BY i.date, i.id
---
-- Q27
SELECT p.code, b.booked, b.invoiced, b.booked - b.invoiced
FROM project p CROSS JOIN LATERAL
     (SELECT total(t.hours) FILTER (WHERE t.billable) AS booked, total(t.hours) FILTER (WHERE t.invoice_id IS NOT NULL) AS invoiced
      FROM timesheet t WHERE t.project_id = p.id) b
WHERE b.booked <> b.invoiced
ORDER BY 4 DESC, p.id
---
-- Q31
SELECT c.name, x.last
FROM customer c CROSS JOIN LATERAL
     (SELECT max(t.date) AS last FROM timesheet t JOIN project p ON p.id = t.project_id WHERE p.customer_id = c.id) x
WHERE x.last IS NULL OR x.last < {today} - 90
ORDER BY x.last NULLS FIRST, c.id
---
-- Q32
SELECT c.name, p.name, p.start_date
FROM project p LEFT JOIN customer c ON c.id = p.customer_id
WHERE p.id NOT IN (SELECT project_id FROM timesheet WHERE project_id IS NOT NULL)
ORDER BY c.name_fold NULLS FIRST, c.name NULLS FIRST, p.name_fold, p.name, p.id
---
-- Q34
SELECT c.name, x.this, x.before, x.this - x.before, round(round(100 * (x.this - x.before) / nullif(x.before, 0), 6), 0)
FROM customer c CROSS JOIN LATERAL
     (SELECT total(t.hours) FILTER (WHERE date_trunc('month', t.date) >= date_trunc('month', {today})) AS this,
             total(t.hours) FILTER (WHERE date_trunc('month', t.date) = date_trunc('month', {today}) - INTERVAL '1 month') AS before
      FROM timesheet t JOIN project p ON p.id = t.project_id WHERE p.customer_id = c.id) x
WHERE x.this <> x.before
ORDER BY x.this - x.before, c.id
---
-- Q45
SELECT c.name, x.key, x.n, x.codes
FROM (SELECT customer_id, plain(name) AS key, count(*) AS n, string_agg(code, ', ' ORDER BY code COLLATE "C") AS codes
      FROM project GROUP BY 1, 2) x
LEFT JOIN customer c ON c.id = x.customer_id
WHERE x.n > 1
ORDER BY x.n DESC, x.customer_id NULLS FIRST, x.key
---
-- Q46
SELECT total(hours), total(revenue), count(*), count(DISTINCT user_id) FROM timesheet WHERE date BETWEEN {from} AND {to}
---
-- Q50
SELECT p.name, p.end_date, p.budget_hours, x.used, round(y.expected, 1),
       CASE WHEN y.expected > p.budget_hours * 1.1 THEN 'red' WHEN y.expected > p.budget_hours THEN 'yellow' ELSE 'green' END
FROM project p
CROSS JOIN LATERAL (SELECT total(t.hours) AS used FROM timesheet t WHERE t.project_id = p.id) x
CROSS JOIN LATERAL (SELECT x.used + round(round(x.used / nullif({today} - p.start_date, 0), 6) * (p.end_date - {today}), 6) AS expected) y
WHERE NOT p.closed AND p.end_date > {today} AND p.budget_hours > 0
ORDER BY round(y.expected / p.budget_hours, 6) DESC NULLS LAST, p.id
