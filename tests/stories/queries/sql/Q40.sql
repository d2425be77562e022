-- Q40 Team members of the departments that I lead with their hours of the week

-- SQLite
SELECT t4.c1 AS c0, (CASE WHEN ((coalesce(t0.c1, '') = '') AND (coalesce(t0.c2, '') = '')) THEN t0.c3 ELSE tq_trim((coalesce(t0.c1, '') || ?1 || coalesce(t0.c2, ''))) END) AS c1, (SELECT tq_sum(tq_hours((t6.c2 - t6.c3))) AS c0
FROM (SELECT t7."user_id" AS c0, t7."date" AS c1, t7."end" AS c2, t7."begin" AS c3 FROM "main"."timesheet" AS t7
WHERE (NOT t7."deleted") AND ((t7."user_id" = ?2) OR (t7."project_id" IN (SELECT t8.c0 AS c0
FROM (SELECT t9."id" AS c0, t9."manager_id" AS c1, t9."manager2_id" AS c2 FROM "main"."project" AS t9
WHERE (NOT t9."deleted")) AS t8
WHERE ((t8.c1 = ?2) OR (t8.c2 = ?2)))) OR (t7."user_id" IN (SELECT t10.c0 AS c0
FROM (SELECT t11."id" AS c0, t11."department_id" AS c1 FROM "main"."user" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."lead_id" AS c1 FROM "main"."department" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c1)
WHERE (t12.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2 FROM "main"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "main"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = ?2) AND t14.c1 AND ((t16.c1 = ?3) OR (t16.c1 = ?4) OR (t16.c1 = ?5) OR (t16.c1 = ?6))))) AS t6
WHERE (t6.c0 = t0.c4) AND (t6.c1 >= ?7)) AS c2
FROM (SELECT t1."department_id" AS c0, t1."firstname" AS c1, t1."lastname" AS c2, t1."username" AS c3, t1."id" AS c4 FROM "main"."user" AS t1
WHERE (NOT t1."deleted")) AS t0
LEFT
JOIN (SELECT t5."id" AS c0, t5."name" AS c1, t5."name_fold" AS c2 FROM "main"."department" AS t5
WHERE (NOT t5."deleted")) AS t4 ON (t4.c0 = t0.c0)
WHERE (t0.c0 IN (SELECT t2.c1 AS c0
FROM (SELECT t3."lead_id" AS c0, t3."id" AS c1 FROM "main"."department" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = ?2)))
ORDER BY t4.c2, t4.c1, (CASE WHEN ((coalesce(t0.c1, '') = '') AND (coalesce(t0.c2, '') = '')) THEN t0.c3 ELSE tq_trim((coalesce(t0.c1, '') || ?1 || coalesce(t0.c2, ''))) END), t0.c4

-- Postgres
SELECT t4.c1 AS c0, (CASE WHEN ((coalesce(t0.c1, '') = '') AND (coalesce(t0.c2, '') = '')) THEN t0.c3 ELSE "tq_v1"."trim"((coalesce(t0.c1, '') || $1::text || coalesce(t0.c2, ''))) END) AS c1, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t6.c2 - t6.c3))), 0)) AS c0
FROM (SELECT t7."user_id" AS c0, t7."date" AS c1, t7."end" AS c2, t7."begin" AS c3 FROM "t_acme"."timesheet" AS t7
WHERE (NOT t7."deleted") AND ((t7."user_id" = $2::uuid) OR (t7."project_id" IN (SELECT t8.c0 AS c0
FROM (SELECT t9."id" AS c0, t9."manager_id" AS c1, t9."manager2_id" AS c2 FROM "t_acme"."project" AS t9
WHERE (NOT t9."deleted")) AS t8
WHERE ((t8.c1 = $2::uuid) OR (t8.c2 = $2::uuid)))) OR (t7."user_id" IN (SELECT t10.c0 AS c0
FROM (SELECT t11."id" AS c0, t11."department_id" AS c1 FROM "t_acme"."user" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."lead_id" AS c1 FROM "t_acme"."department" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c1)
WHERE (t12.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2 FROM "t_acme"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "t_acme"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = $2::uuid) AND t14.c1 AND ((t16.c1 = $3::text) OR (t16.c1 = $4::text) OR (t16.c1 = $5::text) OR (t16.c1 = $6::text))))) AS t6
WHERE (t6.c0 = t0.c4) AND (t6.c1 >= $7::integer)) AS c2
FROM (SELECT t1."department_id" AS c0, t1."firstname" AS c1, t1."lastname" AS c2, t1."username" AS c3, t1."id" AS c4 FROM "t_acme"."user" AS t1
WHERE (NOT t1."deleted")) AS t0
LEFT
JOIN (SELECT t5."id" AS c0, t5."name" AS c1, t5."name_fold" AS c2 FROM "t_acme"."department" AS t5
WHERE (NOT t5."deleted")) AS t4 ON (t4.c0 = t0.c0)
WHERE (t0.c0 IN (SELECT t2.c1 AS c0
FROM (SELECT t3."lead_id" AS c0, t3."id" AS c1 FROM "t_acme"."department" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = $2::uuid)))
ORDER BY t4.c2 COLLATE "C" NULLS FIRST, t4.c1 COLLATE "C" NULLS FIRST, (CASE WHEN ((coalesce(t0.c1, '') = '') AND (coalesce(t0.c2, '') = '')) THEN t0.c3 ELSE "tq_v1"."trim"((coalesce(t0.c1, '') || $1::text || coalesce(t0.c2, ''))) END) COLLATE "C", t0.c4
