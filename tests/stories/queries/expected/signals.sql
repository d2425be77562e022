-- Q12
SELECT s.date, total(s.finish - s.begin), total(s.finish - s.begin - x.booked)
FROM activity s CROSS JOIN LATERAL
     (SELECT total(shared(tstzrange(t.begin, coalesce(t.finish, greatest(t.begin, {now}))), tstzrange(s.begin, s.finish))) AS booked
      FROM timesheet t WHERE t.user_id = me()) x
WHERE s.date BETWEEN {from} AND {to} AND s.state = 'active'
GROUP BY 1
ORDER BY 1
---
-- Q13
SELECT x.project, x.program, x.shared
FROM (SELECT g.*, row_number() OVER (PARTITION BY g.project ORDER BY g.shared DESC, g.program) AS place
      FROM (SELECT p.name AS project, w.program, total(shared(booked, seen)) AS shared
            FROM timesheet t LEFT JOIN project p ON p.id = t.project_id
            CROSS JOIN active_window w
            CROSS JOIN LATERAL (SELECT tstzrange(t.begin, coalesce(t.finish, greatest(t.begin, {now}))) AS booked, tstzrange(w.begin, w.finish) AS seen) r
            WHERE t.user_id = me() AND t.date >= {today} - 7 AND w.date >= {today} - 8 AND booked && seen
            GROUP BY 1, 2) g) x
WHERE x.place <= 3
ORDER BY x.project NULLS FIRST, x.place
---
-- Q14
SELECT w.title, total(w.finish - w.begin)
FROM active_window w
WHERE w.date >= {monday} AND position('code' IN plain(w.program)) > 0
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 25
