-- Q40 Team members of the departments that I lead with their hours of the week

-- SQLite
SELECT t4.c1 AS c0, (CASE WHEN ((coalesce(t0.c1, '') = '') AND (coalesce(t0.c2, '') = '')) THEN t0.c3 ELSE tq_trim((coalesce(t0.c1, '') || ?1 || coalesce(t0.c2, ''))) END) AS c1, (SELECT tq_sum(tq_hours((t6.c2 - t6.c3))) AS c0
FROM (SELECT t7."user_id" AS c0, t7."date" AS c1, t7."end" AS c2, t7."begin" AS c3 FROM "main"."timesheet" AS t7
WHERE (NOT t7."deleted") AND ((t7."user_id" = ?2) OR ((t7."project_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."manager_id" AS c0, t9."id" AS c1 FROM "main"."project" AS t9
WHERE (NOT t9."deleted")) AS t8
WHERE (t8.c0 = ?2))) OR (t7."project_id" IN (SELECT t10.c1 AS c0
FROM (SELECT t11."manager2_id" AS c0, t11."id" AS c1 FROM "main"."project" AS t11
WHERE (NOT t11."deleted")) AS t10
WHERE (t10.c0 = ?2)))) OR (t7."user_id" IN (SELECT t12.c1 AS c0
FROM (SELECT t13."department_id" AS c0, t13."id" AS c1 FROM "main"."user" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."lead_id" AS c1 FROM "main"."department" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c0)
WHERE (t14.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "main"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "main"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = ?2) AND t16.c1 AND (t18.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "main"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "main"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = ?2) AND t20.c1 AND (t22.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "main"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "main"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = ?2) AND t24.c1 AND (t26.c1 = ?5))
OR EXISTS (SELECT 1
FROM (SELECT t29."user_id" AS c0, t29."active" AS c1, t29."role_id" AS c2, t29."id" AS c3 FROM "main"."role_assignment" AS t29
WHERE (NOT t29."deleted")) AS t28
LEFT
JOIN (SELECT t31."id" AS c0, t31."code" AS c1 FROM "main"."role" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c2)
WHERE (t28.c0 = ?2) AND t28.c1 AND (t30.c1 = ?6)))) AS t6
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
WHERE (NOT t7."deleted") AND ((t7."user_id" = $2::uuid) OR ((t7."project_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."manager_id" AS c0, t9."id" AS c1 FROM "t_acme"."project" AS t9
WHERE (NOT t9."deleted")) AS t8
WHERE (t8.c0 = $2::uuid))) OR (t7."project_id" IN (SELECT t10.c1 AS c0
FROM (SELECT t11."manager2_id" AS c0, t11."id" AS c1 FROM "t_acme"."project" AS t11
WHERE (NOT t11."deleted")) AS t10
WHERE (t10.c0 = $2::uuid)))) OR (t7."user_id" IN (SELECT t12.c1 AS c0
FROM (SELECT t13."department_id" AS c0, t13."id" AS c1 FROM "t_acme"."user" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."lead_id" AS c1 FROM "t_acme"."department" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c0)
WHERE (t14.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "t_acme"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "t_acme"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = $2::uuid) AND t16.c1 AND (t18.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "t_acme"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "t_acme"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = $2::uuid) AND t20.c1 AND (t22.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "t_acme"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "t_acme"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = $2::uuid) AND t24.c1 AND (t26.c1 = $5::text))
OR EXISTS (SELECT 1
FROM (SELECT t29."user_id" AS c0, t29."active" AS c1, t29."role_id" AS c2, t29."id" AS c3 FROM "t_acme"."role_assignment" AS t29
WHERE (NOT t29."deleted")) AS t28
LEFT
JOIN (SELECT t31."id" AS c0, t31."code" AS c1 FROM "t_acme"."role" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c2)
WHERE (t28.c0 = $2::uuid) AND t28.c1 AND (t30.c1 = $6::text)))) AS t6
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
