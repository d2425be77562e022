-- Q01
SELECT f:start_of_week(t.date, 1), p.name, total[f:hours(t."end" - t."begin")]
FROM {timesheets} t LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted
WHERE t.date BETWEEN {from} AND {to}
GROUP BY 1, 2
ORDER BY 1, 3 DESC, 2 NULLS FIRST
---
-- Q02
SELECT t."begin", t."end", p.name, k.name, t.description
FROM {timesheets} t
LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted
LEFT JOIN {s}.task k ON k.id = t.task_id AND NOT k.deleted
WHERE t.user_id = {me} AND t.date = {today}
ORDER BY t."begin", t.id
---
-- Q03
SELECT c.name, p.code, total[f:hours(t."end" - t."begin")], total[{revenue}], min(t.date)
FROM {timesheets} t {rates}
WHERE t.billable AND t.invoice_id IS NULL
GROUP BY 1, 2
ORDER BY 4 DESC, 1 NULLS FIRST, 2 NULLS FIRST
---
-- Q04
SELECT p.code, p.name, p.budget_hours, p.booked, f:subtract(p.booked, p.budget_hours)
FROM (SELECT p.*, (SELECT total[f:hours(t."end" - t."begin")] FROM {timesheets} t WHERE t.project_id = p.id) AS booked
      FROM {s}.project p WHERE NOT p.deleted AND p.budget_hours IS NOT NULL) p
WHERE p.booked > p.budget_hours
ORDER BY 5 DESC NULLS LAST, p.id
---
-- Q06
SELECT x.name, x.first, x.billable, x.planned, f:round(f:divide(f:multiply(100000000, x.billable), x.planned), 1)
FROM (SELECT name[u] AS name, u.id, m.first,
             (SELECT total[f:hours(t."end" - t."begin")] FROM {timesheets} t
              WHERE t.user_id = u.id AND t.billable AND t.date BETWEEN m.first AND m.last) AS billable,
             planned[u.id|u.country|m.first|m.last] AS planned
      FROM {months} m CROSS JOIN {s}."user" u WHERE NOT u.deleted AND u.active) x
ORDER BY x.name, x.first, x.id
---
-- Q07
SELECT x.name, x.actual, x.planned, f:subtract(x.actual, x.planned)
FROM (SELECT name[u] AS name, u.id,
             (SELECT total[f:multiply(f:hours(t."end" - t."begin"), coalesce(w.factor, 1000000))] FROM {timesheets} t
              LEFT JOIN {s}.weight w ON w.id = t.weight_id AND NOT w.deleted
              WHERE t.user_id = u.id AND t.date <= {at} AND t.date >= terms[u@hired_on]) AS actual,
             planned[u.id|u.country|terms[u@hired_on]|{at}] AS planned
      FROM {s}."user" u WHERE NOT u.deleted) x
ORDER BY 4 DESC NULLS LAST, x.id
---
-- Q08
SELECT x.day, x.planned, x.actual, f:subtract(x.actual, x.planned)
FROM (SELECT d.day, planned[{me}|(SELECT country FROM {s}."user" WHERE id = {me})|d.day|d.day] AS planned,
             (SELECT total[f:hours(t."end" - t."begin")] FROM {timesheets} t WHERE t.user_id = {me} AND t.date = d.day) AS actual
      FROM {days_of_month} d) x
ORDER BY x.day
---
-- Q10
SELECT name[u] AS name, x.date, x.before, x."begin", x."begin" - x.before
FROM (SELECT t.id, t.user_id, t.date, t."begin",
             max(t."end") OVER (PARTITION BY t.user_id, t.date ORDER BY t."begin", t.id
                                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM {timesheets} t WHERE t.date BETWEEN {from} AND {to}) x
LEFT JOIN {s}."user" u ON u.id = x.user_id AND NOT u.deleted
WHERE x."begin" - x.before > 900000000
ORDER BY 1 NULLS FIRST, x."begin", x.id
---
-- Q16
SELECT x.date, x.start, x.finish, x.worked, f:subtract(x.finish - x.start, x.worked)
FROM (SELECT t.date, min(t."begin") AS start, max(t."end") AS finish, total[t."end" - t."begin"] AS worked
      FROM {timesheets} t WHERE t.user_id = {user} AND t.date BETWEEN {from} AND {to} GROUP BY 1) x
ORDER BY 1
---
-- Q17
SELECT x.name, x.date, x.worked, f:subtract(x.worked, {limit})
FROM (SELECT name[u] AS name, t.date, total[t."end" - t."begin"] AS worked
      FROM {timesheets} t LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
      WHERE t.date BETWEEN {from} AND {to} GROUP BY 1, 2) x
WHERE x.worked > {limit}
ORDER BY 1 NULLS FIRST, 2
---
-- Q19
SELECT name[u], x.worked, f:subtract(x.span, x.worked)
FROM (SELECT t.user_id, total[t."end" - t."begin"] AS worked, max(t."end") - min(t."begin") AS span
      FROM {timesheets} t WHERE t.date = {date} GROUP BY 1) x
LEFT JOIN {s}."user" u ON u.id = x.user_id AND NOT u.deleted
WHERE x.worked > 21600000000 AND f:subtract(x.span, x.worked) < 1800000000
ORDER BY x.user_id
---
-- Q20
SELECT x.name, x.vacation_days, x.taken, f:subtract(x.vacation_days, x.taken)
FROM (SELECT name[u] AS name, u.id, terms[u@vacation_days] AS vacation_days,
             (SELECT total[private[days]] FROM {s}.absence a
              WHERE NOT a.deleted AND a.user_id = u.id AND private[kind] = 'Vacation' AND f:year(a."from") = {year}) AS taken
      FROM {s}."user" u WHERE NOT u.deleted) x
ORDER BY x.name, x.id
---
-- Q21
SELECT name[u] AS name, d.name, private[kind], a."from", a."to"
FROM {s}.absence a
LEFT JOIN {s}."user" u ON u.id = a.user_id AND NOT u.deleted
LEFT JOIN {s}.department d ON d.id = u.department_id AND NOT d.deleted
WHERE NOT a.deleted AND a."from" < {monday} + 14 AND a."to" >= {monday} + 7 AND a.approved
ORDER BY a."from", 1 NULLS FIRST, a.id
---
-- Q23
SELECT c.name, p.name, x.hours, x.revenue, x.cost, f:subtract(x.revenue, x.cost),
       f:round(f:divide(f:multiply(100000000, f:subtract(x.revenue, x.cost)), x.revenue), 1)
FROM (SELECT t.project_id, total[f:hours(t."end" - t."begin")] AS hours, total[{revenue}] AS revenue,
             total[f:multiply(f:hours(t."end" - t."begin"), coalesce(terms[u@hourly_cost], 0))] AS cost
      FROM {timesheets} t {rates} LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
      WHERE t.date BETWEEN {from} AND {to} GROUP BY 1) x
LEFT JOIN {s}.project p ON p.id = x.project_id AND NOT p.deleted
LEFT JOIN {s}.customer c ON c.id = p.customer_id AND NOT c.deleted
ORDER BY 6 DESC NULLS LAST, x.project_id NULLS FIRST
---
-- Q24
SELECT c.name, c.hourly_rate, f:round(x.effective, 2), f:round(f:subtract(c.hourly_rate, x.effective), 2)
FROM (SELECT g.customer_id, f:divide(g.revenue, g.hours) AS effective
      FROM (SELECT p.customer_id, total[f:hours(t."end" - t."begin")] AS hours, total[{revenue}] AS revenue
            FROM {timesheets} t {rates} WHERE t.date >= {year_ago} GROUP BY 1) g) x
LEFT JOIN {s}.customer c ON c.id = x.customer_id AND NOT c.deleted
ORDER BY x.effective NULLS FIRST, x.customer_id NULLS FIRST
---
-- Q26
SELECT i.number, c.name, i.date, i.amount, f:days_between(i.date, {today})
FROM {invoices} i LEFT JOIN {s}.customer c ON c.id = i.customer_id AND NOT c.deleted
WHERE NOT i.paid AND i.date < {today} - 30
ORDER BY i.date, i.id
---
-- Q27
SELECT p.code, p.booked, p.invoiced, f:subtract(p.booked, p.invoiced)
FROM (SELECT p.id, p.code,
             (SELECT total[f:hours(t."end" - t."begin")] FROM {timesheets} t WHERE t.project_id = p.id AND t.billable) AS booked,
             (SELECT total[f:hours(t."end" - t."begin")] FROM {timesheets} t WHERE t.project_id = p.id AND t.invoice_id IS NOT NULL) AS invoiced
      FROM {s}.project p WHERE NOT p.deleted) p
WHERE p.booked <> p.invoiced
ORDER BY 4 DESC NULLS LAST, p.id
---
-- Q28
SELECT name[u] AS name, t."begin", p.name, f:hours(t."end" - t."begin")
FROM {timesheets} t
LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted
WHERE t.billable AND t.invoice_id IS NULL AND coalesce(t.description, '') = ''
ORDER BY 1 NULLS FIRST, t."begin", t.id
---
-- Q29
SELECT t.date, name[u], p.code, p.start_date, p.end_date, p.closed
FROM {timesheets} t
LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted
LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
WHERE p.closed OR t.date < p.start_date OR t.date > p.end_date
ORDER BY t.date DESC, t.id
---
-- Q30
SELECT t.date, name[u], h.name, f:hours(t."end" - t."begin")
FROM {timesheets} t
LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
LEFT JOIN {s}.holiday h ON h.date = t.date AND h.country = u.country AND NOT h.deleted
WHERE t.date BETWEEN {from} AND {to} AND (f:weekday(t.date) >= 6 OR h.id IS NOT NULL)
ORDER BY t.date, t.id, h.id
---
-- Q31
SELECT x.name, x.last
FROM (SELECT c.id, c.name, (SELECT max(t.date) FROM {s}.project p JOIN {timesheets} t ON t.project_id = p.id
                            WHERE NOT p.deleted AND p.customer_id = c.id) AS last
      FROM {s}.customer c WHERE NOT c.deleted) x
WHERE x.last IS NULL OR x.last < {today} - 90
ORDER BY x.last NULLS FIRST, x.id
---
-- Q32
SELECT c.name, p.name, p.start_date
FROM {s}.project p LEFT JOIN {s}.customer c ON c.id = p.customer_id AND NOT c.deleted
WHERE NOT p.deleted AND NOT EXISTS (SELECT 1 FROM {timesheets} t WHERE t.project_id = p.id)
ORDER BY c.name_fold NULLS FIRST, c.name NULLS FIRST, p.name_fold, p.name, p.id
---
-- Q34
SELECT x.name, x.this, x.before, f:subtract(x.this, x.before),
       f:round(f:divide(f:multiply(100000000, f:subtract(x.this, x.before)), x.before), 0)
FROM (SELECT c.id, c.name,
             (SELECT total[f:hours(t."end" - t."begin")] FROM {s}.project p JOIN {timesheets} t ON t.project_id = p.id
              WHERE NOT p.deleted AND p.customer_id = c.id AND t.date >= {month}) AS this,
             (SELECT total[f:hours(t."end" - t."begin")] FROM {s}.project p JOIN {timesheets} t ON t.project_id = p.id
              WHERE NOT p.deleted AND p.customer_id = c.id AND t.date >= {month_before} AND t.date < {month}) AS before
      FROM {s}.customer c WHERE NOT c.deleted) x
WHERE x.this <> x.before
ORDER BY 4 NULLS FIRST, x.id
---
-- Q35
SELECT x.name, x.n, f:round(x.average, 1)
FROM (SELECT name[u] AS name, count(*) AS n, average[f:divide(f:hours(t.created - t."end"), 24000000)] AS average
      FROM {timesheets} t LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
      WHERE t.created - t."end" > 259200000000 GROUP BY 1) x
ORDER BY 2 DESC, 1 NULLS FIRST
---
-- Q37
SELECT f:weekday(t.date), f:hour_of(t."begin", t.utc_offset), count(*), total[f:hours(t."end" - t."begin")]
FROM {timesheets} t WHERE t.user_id = {me}
GROUP BY 1, 2
ORDER BY 1, 2
---
-- Q38
SELECT name[u] AS name,
       total[CASE WHEN t.duration_only THEN 0 ELSE f:overlap(t."begin", t."end", f:at(d.day, 79200000000, t.utc_offset), f:at(f:add_days(d.day, 1), 21600000000, t.utc_offset), {now}) END]
FROM {days} d
JOIN {timesheets} t ON NOT t.duration_only AND t."begin" < coalesce(f:at(f:add_days(d.day, 1), 21600000000, t.utc_offset), {now})
  AND f:at(d.day, 79200000000, t.utc_offset) < coalesce(t."end", {now}) AND t."begin" < coalesce(t."end", {now})
LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS FIRST
---
-- Q39
SELECT name[u], count(DISTINCT t.date)
FROM {timesheets} t LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
WHERE t.home_office AND f:year(t.date) = {year}
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS FIRST
---
-- Q40
SELECT d.name, name[u] AS name, (SELECT total[f:hours(t."end" - t."begin")] FROM {timesheets} t WHERE t.user_id = u.id AND t.date >= {monday})
FROM {s}."user" u JOIN {s}.department d ON d.id = u.department_id AND NOT d.deleted
WHERE NOT u.deleted AND d.lead_id = {me}
ORDER BY d.name_fold, d.name, 2, u.id
---
-- Q42
SELECT x.project_id FROM
  (SELECT t.project_id FROM {timesheets} t JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
   JOIN {s}.department d ON d.id = u.department_id AND NOT d.deleted WHERE d.name = {a}
   INTERSECT
   SELECT t.project_id FROM {timesheets} t JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
   JOIN {s}.department d ON d.id = u.department_id AND NOT d.deleted WHERE d.name = {b}) x
ORDER BY 1 NULLS FIRST
---
-- Q44
SELECT t."begin", p.name, t.description
FROM {timesheets} t LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted
WHERE t.user_id = {me} AND {contains}
ORDER BY t."begin" DESC, t.id
LIMIT 50 OFFSET 50
---
-- Q45
SELECT c.name, x.key, x.n, x.codes
FROM (SELECT p.customer_id, f:fold(p.name) AS key, count(*) AS n, {codes} AS codes
      FROM {s}.project p WHERE NOT p.deleted GROUP BY 1, 2) x
LEFT JOIN {s}.customer c ON c.id = x.customer_id AND NOT c.deleted
WHERE x.n > 1
ORDER BY x.n DESC, x.customer_id NULLS FIRST, x.key
---
-- Q46
SELECT total[f:hours(t."end" - t."begin")], total[{revenue}], count(*), count(DISTINCT t.user_id)
FROM {timesheets} t {rates}
WHERE t.date BETWEEN {from} AND {to}
---
-- Q47
SELECT x.month, x.name, x.km, x.n, f:round(f:multiply(x.km, 420000), 2)
FROM (SELECT f:start_of_month(t.date) AS month, name[u] AS name, total[t.journey_km] AS km, count(*) AS n
      FROM {timesheets} t LEFT JOIN {s}."user" u ON u.id = t.user_id AND NOT u.deleted
      WHERE t.journey_km > 0 GROUP BY 1, 2) x
ORDER BY 1 DESC, 2 NULLS FIRST
---
-- Q49
SELECT p.name, name[u], x."begin"
FROM (SELECT t.id, t.project_id, t.user_id, t."begin", row_number() OVER (PARTITION BY t.project_id ORDER BY t."begin", t.id) AS n
      FROM {timesheets} t) x
LEFT JOIN {s}.project p ON p.id = x.project_id AND NOT p.deleted
LEFT JOIN {s}."user" u ON u.id = x.user_id AND NOT u.deleted
WHERE x.n = 1
ORDER BY x."begin" DESC, x.project_id NULLS FIRST, x.user_id
---
-- Q50
SELECT y.name, y.end_date, y.budget_hours, y.used, f:round(y.expected, 1),
       CASE WHEN y.expected > f:multiply(y.budget_hours, 1100000) THEN 'red' WHEN y.expected > y.budget_hours THEN 'yellow' ELSE 'green' END
FROM (SELECT x.*, f:add(x.used, f:multiply(f:divide(x.used, f:decimal_of_int(f:days_between(x.start_date, {today}))),
                                           f:decimal_of_int(f:days_between({today}, x.end_date)))) AS expected
      FROM (SELECT p.id, p.name, p.start_date, p.end_date, p.budget_hours,
                   (SELECT total[f:hours(t."end" - t."begin")] FROM {timesheets} t WHERE t.project_id = p.id) AS used
            FROM {s}.project p WHERE NOT p.deleted AND NOT p.closed AND p.end_date > {today} AND p.budget_hours > 0) x) y
ORDER BY f:divide(y.expected, y.budget_hours) DESC NULLS LAST, y.id
---
-- E07
SELECT f:year(f:date(t."begin", t.utc_offset)), p.start_date, CASE WHEN t.billable THEN 'yes' ELSE 'no' END
FROM {timesheets} t LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted
WHERE t.user_id = {me} AND t."begin" >= {spring}
ORDER BY 1, f:month(f:date(t."begin", t.utc_offset)), t.id
---
-- Q12
SELECT x.date, total[x."end" - x."begin"], total[f:subtract(x."end" - x."begin", x.booked)]
FROM (SELECT s.date, s."begin", s."end",
             (SELECT total[CASE WHEN t.duration_only THEN 0 ELSE f:overlap(t."begin", t."end", s."begin", s."end", {now}) END] FROM {timesheets} t
              WHERE t.user_id = {me} AND t."begin" < s."end" AND s."begin" < coalesce(t."end", {now})) AS booked
      FROM sig.activity s WHERE s.date BETWEEN {from} AND {to} AND s.state = 'active') x
GROUP BY 1
ORDER BY 1
---
-- Q13
SELECT x.project, x.program, x.time
FROM (SELECT g.*, row_number() OVER (PARTITION BY g.project ORDER BY g.time DESC, g.program) AS place
      FROM (SELECT p.name AS project, w.program, total[CASE WHEN t.duration_only THEN 0 ELSE f:overlap(t."begin", t."end", w."begin", w."end", {now}) END] AS time
            FROM {timesheets} t JOIN sig.active_window w ON w."begin" < coalesce(t."end", {now}) AND t."begin" < w."end"
            LEFT JOIN {s}.project p ON p.id = t.project_id AND NOT p.deleted
            WHERE t.user_id = {me} AND t.date >= {today} - 7 AND w.date >= {today} - 8
            GROUP BY 1, 2) g) x
WHERE x.place <= 3
ORDER BY f:fold(x.project) NULLS FIRST, x.project NULLS FIRST, x.place
---
-- Q14
SELECT w.title, total[w."end" - w."begin"]
FROM sig.active_window w
WHERE w.date >= {monday} AND f:like(w.program, '%code%')
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 25
