-- Q12 Computer activity of mine that is not covered by a booking (unbooked signal time) per day

-- SQLite
SELECT t15.c0 AS c0, t15.c1 AS c1, t15.c2 AS c2
FROM (SELECT t14.c0 AS c0, tq_sum((t14.c1 - t14.c2)) AS c1, tq_sum(tq_subtract((t14.c1 - t14.c2), t14.c3)) AS c2
FROM (SELECT t0.c0 AS c0, t0.c3 AS c1, t0.c2 AS c2, (SELECT tq_sum((CASE WHEN t2.c1 THEN ?1 ELSE tq_overlap(t2.c2, t2.c3, t0.c2, t0.c3, ?2) END)) AS c0
FROM (SELECT t3."user_id" AS c0, t3."duration_only" AS c1, t3."begin" AS c2, t3."end" AS c3 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?3) OR (t3."project_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."manager_id" AS c1, t5."manager2_id" AS c2 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE ((t4.c1 = ?3) OR (t4.c2 = ?3)))) OR (t3."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?3) AND t10.c1 AND ((t12.c1 = ?4) OR (t12.c1 = ?5) OR (t12.c1 = ?6) OR (t12.c1 = ?7))))) AS t2
WHERE (t2.c0 = ?3) AND (NOT t2.c1) AND (t2.c2 < coalesce(t0.c3, ?2) AND t0.c2 < coalesce(t2.c3, ?2) AND t2.c2 < coalesce(t2.c3, ?2) AND t0.c2 < coalesce(t0.c3, ?2))) AS c3
FROM (SELECT t1."date" AS c0, t1."state" AS c1, t1."begin" AS c2, t1."end" AS c3 FROM "sig"."activity" AS t1) AS t0
WHERE (t0.c0 >= ?8) AND (t0.c0 <= ?9) AND (t0.c1 = ?10)) AS t14
GROUP BY 1) AS t15
ORDER BY t15.c0

-- Postgres
-- refused: Signals are private; this part of the query can only run on your own computer.
