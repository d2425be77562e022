-- Q50 Forecast: does the project reach its end date with its budget at the present pace

-- SQLite
SELECT t15.c0 AS c0, t15.c1 AS c1, t15.c2 AS c2, t15.c3 AS c3, tq_round(t15.c4, ?1) AS c4, (CASE WHEN (t15.c4 > tq_multiply(t15.c2, ?2)) THEN ?3 WHEN (t15.c4 > t15.c2) THEN ?4 ELSE ?5 END) AS c5
FROM (SELECT t14.c3 AS c0, t14.c2 AS c1, t14.c4 AS c2, t14.c0 AS c3, tq_add(t14.c0, tq_multiply(tq_divide(t14.c0, tq_decimal_of_int(tq_days_between(t14.c1, ?6))), tq_decimal_of_int(tq_days_between(?6, t14.c2)))) AS c4, t14.c5 AS c5
FROM (SELECT (SELECT tq_sum(tq_hours((t2.c1 - t2.c2))) AS c0
FROM (SELECT t3."project_id" AS c0, t3."end" AS c1, t3."begin" AS c2 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?7) OR (t3."project_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."manager_id" AS c1, t5."manager2_id" AS c2 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE ((t4.c1 = ?7) OR (t4.c2 = ?7)))) OR (t3."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = ?7)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?7) AND t10.c1 AND ((t12.c1 = ?8) OR (t12.c1 = ?9) OR (t12.c1 = ?10) OR (t12.c1 = ?11))))) AS t2
WHERE (t2.c0 = t0.c3)) AS c0, t0.c4 AS c1, t0.c1 AS c2, t0.c5 AS c3, t0.c2 AS c4, t0.c3 AS c5
FROM (SELECT t1."closed" AS c0, t1."end_date" AS c1, t1."budget_hours" AS c2, t1."id" AS c3, t1."start_date" AS c4, t1."name" AS c5 FROM "main"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
WHERE (NOT t0.c0) AND (t0.c1 > ?6) AND (t0.c2 > ?12)) AS t14) AS t15
ORDER BY tq_divide(t15.c4, t15.c2) DESC, t15.c5

-- Postgres
SELECT t15.c0 AS c0, (t15.c1)::integer AS c1, t15.c2 AS c2, t15.c3 AS c3, "tq_v1"."round"(t15.c4, $1::bigint) AS c4, (CASE WHEN (t15.c4 > "tq_v1"."multiply"(t15.c2, $2::bigint)) THEN $3::text WHEN (t15.c4 > t15.c2) THEN $4::text ELSE $5::text END) AS c5
FROM (SELECT t14.c3 AS c0, t14.c2 AS c1, t14.c4 AS c2, t14.c0 AS c3, "tq_v1"."add"(t14.c0, "tq_v1"."multiply"("tq_v1"."divide"(t14.c0, "tq_v1"."decimal_of_int"("tq_v1"."days_between"(t14.c1, $6::integer))), "tq_v1"."decimal_of_int"("tq_v1"."days_between"($6::integer, t14.c2)))) AS c4, t14.c5 AS c5
FROM (SELECT (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t2.c1 - t2.c2))), 0)) AS c0
FROM (SELECT t3."project_id" AS c0, t3."end" AS c1, t3."begin" AS c2 FROM "t_acme"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = $7::uuid) OR (t3."project_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."manager_id" AS c1, t5."manager2_id" AS c2 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE ((t4.c1 = $7::uuid) OR (t4.c2 = $7::uuid)))) OR (t3."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "t_acme"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "t_acme"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = $7::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "t_acme"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "t_acme"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = $7::uuid) AND t10.c1 AND ((t12.c1 = $8::text) OR (t12.c1 = $9::text) OR (t12.c1 = $10::text) OR (t12.c1 = $11::text))))) AS t2
WHERE (t2.c0 = t0.c3)) AS c0, t0.c4 AS c1, t0.c1 AS c2, t0.c5 AS c3, t0.c2 AS c4, t0.c3 AS c5
FROM (SELECT t1."closed" AS c0, t1."end_date" AS c1, t1."budget_hours" AS c2, t1."id" AS c3, t1."start_date" AS c4, t1."name" AS c5 FROM "t_acme"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
WHERE (NOT t0.c0) AND (t0.c1 > $6::integer) AND (t0.c2 > $12::bigint)) AS t14) AS t15
ORDER BY "tq_v1"."divide"(t15.c4, t15.c2) DESC NULLS LAST, t15.c5
