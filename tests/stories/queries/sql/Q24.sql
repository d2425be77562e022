-- Q24 Effective hourly rate per customer compared with the agreed rate

-- SQLite
SELECT t19.c1 AS c0, t19.c2 AS c1, tq_round(tq_divide(t18.c2, t18.c1), ?1) AS c2, tq_round(tq_subtract(t19.c2, tq_divide(t18.c2, t18.c1)), ?1) AS c3
FROM (SELECT t12.c1 AS c0, tq_sum(tq_hours((t0.c2 - t0.c3))) AS c1, tq_sum((CASE WHEN t0.c4 THEN tq_multiply(tq_hours((t0.c2 - t0.c3)), coalesce(coalesce(t0.c5, t0.c6, t14.c1, t12.c2, t16.c1), ?2)) ELSE ?2 END)) AS c2
FROM (SELECT t1."date" AS c0, t1."project_id" AS c1, t1."end" AS c2, t1."begin" AS c3, t1."billable" AS c4, t1."hourly_rate_billed" AS c5, t1."hourly_rate" AS c6, t1."task_id" AS c7 FROM "main"."timesheet" AS t1
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
LEFT
JOIN (SELECT t13."id" AS c0, t13."customer_id" AS c1, t13."hourly_rate" AS c2 FROM "main"."project" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c1)
LEFT
JOIN (SELECT t15."id" AS c0, t15."hourly_rate" AS c1 FROM "main"."task" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t0.c7)
LEFT
JOIN (SELECT t17."id" AS c0, t17."hourly_rate" AS c1 FROM "main"."customer" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t12.c1)
WHERE (t0.c0 >= ?8)
GROUP BY 1) AS t18
LEFT
JOIN (SELECT t20."id" AS c0, t20."name" AS c1, t20."hourly_rate" AS c2 FROM "main"."customer" AS t20
WHERE (NOT t20."deleted")) AS t19 ON (t19.c0 = t18.c0)
ORDER BY tq_divide(t18.c2, t18.c1), t18.c0

-- Postgres
SELECT t19.c1 AS c0, t19.c2 AS c1, "tq_v1"."round"("tq_v1"."divide"(t18.c2, t18.c1), $1::bigint) AS c2, "tq_v1"."round"("tq_v1"."subtract"(t19.c2, "tq_v1"."divide"(t18.c2, t18.c1)), $1::bigint) AS c3
FROM (SELECT t12.c1 AS c0, "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t0.c2 - t0.c3))), 0)) AS c1, "tq_v1"."narrow"(coalesce(sum((CASE WHEN t0.c4 THEN "tq_v1"."multiply"("tq_v1"."hours"((t0.c2 - t0.c3)), coalesce(coalesce(t0.c5, t0.c6, t14.c1, t12.c2, t16.c1), $2::bigint)) ELSE $2::bigint END)), 0)) AS c2
FROM (SELECT t1."date" AS c0, t1."project_id" AS c1, t1."end" AS c2, t1."begin" AS c3, t1."billable" AS c4, t1."hourly_rate_billed" AS c5, t1."hourly_rate" AS c6, t1."task_id" AS c7 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $3::uuid) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = $3::uuid) OR (t2.c2 = $3::uuid)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "t_acme"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "t_acme"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = $3::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "t_acme"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "t_acme"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = $3::uuid) AND t8.c1 AND ((t10.c1 = $4::text) OR (t10.c1 = $5::text) OR (t10.c1 = $6::text) OR (t10.c1 = $7::text))))) AS t0
LEFT
JOIN (SELECT t13."id" AS c0, t13."customer_id" AS c1, t13."hourly_rate" AS c2 FROM "t_acme"."project" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c1)
LEFT
JOIN (SELECT t15."id" AS c0, t15."hourly_rate" AS c1 FROM "t_acme"."task" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t0.c7)
LEFT
JOIN (SELECT t17."id" AS c0, t17."hourly_rate" AS c1 FROM "t_acme"."customer" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t12.c1)
WHERE (t0.c0 >= $8::integer)
GROUP BY 1) AS t18
LEFT
JOIN (SELECT t20."id" AS c0, t20."name" AS c1, t20."hourly_rate" AS c2 FROM "t_acme"."customer" AS t20
WHERE (NOT t20."deleted")) AS t19 ON (t19.c0 = t18.c0)
ORDER BY "tq_v1"."divide"(t18.c2, t18.c1) NULLS FIRST, t18.c0 NULLS FIRST
