-- Q32 Projects without any booking

-- SQLite
SELECT t14.c1 AS c0, t0.c2 AS c1, t0.c3 AS c2
FROM (SELECT t1."id" AS c0, t1."customer_id" AS c1, t1."name" AS c2, t1."start_date" AS c3, t1."name_fold" AS c4 FROM "main"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
LEFT
JOIN (SELECT t15."id" AS c0, t15."name" AS c1, t15."name_fold" AS c2 FROM "main"."customer" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t0.c1)
WHERE (NOT EXISTS (SELECT 1
FROM (SELECT t3."project_id" AS c0, t3."id" AS c1 FROM "main"."timesheet" AS t3
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
WHERE (t2.c0 = t0.c0)))
ORDER BY t14.c2, t14.c1, t0.c4, t0.c2, t0.c0

-- Postgres
SELECT t14.c1 AS c0, t0.c2 AS c1, (t0.c3)::integer AS c2
FROM (SELECT t1."id" AS c0, t1."customer_id" AS c1, t1."name" AS c2, t1."start_date" AS c3, t1."name_fold" AS c4 FROM "t_acme"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
LEFT
JOIN (SELECT t15."id" AS c0, t15."name" AS c1, t15."name_fold" AS c2 FROM "t_acme"."customer" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t0.c1)
WHERE (NOT EXISTS (SELECT 1
FROM (SELECT t3."project_id" AS c0, t3."id" AS c1 FROM "t_acme"."timesheet" AS t3
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
WHERE (t2.c0 = t0.c0)))
ORDER BY t14.c2 COLLATE "C" NULLS FIRST, t14.c1 COLLATE "C" NULLS FIRST, t0.c4 COLLATE "C", t0.c2 COLLATE "C", t0.c0
