-- E07 legacy TCQL spelling accepted

-- SQLite
SELECT tq_year(tq_date(t0.c1, t0.c2)) AS c0, t14.c1 AS c1, (CASE WHEN t0.c4 THEN ?1 ELSE ?2 END) AS c2
FROM (SELECT t1."user_id" AS c0, t1."begin" AS c1, t1."utc_offset" AS c2, t1."project_id" AS c3, t1."billable" AS c4, t1."id" AS c5 FROM "main"."timesheet" AS t1
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
JOIN (SELECT t13."id" AS c0 FROM "main"."user" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c0)
LEFT
JOIN (SELECT t15."id" AS c0, t15."start_date" AS c1 FROM "main"."project" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t0.c3)
WHERE (t12.c0 = ?8) AND (t0.c1 >= ?9)
ORDER BY tq_year(tq_date(t0.c1, t0.c2)), tq_month(tq_date(t0.c1, t0.c2)), t0.c5

-- Postgres
SELECT "tq_v1"."year"("tq_v1"."date"(t0.c1, t0.c2)) AS c0, (t14.c1)::integer AS c1, (CASE WHEN t0.c4 THEN $1::text ELSE $2::text END) AS c2
FROM (SELECT t1."user_id" AS c0, t1."begin" AS c1, t1."utc_offset" AS c2, t1."project_id" AS c3, t1."billable" AS c4, t1."id" AS c5 FROM "t_acme"."timesheet" AS t1
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
JOIN (SELECT t13."id" AS c0 FROM "t_acme"."user" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c0)
LEFT
JOIN (SELECT t15."id" AS c0, t15."start_date" AS c1 FROM "t_acme"."project" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t0.c3)
WHERE (t12.c0 = $8::uuid) AND (t0.c1 >= $9::bigint)
ORDER BY "tq_v1"."year"("tq_v1"."date"(t0.c1, t0.c2)) NULLS FIRST, "tq_v1"."month"("tq_v1"."date"(t0.c1, t0.c2)) NULLS FIRST, t0.c5
