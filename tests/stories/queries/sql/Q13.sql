-- Q13 Top three applications per project in the last week

-- SQLite
SELECT t17.c0 AS c0, t17.c1 AS c1, t17.c2 AS c2
FROM (SELECT t16.c0 AS c0, t16.c1 AS c1, t16.c2 AS c2, row_number() OVER (PARTITION BY t16.c0
ORDER BY t16.c2 DESC, t16.c0, t16.c1) AS c3
FROM (SELECT t14.c1 AS c0, t12.c3 AS c1, tq_sum((CASE WHEN t0.c2 THEN ?1 ELSE tq_overlap(t0.c3, t0.c4, t12.c1, t12.c2, ?2) END)) AS c2
FROM (SELECT t1."user_id" AS c0, t1."date" AS c1, t1."duration_only" AS c2, t1."begin" AS c3, t1."end" AS c4, t1."project_id" AS c5 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?3) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = ?3) OR (t2.c2 = ?3)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "main"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "main"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "main"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "main"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = ?3) AND t8.c1 AND ((t10.c1 = ?4) OR (t10.c1 = ?5) OR (t10.c1 = ?6) OR (t10.c1 = ?7))))) AS t0
JOIN (SELECT t13."date" AS c0, t13."begin" AS c1, t13."end" AS c2, t13."program" AS c3 FROM "sig"."active_window" AS t13) AS t12 ON true
LEFT
JOIN (SELECT t15."id" AS c0, t15."name" AS c1 FROM "main"."project" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t0.c5)
WHERE (t0.c0 = ?3) AND (t0.c1 >= ?8) AND (t12.c0 >= ?9) AND ((NOT t0.c2) AND (t0.c3 < coalesce(t12.c2, ?2) AND t12.c1 < coalesce(t0.c4, ?2) AND t0.c3 < coalesce(t0.c4, ?2) AND t12.c1 < coalesce(t12.c2, ?2)))
GROUP BY 1, 2) AS t16) AS t17
WHERE (t17.c3 <= ?10)
ORDER BY tq_fold(t17.c0), t17.c0, t17.c3, t17.c1, t17.c2

-- Postgres
-- refused: Signals are private; this part of the query can only run on your own computer.
