-- Q12 Computer activity of mine that is not covered by a booking (unbooked signal time) per day

-- SQLite
SELECT t29.c0 AS c0, t29.c1 AS c1, t29.c2 AS c2
FROM (SELECT t28.c0 AS c0, tq_sum((t28.c1 - t28.c2)) AS c1, tq_sum(tq_subtract((t28.c1 - t28.c2), t28.c3)) AS c2
FROM (SELECT t0.c0 AS c0, t0.c3 AS c1, t0.c2 AS c2, (SELECT tq_sum((CASE WHEN t2.c1 THEN ?1 ELSE tq_overlap(t2.c2, t2.c3, t0.c2, t0.c3, ?2) END)) AS c0
FROM (SELECT t3."user_id" AS c0, t3."duration_only" AS c1, t3."begin" AS c2, t3."end" AS c3 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?3) OR ((t3."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager_id" AS c0, t5."id" AS c1 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = ?3))) OR (t3."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager2_id" AS c0, t7."id" AS c1 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = ?3)))) OR (t3."user_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."department_id" AS c0, t9."id" AS c1 FROM "main"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "main"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c0)
WHERE (t10.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "main"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "main"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = ?3) AND t12.c1 AND (t14.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "main"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "main"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = ?3) AND t16.c1 AND (t18.c1 = ?5))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "main"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "main"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = ?3) AND t20.c1 AND (t22.c1 = ?6))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "main"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "main"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = ?3) AND t24.c1 AND (t26.c1 = ?7)))) AS t2
WHERE (t2.c0 = ?3) AND (NOT t2.c1) AND (t2.c2 < coalesce(t0.c3, ?2) AND t0.c2 < coalesce(t2.c3, ?2) AND t2.c2 < coalesce(t2.c3, ?2) AND t0.c2 < coalesce(t0.c3, ?2))) AS c3
FROM (SELECT t1."date" AS c0, t1."state" AS c1, t1."begin" AS c2, t1."end" AS c3 FROM "sig"."activity" AS t1) AS t0
WHERE (t0.c0 >= ?8) AND (t0.c0 <= ?9) AND (t0.c1 = ?10)) AS t28
GROUP BY 1) AS t29
ORDER BY t29.c0

-- Postgres
-- refused: Signals are private; this part of the query can only run on your own computer.
