-- Q06
SELECT u.name, m.first, x.billable, x.planned, round(round(100 * x.billable / nullif(x.planned, 0), 6), 1)
FROM generate_series(date_trunc('month', {from}), {to}, INTERVAL '1 month') AS g (start)
CROSS JOIN LATERAL (SELECT g.start::date AS first, (g.start + INTERVAL '1 month')::date - 1 AS last) m
CROSS JOIN person u
CROSS JOIN LATERAL (SELECT total(t.hours) AS billable, planned(u.id, m.first, m.last) AS planned
                    FROM timesheet t WHERE t.user_id = u.id AND t.billable AND t.date BETWEEN m.first AND m.last) x
WHERE u.active
ORDER BY u.name COLLATE "C", m.first, u.id
---
-- Q07
SELECT u.name, x.actual, x.planned, x.actual - x.planned
FROM person u CROSS JOIN LATERAL
     (SELECT total(round(t.hours * coalesce(w.factor, 1), 6)) AS actual, planned(u.id, u.hired_on, {at}) AS planned
      FROM timesheet t LEFT JOIN weight w ON w.id = t.weight_id
      WHERE t.user_id = u.id AND t.date <= {at} AND t.date >= u.hired_on) x
ORDER BY x.actual - x.planned DESC, u.id
---
-- Q08
SELECT d.day, x.planned, x.actual, x.actual - x.planned
FROM days(date_trunc('month', {today})::date, {today}) d CROSS JOIN LATERAL
     (SELECT planned(me(), d.day, d.day) AS planned, total(t.hours) AS actual FROM timesheet t WHERE t.user_id = me() AND t.date = d.day) x
ORDER BY d.day
---
-- Q20
SELECT u.name, u.vacation_days, x.taken, u.vacation_days - x.taken
FROM person u CROSS JOIN LATERAL
     (SELECT total(a.days) AS taken FROM absence a
      WHERE a.user_id = u.id AND a.kind = 'Vacation' AND extract(year FROM a.first) = {year}) x
ORDER BY u.name COLLATE "C", u.id
---
-- Q21
SELECT u.name, d.name, a.kind, a.first, a.last
FROM absence a LEFT JOIN person u ON u.id = a.user_id LEFT JOIN department d ON d.id = u.department_id
WHERE a.approved AND daterange(a.first, a.last, '[]') && daterange({monday} + 7, {monday} + 14)
ORDER BY a.first, u.name COLLATE "C", a.id
---
-- Q40
SELECT d.name, u.name, (SELECT total(t.hours) FROM timesheet t WHERE t.user_id = u.id AND t.date >= {monday})
FROM person u JOIN department d ON d.id = u.department_id
WHERE d.lead_id = me()
ORDER BY d.name_fold, d.name, u.name COLLATE "C", u.id
---
-- Q42
SELECT DISTINCT t.project_id
FROM timesheet t JOIN person u ON u.id = t.user_id JOIN department d ON d.id = u.department_id
WHERE d.name = {a} AND EXISTS (SELECT FROM timesheet o JOIN person v ON v.id = o.user_id JOIN department e ON e.id = v.department_id
                               WHERE e.name = {b} AND o.project_id IS NOT DISTINCT FROM t.project_id)
ORDER BY 1 NULLS FIRST
