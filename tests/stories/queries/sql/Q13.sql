-- Q13 Top three applications per project in the last week

-- SQLite
SELECT t31.c0 AS c0, t31.c1 AS c1, t31.c2 AS c2
FROM (SELECT t30.c0 AS c0, t30.c1 AS c1, t30.c2 AS c2, row_number() OVER (PARTITION BY t30.c0
ORDER BY t30.c2 DESC, t30.c0, t30.c1) AS c3
FROM (SELECT t28.c1 AS c0, t26.c3 AS c1, tq_sum((CASE WHEN t0.c2 THEN ?1 ELSE tq_overlap(t0.c3, t0.c4, t26.c1, t26.c2, ?2) END)) AS c2
FROM (SELECT t1."user_id" AS c0, t1."date" AS c1, t1."duration_only" AS c2, t1."begin" AS c3, t1."end" AS c4, t1."project_id" AS c5 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?3) OR ((t1."project_id" IN (SELECT t2.c1 AS c0
FROM (SELECT t3."manager_id" AS c0, t3."id" AS c1 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = ?3))) OR (t1."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager2_id" AS c0, t5."id" AS c1 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = ?3)))) OR (t1."user_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."department_id" AS c0, t7."id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c0)
WHERE (t8.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2, t11."id" AS c3 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?3) AND t10.c1 AND (t12.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "main"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "main"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = ?3) AND t14.c1 AND (t16.c1 = ?5))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "main"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "main"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = ?3) AND t18.c1 AND (t20.c1 = ?6))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "main"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "main"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = ?3) AND t22.c1 AND (t24.c1 = ?7)))) AS t0
JOIN (SELECT t27."date" AS c0, t27."begin" AS c1, t27."end" AS c2, t27."program" AS c3 FROM "sig"."active_window" AS t27) AS t26 ON true
LEFT
JOIN (SELECT t29."id" AS c0, t29."name" AS c1 FROM "main"."project" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t0.c5)
WHERE (t0.c0 = ?3) AND (t0.c1 >= ?8) AND (t26.c0 >= ?9) AND ((NOT t0.c2) AND (t0.c3 < coalesce(t26.c2, ?2) AND t26.c1 < coalesce(t0.c4, ?2) AND t0.c3 < coalesce(t0.c4, ?2) AND t26.c1 < coalesce(t26.c2, ?2)))
GROUP BY 1, 2) AS t30) AS t31
WHERE (t31.c3 <= ?10)
ORDER BY tq_fold(t31.c0), t31.c0, t31.c3, t31.c1, t31.c2

-- Postgres
-- refused: Signals are private; this part of the query can only run on your own computer.
