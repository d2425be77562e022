-- Q31 Customers with whom nobody worked in the last 90 days

-- SQLite
SELECT t16.c1 AS c0, t16.c0 AS c1
FROM (SELECT (SELECT max(t4.c1) AS c0
FROM (SELECT t3."customer_id" AS c0, t3."id" AS c1 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
JOIN (SELECT t5."project_id" AS c0, t5."date" AS c1 FROM "main"."timesheet" AS t5
WHERE (NOT t5."deleted") AND ((t5."user_id" = ?1) OR (t5."project_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."manager_id" AS c1, t7."manager2_id" AS c2 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE ((t6.c1 = ?1) OR (t6.c2 = ?1)))) OR (t5."user_id" IN (SELECT t8.c0 AS c0
FROM (SELECT t9."id" AS c0, t9."department_id" AS c1 FROM "main"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "main"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c1)
WHERE (t10.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2 FROM "main"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "main"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = ?1) AND t12.c1 AND ((t14.c1 = ?2) OR (t14.c1 = ?3) OR (t14.c1 = ?4) OR (t14.c1 = ?5))))) AS t4 ON true
WHERE (t2.c0 = t0.c0) AND (t4.c0 = t2.c1)) AS c0, t0.c1 AS c1, t0.c0 AS c2
FROM (SELECT t1."id" AS c0, t1."name" AS c1 FROM "main"."customer" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t16
WHERE ((t16.c0 IS NULL) OR (t16.c0 < ?6))
ORDER BY t16.c0, t16.c2

-- Postgres
SELECT t16.c1 AS c0, (t16.c0)::integer AS c1
FROM (SELECT (SELECT max(t4.c1) AS c0
FROM (SELECT t3."customer_id" AS c0, t3."id" AS c1 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
JOIN (SELECT t5."project_id" AS c0, t5."date" AS c1 FROM "t_acme"."timesheet" AS t5
WHERE (NOT t5."deleted") AND ((t5."user_id" = $1::uuid) OR (t5."project_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."manager_id" AS c1, t7."manager2_id" AS c2 FROM "t_acme"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE ((t6.c1 = $1::uuid) OR (t6.c2 = $1::uuid)))) OR (t5."user_id" IN (SELECT t8.c0 AS c0
FROM (SELECT t9."id" AS c0, t9."department_id" AS c1 FROM "t_acme"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "t_acme"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c1)
WHERE (t10.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2 FROM "t_acme"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "t_acme"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = $1::uuid) AND t12.c1 AND ((t14.c1 = $2::text) OR (t14.c1 = $3::text) OR (t14.c1 = $4::text) OR (t14.c1 = $5::text))))) AS t4 ON true
WHERE (t2.c0 = t0.c0) AND (t4.c0 = t2.c1)) AS c0, t0.c1 AS c1, t0.c0 AS c2
FROM (SELECT t1."id" AS c0, t1."name" AS c1 FROM "t_acme"."customer" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t16
WHERE ((t16.c0 IS NULL) OR (t16.c0 < $6::integer))
ORDER BY t16.c0 NULLS FIRST, t16.c2
