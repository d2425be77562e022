-- Q01 Hours per project and week in a period

-- SQLite
SELECT t14.c0 AS c0, t14.c1 AS c1, t14.c2 AS c2
FROM (SELECT tq_start_of_week(t0.c0, ?1) AS c0, t12.c1 AS c1, tq_sum(tq_hours((t0.c2 - t0.c3))) AS c2
FROM (SELECT t1."date" AS c0, t1."project_id" AS c1, t1."end" AS c2, t1."begin" AS c3 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?2) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = ?2) OR (t2.c2 = ?2)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "main"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "main"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "main"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "main"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = ?2) AND t8.c1 AND ((t10.c1 = ?3) OR (t10.c1 = ?4) OR (t10.c1 = ?5) OR (t10.c1 = ?6))))) AS t0
LEFT
JOIN (SELECT t13."id" AS c0, t13."name" AS c1 FROM "main"."project" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c1)
WHERE (t0.c0 >= ?7) AND (t0.c0 <= ?8)
GROUP BY 1, 2) AS t14
ORDER BY t14.c0, t14.c2 DESC, t14.c1

-- Postgres
SELECT (t14.c0)::integer AS c0, t14.c1 AS c1, t14.c2 AS c2
FROM (SELECT "tq_v1"."start_of_week"(t0.c0, $1::bigint) AS c0, t12.c1 AS c1, "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t0.c2 - t0.c3))), 0)) AS c2
FROM (SELECT t1."date" AS c0, t1."project_id" AS c1, t1."end" AS c2, t1."begin" AS c3 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $2::uuid) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = $2::uuid) OR (t2.c2 = $2::uuid)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "t_acme"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "t_acme"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "t_acme"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "t_acme"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = $2::uuid) AND t8.c1 AND ((t10.c1 = $3::text) OR (t10.c1 = $4::text) OR (t10.c1 = $5::text) OR (t10.c1 = $6::text))))) AS t0
LEFT
JOIN (SELECT t13."id" AS c0, t13."name" AS c1 FROM "t_acme"."project" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c1)
WHERE (t0.c0 >= $7::integer) AND (t0.c0 <= $8::integer)
GROUP BY 1, 2) AS t14
ORDER BY t14.c0 NULLS FIRST, t14.c2 DESC NULLS LAST, t14.c1 COLLATE "C" NULLS FIRST
