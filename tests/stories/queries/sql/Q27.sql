-- Q27 Difference between invoiced hours and booked billable hours per project

-- SQLite
SELECT t27.c2 AS c0, t27.c0 AS c1, t27.c1 AS c2, tq_subtract(t27.c0, t27.c1) AS c3
FROM (SELECT t14.c1 AS c0, (SELECT tq_sum(tq_hours((t15.c2 - t15.c3))) AS c0
FROM (SELECT t16."project_id" AS c0, t16."invoice_id" AS c1, t16."end" AS c2, t16."begin" AS c3 FROM "main"."timesheet" AS t16
WHERE (NOT t16."deleted") AND ((t16."user_id" = ?1) OR (t16."project_id" IN (SELECT t17.c0 AS c0
FROM (SELECT t18."id" AS c0, t18."manager_id" AS c1, t18."manager2_id" AS c2 FROM "main"."project" AS t18
WHERE (NOT t18."deleted")) AS t17
WHERE ((t17.c1 = ?1) OR (t17.c2 = ?1)))) OR (t16."user_id" IN (SELECT t19.c0 AS c0
FROM (SELECT t20."id" AS c0, t20."department_id" AS c1 FROM "main"."user" AS t20
WHERE (NOT t20."deleted")) AS t19
LEFT
JOIN (SELECT t22."id" AS c0, t22."lead_id" AS c1 FROM "main"."department" AS t22
WHERE (NOT t22."deleted")) AS t21 ON (t21.c0 = t19.c1)
WHERE (t21.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t24."user_id" AS c0, t24."active" AS c1, t24."role_id" AS c2 FROM "main"."role_assignment" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."code" AS c1 FROM "main"."role" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c2)
WHERE (t23.c0 = ?1) AND t23.c1 AND ((t25.c1 = ?2) OR (t25.c1 = ?3) OR (t25.c1 = ?4) OR (t25.c1 = ?5))))) AS t15
WHERE (t15.c0 = t14.c0) AND (NOT (t15.c1 IS NULL))) AS c1, t14.c2 AS c2, t14.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT tq_sum(tq_hours((t2.c2 - t2.c3))) AS c0
FROM (SELECT t3."project_id" AS c0, t3."billable" AS c1, t3."end" AS c2, t3."begin" AS c3 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?1) OR (t3."project_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."manager_id" AS c1, t5."manager2_id" AS c2 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE ((t4.c1 = ?1) OR (t4.c2 = ?1)))) OR (t3."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?1) AND t10.c1 AND ((t12.c1 = ?2) OR (t12.c1 = ?3) OR (t12.c1 = ?4) OR (t12.c1 = ?5))))) AS t2
WHERE (t2.c0 = t0.c0) AND t2.c1) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."code" AS c1 FROM "main"."project" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t14) AS t27
WHERE (t27.c0 IS DISTINCT FROM t27.c1)
ORDER BY tq_subtract(t27.c0, t27.c1) DESC, t27.c3

-- Postgres
SELECT t27.c2 AS c0, t27.c0 AS c1, t27.c1 AS c2, "tq_v1"."subtract"(t27.c0, t27.c1) AS c3
FROM (SELECT t14.c1 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t15.c2 - t15.c3))), 0)) AS c0
FROM (SELECT t16."project_id" AS c0, t16."invoice_id" AS c1, t16."end" AS c2, t16."begin" AS c3 FROM "t_acme"."timesheet" AS t16
WHERE (NOT t16."deleted") AND ((t16."user_id" = $1::uuid) OR (t16."project_id" IN (SELECT t17.c0 AS c0
FROM (SELECT t18."id" AS c0, t18."manager_id" AS c1, t18."manager2_id" AS c2 FROM "t_acme"."project" AS t18
WHERE (NOT t18."deleted")) AS t17
WHERE ((t17.c1 = $1::uuid) OR (t17.c2 = $1::uuid)))) OR (t16."user_id" IN (SELECT t19.c0 AS c0
FROM (SELECT t20."id" AS c0, t20."department_id" AS c1 FROM "t_acme"."user" AS t20
WHERE (NOT t20."deleted")) AS t19
LEFT
JOIN (SELECT t22."id" AS c0, t22."lead_id" AS c1 FROM "t_acme"."department" AS t22
WHERE (NOT t22."deleted")) AS t21 ON (t21.c0 = t19.c1)
WHERE (t21.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t24."user_id" AS c0, t24."active" AS c1, t24."role_id" AS c2 FROM "t_acme"."role_assignment" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."code" AS c1 FROM "t_acme"."role" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c2)
WHERE (t23.c0 = $1::uuid) AND t23.c1 AND ((t25.c1 = $2::text) OR (t25.c1 = $3::text) OR (t25.c1 = $4::text) OR (t25.c1 = $5::text))))) AS t15
WHERE (t15.c0 = t14.c0) AND (NOT (t15.c1 IS NULL))) AS c1, t14.c2 AS c2, t14.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t2.c2 - t2.c3))), 0)) AS c0
FROM (SELECT t3."project_id" AS c0, t3."billable" AS c1, t3."end" AS c2, t3."begin" AS c3 FROM "t_acme"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = $1::uuid) OR (t3."project_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."manager_id" AS c1, t5."manager2_id" AS c2 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE ((t4.c1 = $1::uuid) OR (t4.c2 = $1::uuid)))) OR (t3."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "t_acme"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "t_acme"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "t_acme"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "t_acme"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = $1::uuid) AND t10.c1 AND ((t12.c1 = $2::text) OR (t12.c1 = $3::text) OR (t12.c1 = $4::text) OR (t12.c1 = $5::text))))) AS t2
WHERE (t2.c0 = t0.c0) AND t2.c1) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."code" AS c1 FROM "t_acme"."project" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t14) AS t27
WHERE (t27.c0 IS DISTINCT FROM t27.c1)
ORDER BY "tq_v1"."subtract"(t27.c0, t27.c1) DESC NULLS LAST, t27.c3
