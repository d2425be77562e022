-- E07 legacy TCQL spelling accepted

-- SQLite
SELECT tq_year(tq_date(t0.c1, t0.c2)) AS c0, t28.c1 AS c1, (CASE WHEN t0.c4 THEN ?1 ELSE ?2 END) AS c2
FROM (SELECT t1."user_id" AS c0, t1."begin" AS c1, t1."utc_offset" AS c2, t1."project_id" AS c3, t1."billable" AS c4, t1."id" AS c5 FROM "main"."timesheet" AS t1
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
LEFT
JOIN (SELECT t27."id" AS c0 FROM "main"."user" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t0.c0)
LEFT
JOIN (SELECT t29."id" AS c0, t29."start_date" AS c1 FROM "main"."project" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t0.c3)
WHERE (t26.c0 = ?8) AND (t0.c1 >= ?9)
ORDER BY tq_year(tq_date(t0.c1, t0.c2)), tq_month(tq_date(t0.c1, t0.c2)), t0.c5

-- Postgres
SELECT "tq_v1"."year"("tq_v1"."date"(t0.c1, t0.c2)) AS c0, (t28.c1)::integer AS c1, (CASE WHEN t0.c4 THEN $1::text ELSE $2::text END) AS c2
FROM (SELECT t1."user_id" AS c0, t1."begin" AS c1, t1."utc_offset" AS c2, t1."project_id" AS c3, t1."billable" AS c4, t1."id" AS c5 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $3::uuid) OR ((t1."project_id" IN (SELECT t2.c1 AS c0
FROM (SELECT t3."manager_id" AS c0, t3."id" AS c1 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = $3::uuid))) OR (t1."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager2_id" AS c0, t5."id" AS c1 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = $3::uuid)))) OR (t1."user_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."department_id" AS c0, t7."id" AS c1 FROM "t_acme"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "t_acme"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c0)
WHERE (t8.c1 = $3::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2, t11."id" AS c3 FROM "t_acme"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "t_acme"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = $3::uuid) AND t10.c1 AND (t12.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "t_acme"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "t_acme"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = $3::uuid) AND t14.c1 AND (t16.c1 = $5::text))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "t_acme"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "t_acme"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = $3::uuid) AND t18.c1 AND (t20.c1 = $6::text))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "t_acme"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "t_acme"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = $3::uuid) AND t22.c1 AND (t24.c1 = $7::text)))) AS t0
LEFT
JOIN (SELECT t27."id" AS c0 FROM "t_acme"."user" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t0.c0)
LEFT
JOIN (SELECT t29."id" AS c0, t29."start_date" AS c1 FROM "t_acme"."project" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t0.c3)
WHERE (t26.c0 = $8::uuid) AND (t0.c1 >= $9::bigint)
ORDER BY "tq_v1"."year"("tq_v1"."date"(t0.c1, t0.c2)) NULLS FIRST, "tq_v1"."month"("tq_v1"."date"(t0.c1, t0.c2)) NULLS FIRST, t0.c5
