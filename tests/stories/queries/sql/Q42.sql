-- Q42 Projects in which both departments A and B worked (intersection)

-- SQLite
SELECT t32.c0 AS c0
FROM (SELECT DISTINCT t0.c1 AS c0
FROM (SELECT t1."user_id" AS c0, t1."project_id" AS c1 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?1) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = ?1) OR (t2.c2 = ?1)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "main"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "main"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "main"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "main"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = ?1) AND t8.c1 AND ((t10.c1 = ?2) OR (t10.c1 = ?3) OR (t10.c1 = ?4) OR (t10.c1 = ?5))))) AS t0
LEFT
JOIN (SELECT t13."id" AS c0, t13."department_id" AS c1 FROM "main"."user" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c0)
LEFT
JOIN (SELECT t15."id" AS c0, t15."name" AS c1 FROM "main"."department" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c1)
WHERE (t14.c1 = ?6)
INTERSECT SELECT DISTINCT t16.c1 AS c0
FROM (SELECT t17."user_id" AS c0, t17."project_id" AS c1 FROM "main"."timesheet" AS t17
WHERE (NOT t17."deleted") AND ((t17."user_id" = ?1) OR (t17."project_id" IN (SELECT t18.c0 AS c0
FROM (SELECT t19."id" AS c0, t19."manager_id" AS c1, t19."manager2_id" AS c2 FROM "main"."project" AS t19
WHERE (NOT t19."deleted")) AS t18
WHERE ((t18.c1 = ?1) OR (t18.c2 = ?1)))) OR (t17."user_id" IN (SELECT t20.c0 AS c0
FROM (SELECT t21."id" AS c0, t21."department_id" AS c1 FROM "main"."user" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."lead_id" AS c1 FROM "main"."department" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c1)
WHERE (t22.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2 FROM "main"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "main"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = ?1) AND t24.c1 AND ((t26.c1 = ?2) OR (t26.c1 = ?3) OR (t26.c1 = ?4) OR (t26.c1 = ?5))))) AS t16
LEFT
JOIN (SELECT t29."id" AS c0, t29."department_id" AS c1 FROM "main"."user" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t16.c0)
LEFT
JOIN (SELECT t31."id" AS c0, t31."name" AS c1 FROM "main"."department" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c1)
WHERE (t30.c1 = ?7)) AS t32
ORDER BY t32.c0

-- Postgres
SELECT t32.c0 AS c0
FROM (SELECT DISTINCT t0.c1 AS c0
FROM (SELECT t1."user_id" AS c0, t1."project_id" AS c1 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $1::uuid) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = $1::uuid) OR (t2.c2 = $1::uuid)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "t_acme"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "t_acme"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "t_acme"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "t_acme"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = $1::uuid) AND t8.c1 AND ((t10.c1 = $2::text) OR (t10.c1 = $3::text) OR (t10.c1 = $4::text) OR (t10.c1 = $5::text))))) AS t0
LEFT
JOIN (SELECT t13."id" AS c0, t13."department_id" AS c1 FROM "t_acme"."user" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c0)
LEFT
JOIN (SELECT t15."id" AS c0, t15."name" AS c1 FROM "t_acme"."department" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c1)
WHERE (t14.c1 = $6::text)
INTERSECT SELECT DISTINCT t16.c1 AS c0
FROM (SELECT t17."user_id" AS c0, t17."project_id" AS c1 FROM "t_acme"."timesheet" AS t17
WHERE (NOT t17."deleted") AND ((t17."user_id" = $1::uuid) OR (t17."project_id" IN (SELECT t18.c0 AS c0
FROM (SELECT t19."id" AS c0, t19."manager_id" AS c1, t19."manager2_id" AS c2 FROM "t_acme"."project" AS t19
WHERE (NOT t19."deleted")) AS t18
WHERE ((t18.c1 = $1::uuid) OR (t18.c2 = $1::uuid)))) OR (t17."user_id" IN (SELECT t20.c0 AS c0
FROM (SELECT t21."id" AS c0, t21."department_id" AS c1 FROM "t_acme"."user" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."lead_id" AS c1 FROM "t_acme"."department" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c1)
WHERE (t22.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2 FROM "t_acme"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "t_acme"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = $1::uuid) AND t24.c1 AND ((t26.c1 = $2::text) OR (t26.c1 = $3::text) OR (t26.c1 = $4::text) OR (t26.c1 = $5::text))))) AS t16
LEFT
JOIN (SELECT t29."id" AS c0, t29."department_id" AS c1 FROM "t_acme"."user" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t16.c0)
LEFT
JOIN (SELECT t31."id" AS c0, t31."name" AS c1 FROM "t_acme"."department" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c1)
WHERE (t30.c1 = $7::text)) AS t32
ORDER BY t32.c0 NULLS FIRST
