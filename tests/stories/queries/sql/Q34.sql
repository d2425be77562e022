-- Q34 This month against the month before per customer

-- SQLite
SELECT t31.c2 AS c0, t31.c0 AS c1, t31.c1 AS c2, tq_subtract(t31.c0, t31.c1) AS c3, tq_round(tq_divide(tq_multiply(?1, tq_subtract(t31.c0, t31.c1)), t31.c1), ?2) AS c4
FROM (SELECT t16.c1 AS c0, (SELECT tq_sum(tq_hours((t19.c2 - t19.c3))) AS c0
FROM (SELECT t18."customer_id" AS c0, t18."id" AS c1 FROM "main"."project" AS t18
WHERE (NOT t18."deleted")) AS t17
JOIN (SELECT t20."project_id" AS c0, t20."date" AS c1, t20."end" AS c2, t20."begin" AS c3 FROM "main"."timesheet" AS t20
WHERE (NOT t20."deleted") AND ((t20."user_id" = ?3) OR (t20."project_id" IN (SELECT t21.c0 AS c0
FROM (SELECT t22."id" AS c0, t22."manager_id" AS c1, t22."manager2_id" AS c2 FROM "main"."project" AS t22
WHERE (NOT t22."deleted")) AS t21
WHERE ((t21.c1 = ?3) OR (t21.c2 = ?3)))) OR (t20."user_id" IN (SELECT t23.c0 AS c0
FROM (SELECT t24."id" AS c0, t24."department_id" AS c1 FROM "main"."user" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."lead_id" AS c1 FROM "main"."department" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c1)
WHERE (t25.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t28."user_id" AS c0, t28."active" AS c1, t28."role_id" AS c2 FROM "main"."role_assignment" AS t28
WHERE (NOT t28."deleted")) AS t27
LEFT
JOIN (SELECT t30."id" AS c0, t30."code" AS c1 FROM "main"."role" AS t30
WHERE (NOT t30."deleted")) AS t29 ON (t29.c0 = t27.c2)
WHERE (t27.c0 = ?3) AND t27.c1 AND ((t29.c1 = ?4) OR (t29.c1 = ?5) OR (t29.c1 = ?6) OR (t29.c1 = ?7))))) AS t19 ON true
WHERE (t17.c0 = t16.c0) AND (t19.c0 = t17.c1) AND (t19.c1 >= ?8) AND (t19.c1 < ?9)) AS c1, t16.c2 AS c2, t16.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT tq_sum(tq_hours((t4.c2 - t4.c3))) AS c0
FROM (SELECT t3."customer_id" AS c0, t3."id" AS c1 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
JOIN (SELECT t5."project_id" AS c0, t5."date" AS c1, t5."end" AS c2, t5."begin" AS c3 FROM "main"."timesheet" AS t5
WHERE (NOT t5."deleted") AND ((t5."user_id" = ?3) OR (t5."project_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."manager_id" AS c1, t7."manager2_id" AS c2 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE ((t6.c1 = ?3) OR (t6.c2 = ?3)))) OR (t5."user_id" IN (SELECT t8.c0 AS c0
FROM (SELECT t9."id" AS c0, t9."department_id" AS c1 FROM "main"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "main"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c1)
WHERE (t10.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2 FROM "main"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "main"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = ?3) AND t12.c1 AND ((t14.c1 = ?4) OR (t14.c1 = ?5) OR (t14.c1 = ?6) OR (t14.c1 = ?7))))) AS t4 ON true
WHERE (t2.c0 = t0.c0) AND (t4.c0 = t2.c1) AND (t4.c1 >= ?9)) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."name" AS c1 FROM "main"."customer" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t16) AS t31
WHERE (t31.c0 IS DISTINCT FROM t31.c1)
ORDER BY tq_subtract(t31.c0, t31.c1), t31.c3

-- Postgres
SELECT t31.c2 AS c0, t31.c0 AS c1, t31.c1 AS c2, "tq_v1"."subtract"(t31.c0, t31.c1) AS c3, "tq_v1"."round"("tq_v1"."divide"("tq_v1"."multiply"($1::bigint, "tq_v1"."subtract"(t31.c0, t31.c1)), t31.c1), $2::bigint) AS c4
FROM (SELECT t16.c1 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t19.c2 - t19.c3))), 0)) AS c0
FROM (SELECT t18."customer_id" AS c0, t18."id" AS c1 FROM "t_acme"."project" AS t18
WHERE (NOT t18."deleted")) AS t17
JOIN (SELECT t20."project_id" AS c0, t20."date" AS c1, t20."end" AS c2, t20."begin" AS c3 FROM "t_acme"."timesheet" AS t20
WHERE (NOT t20."deleted") AND ((t20."user_id" = $3::uuid) OR (t20."project_id" IN (SELECT t21.c0 AS c0
FROM (SELECT t22."id" AS c0, t22."manager_id" AS c1, t22."manager2_id" AS c2 FROM "t_acme"."project" AS t22
WHERE (NOT t22."deleted")) AS t21
WHERE ((t21.c1 = $3::uuid) OR (t21.c2 = $3::uuid)))) OR (t20."user_id" IN (SELECT t23.c0 AS c0
FROM (SELECT t24."id" AS c0, t24."department_id" AS c1 FROM "t_acme"."user" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."lead_id" AS c1 FROM "t_acme"."department" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c1)
WHERE (t25.c1 = $3::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t28."user_id" AS c0, t28."active" AS c1, t28."role_id" AS c2 FROM "t_acme"."role_assignment" AS t28
WHERE (NOT t28."deleted")) AS t27
LEFT
JOIN (SELECT t30."id" AS c0, t30."code" AS c1 FROM "t_acme"."role" AS t30
WHERE (NOT t30."deleted")) AS t29 ON (t29.c0 = t27.c2)
WHERE (t27.c0 = $3::uuid) AND t27.c1 AND ((t29.c1 = $4::text) OR (t29.c1 = $5::text) OR (t29.c1 = $6::text) OR (t29.c1 = $7::text))))) AS t19 ON true
WHERE (t17.c0 = t16.c0) AND (t19.c0 = t17.c1) AND (t19.c1 >= $8::integer) AND (t19.c1 < $9::integer)) AS c1, t16.c2 AS c2, t16.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t4.c2 - t4.c3))), 0)) AS c0
FROM (SELECT t3."customer_id" AS c0, t3."id" AS c1 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
JOIN (SELECT t5."project_id" AS c0, t5."date" AS c1, t5."end" AS c2, t5."begin" AS c3 FROM "t_acme"."timesheet" AS t5
WHERE (NOT t5."deleted") AND ((t5."user_id" = $3::uuid) OR (t5."project_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."manager_id" AS c1, t7."manager2_id" AS c2 FROM "t_acme"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE ((t6.c1 = $3::uuid) OR (t6.c2 = $3::uuid)))) OR (t5."user_id" IN (SELECT t8.c0 AS c0
FROM (SELECT t9."id" AS c0, t9."department_id" AS c1 FROM "t_acme"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "t_acme"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c1)
WHERE (t10.c1 = $3::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2 FROM "t_acme"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "t_acme"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = $3::uuid) AND t12.c1 AND ((t14.c1 = $4::text) OR (t14.c1 = $5::text) OR (t14.c1 = $6::text) OR (t14.c1 = $7::text))))) AS t4 ON true
WHERE (t2.c0 = t0.c0) AND (t4.c0 = t2.c1) AND (t4.c1 >= $9::integer)) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."name" AS c1 FROM "t_acme"."customer" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t16) AS t31
WHERE (t31.c0 IS DISTINCT FROM t31.c1)
ORDER BY "tq_v1"."subtract"(t31.c0, t31.c1) NULLS FIRST, t31.c3
