-- Q50 Forecast: does the project reach its end date with its budget at the present pace

-- SQLite
SELECT t29.c0 AS c0, t29.c1 AS c1, t29.c2 AS c2, t29.c3 AS c3, tq_round(t29.c4, ?1) AS c4, (CASE WHEN (t29.c4 > tq_multiply(t29.c2, ?2)) THEN ?3 WHEN (t29.c4 > t29.c2) THEN ?4 ELSE ?5 END) AS c5
FROM (SELECT t28.c3 AS c0, t28.c2 AS c1, t28.c4 AS c2, t28.c0 AS c3, tq_add(t28.c0, tq_multiply(tq_divide(t28.c0, tq_decimal_of_int(tq_days_between(t28.c1, ?6))), tq_decimal_of_int(tq_days_between(?6, t28.c2)))) AS c4, t28.c5 AS c5
FROM (SELECT (SELECT tq_sum(tq_hours((t2.c1 - t2.c2))) AS c0
FROM (SELECT t3."project_id" AS c0, t3."end" AS c1, t3."begin" AS c2 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?7) OR ((t3."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager_id" AS c0, t5."id" AS c1 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = ?7))) OR (t3."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager2_id" AS c0, t7."id" AS c1 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = ?7)))) OR (t3."user_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."department_id" AS c0, t9."id" AS c1 FROM "main"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "main"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c0)
WHERE (t10.c1 = ?7)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "main"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "main"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = ?7) AND t12.c1 AND (t14.c1 = ?8))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "main"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "main"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = ?7) AND t16.c1 AND (t18.c1 = ?9))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "main"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "main"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = ?7) AND t20.c1 AND (t22.c1 = ?10))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "main"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "main"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = ?7) AND t24.c1 AND (t26.c1 = ?11)))) AS t2
WHERE (t2.c0 = t0.c3)) AS c0, t0.c4 AS c1, t0.c1 AS c2, t0.c5 AS c3, t0.c2 AS c4, t0.c3 AS c5
FROM (SELECT t1."closed" AS c0, t1."end_date" AS c1, t1."budget_hours" AS c2, t1."id" AS c3, t1."start_date" AS c4, t1."name" AS c5 FROM "main"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
WHERE (NOT t0.c0) AND (t0.c1 > ?6) AND (t0.c2 > ?12)) AS t28) AS t29
ORDER BY tq_divide(t29.c4, t29.c2) DESC, t29.c5

-- Postgres
SELECT t29.c0 AS c0, (t29.c1)::integer AS c1, t29.c2 AS c2, t29.c3 AS c3, "tq_v1"."round"(t29.c4, $1::bigint) AS c4, (CASE WHEN (t29.c4 > "tq_v1"."multiply"(t29.c2, $2::bigint)) THEN $3::text WHEN (t29.c4 > t29.c2) THEN $4::text ELSE $5::text END) AS c5
FROM (SELECT t28.c3 AS c0, t28.c2 AS c1, t28.c4 AS c2, t28.c0 AS c3, "tq_v1"."add"(t28.c0, "tq_v1"."multiply"("tq_v1"."divide"(t28.c0, "tq_v1"."decimal_of_int"("tq_v1"."days_between"(t28.c1, $6::integer))), "tq_v1"."decimal_of_int"("tq_v1"."days_between"($6::integer, t28.c2)))) AS c4, t28.c5 AS c5
FROM (SELECT (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t2.c1 - t2.c2))), 0)) AS c0
FROM (SELECT t3."project_id" AS c0, t3."end" AS c1, t3."begin" AS c2 FROM "t_acme"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = $7::uuid) OR ((t3."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager_id" AS c0, t5."id" AS c1 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = $7::uuid))) OR (t3."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager2_id" AS c0, t7."id" AS c1 FROM "t_acme"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = $7::uuid)))) OR (t3."user_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."department_id" AS c0, t9."id" AS c1 FROM "t_acme"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "t_acme"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c0)
WHERE (t10.c1 = $7::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "t_acme"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "t_acme"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = $7::uuid) AND t12.c1 AND (t14.c1 = $8::text))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "t_acme"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "t_acme"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = $7::uuid) AND t16.c1 AND (t18.c1 = $9::text))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "t_acme"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "t_acme"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = $7::uuid) AND t20.c1 AND (t22.c1 = $10::text))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "t_acme"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "t_acme"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = $7::uuid) AND t24.c1 AND (t26.c1 = $11::text)))) AS t2
WHERE (t2.c0 = t0.c3)) AS c0, t0.c4 AS c1, t0.c1 AS c2, t0.c5 AS c3, t0.c2 AS c4, t0.c3 AS c5
FROM (SELECT t1."closed" AS c0, t1."end_date" AS c1, t1."budget_hours" AS c2, t1."id" AS c3, t1."start_date" AS c4, t1."name" AS c5 FROM "t_acme"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
WHERE (NOT t0.c0) AND (t0.c1 > $6::integer) AND (t0.c2 > $12::bigint)) AS t28) AS t29
ORDER BY "tq_v1"."divide"(t29.c4, t29.c2) DESC NULLS LAST, t29.c5
