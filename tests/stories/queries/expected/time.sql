-- Q01
SELECT date_trunc('week', t.date)::date, p.name, total(t.hours)
FROM timesheet t LEFT JOIN project p ON p.id = t.project_id
WHERE t.date BETWEEN {from} AND {to}
GROUP BY 1, 2
ORDER BY 1, 3 DESC, 2 NULLS FIRST
---
-- Q02
SELECT t.begin, t.finish, p.name, k.name, t.description
FROM timesheet t LEFT JOIN project p ON p.id = t.project_id LEFT JOIN task k ON k.id = t.task_id
WHERE t.user_id = me() AND t.date = {today}
ORDER BY t.begin, t.id
---
-- Q10
SELECT u.name, x.date, x.before, x.begin, x.begin - x.before
FROM (SELECT t.id, t.user_id, t.date, t.begin,
             max(t.finish) OVER (PARTITION BY t.user_id, t.date ORDER BY t.begin, t.id
                                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM timesheet t WHERE t.date BETWEEN {from} AND {to}) x
LEFT JOIN person u ON u.id = x.user_id
WHERE x.begin - x.before > INTERVAL '15 minutes'
ORDER BY u.name COLLATE "C", x.begin, x.user_id, x.date
---
-- Q16
SELECT t.date, min(t.begin), max(t.finish), total(t.duration), max(t.finish) - min(t.begin) - total(t.duration)
FROM timesheet t
WHERE t.user_id = {user} AND t.date BETWEEN {from} AND {to}
GROUP BY 1
ORDER BY 1
---
-- Q17
SELECT u.name, t.date, total(t.duration), total(t.duration) - {limit}
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id
WHERE t.date BETWEEN {from} AND {to}
GROUP BY 1, 2
HAVING total(t.duration) > {limit}
ORDER BY 1, 2
---
-- Q19
SELECT u.name, x.worked, x.span - x.worked
FROM (SELECT user_id, total(duration) AS worked, max(finish) - min(begin) AS span FROM timesheet WHERE date = {date} GROUP BY 1) x
LEFT JOIN person u ON u.id = x.user_id
WHERE x.worked > INTERVAL '6 hours' AND x.span - x.worked < INTERVAL '30 minutes'
ORDER BY x.user_id
---
-- Q28
SELECT u.name, t.begin, p.name, t.hours
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id LEFT JOIN project p ON p.id = t.project_id
WHERE t.billable AND t.invoice_id IS NULL AND coalesce(t.description, '') = ''
ORDER BY u.name COLLATE "C", t.begin, t.id
---
-- Q29
SELECT t.date, u.name, p.code, p.start_date, p.end_date, p.closed
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id LEFT JOIN project p ON p.id = t.project_id
WHERE p.closed OR t.date < p.start_date OR t.date > p.end_date
ORDER BY t.date DESC, t.id
---
-- Q30
SELECT t.date, u.name, h.name, t.hours
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id LEFT JOIN holiday h ON h.date = t.date AND h.country = u.country
WHERE t.date BETWEEN {from} AND {to} AND (extract(isodow FROM t.date) >= 6 OR h.id IS NOT NULL)
ORDER BY t.date, t.id, h.id
---
-- Q35
SELECT u.name, count(*), round(round(avg(round(hours(t.created - t.finish) / 24, 6)), 6), 1)
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id
WHERE t.created - t.finish > INTERVAL '72 hours'
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS FIRST
---
-- Q37
SELECT extract(isodow FROM t.date)::bigint, extract(hour FROM t.begin + make_interval(mins => t.utc_offset::integer))::bigint, count(*), total(t.hours)
FROM timesheet t
WHERE t.user_id = me()
GROUP BY 1, 2
ORDER BY 1, 2
---
-- Q38
SELECT u.name, total(shared(booked, night))
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id
CROSS JOIN days({from}, {to}) d
CROSS JOIN LATERAL (SELECT tstzrange(t.begin, coalesce(t.finish, greatest(t.begin, {now}))) AS booked,
                           tstzrange(d.day + TIME '22:00' - make_interval(mins => t.utc_offset::integer),
                                     d.day + 1 + TIME '06:00' - make_interval(mins => t.utc_offset::integer)) AS night) r
WHERE booked && night AND NOT t.duration_only
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS FIRST
---
-- Q39
SELECT u.name, count(DISTINCT t.date)
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id
WHERE t.home_office AND t.date BETWEEN make_date({year}, 1, 1) AND make_date({year}, 12, 31)
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS FIRST
---
-- Q44
SELECT t.begin, p.name, t.description
FROM timesheet t LEFT JOIN project p ON p.id = t.project_id
WHERE t.user_id = me() AND position(plain({text}) IN plain(t.description)) > 0
ORDER BY t.begin DESC, t.id
OFFSET {page} * 50 LIMIT 50
---
-- Q47
SELECT date_trunc('month', t.date)::date, u.name, total(t.journey_km), count(*), round(total(t.journey_km) * 0.42, 2)
FROM timesheet t LEFT JOIN person u ON u.id = t.user_id
WHERE t.journey_km > 0
GROUP BY 1, 2
ORDER BY 1 DESC, 2 NULLS FIRST
---
-- Q49
SELECT p.name, u.name, x.begin
FROM (SELECT DISTINCT ON (project_id) id, project_id, user_id, begin FROM timesheet ORDER BY project_id, begin, id) x
LEFT JOIN project p ON p.id = x.project_id LEFT JOIN person u ON u.id = x.user_id
ORDER BY x.begin DESC, x.project_id NULLS FIRST, x.user_id
---
-- E07
SELECT extract(year FROM b.local)::bigint, p.start_date, CASE WHEN t.billable THEN 'yes' ELSE 'no' END
FROM timesheet t LEFT JOIN project p ON p.id = t.project_id
CROSS JOIN LATERAL (SELECT t.begin + make_interval(mins => t.utc_offset::integer) AS local) b
WHERE t.user_id = me() AND t.begin >= TIMESTAMPTZ '2009-04-30 08:00'
ORDER BY 1, extract(month FROM b.local), t.id
