-- Q14 How long was I in Visual Studio Code this week, per window title

-- SQLite
SELECT t2.c0 AS c0, t2.c1 AS c1
FROM (SELECT t0.c2 AS c0, tq_sum((t0.c3 - t0.c4)) AS c1
FROM (SELECT t1."date" AS c0, t1."program" AS c1, t1."title" AS c2, t1."end" AS c3, t1."begin" AS c4 FROM "sig"."active_window" AS t1) AS t0
WHERE (t0.c0 >= ?1) AND tq_like(t0.c1, ?2)
GROUP BY 1) AS t2
ORDER BY t2.c1 DESC, t2.c0
LIMIT ?3

-- Postgres
-- refused: Signals are private; this part of the query can only run on your own computer.
