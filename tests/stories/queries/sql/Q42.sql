-- Q42 Projects in which both departments A and B worked (intersection)

-- SQLite
SELECT t60.c0 AS c0
FROM (SELECT DISTINCT t0.c1 AS c0
FROM (SELECT t1."user_id" AS c0, t1."project_id" AS c1 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?1) OR ((t1."project_id" IN (SELECT t2.c1 AS c0
FROM (SELECT t3."manager_id" AS c0, t3."id" AS c1 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = ?1))) OR (t1."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager2_id" AS c0, t5."id" AS c1 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = ?1)))) OR (t1."user_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."department_id" AS c0, t7."id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c0)
WHERE (t8.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2, t11."id" AS c3 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?1) AND t10.c1 AND (t12.c1 = ?2))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "main"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "main"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = ?1) AND t14.c1 AND (t16.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "main"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "main"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = ?1) AND t18.c1 AND (t20.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "main"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "main"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = ?1) AND t22.c1 AND (t24.c1 = ?5)))) AS t0
LEFT
JOIN (SELECT t27."id" AS c0, t27."department_id" AS c1 FROM "main"."user" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t0.c0)
LEFT
JOIN (SELECT t29."id" AS c0, t29."name" AS c1 FROM "main"."department" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t26.c1)
WHERE (t28.c1 = ?6)
INTERSECT SELECT DISTINCT t30.c1 AS c0
FROM (SELECT t31."user_id" AS c0, t31."project_id" AS c1 FROM "main"."timesheet" AS t31
WHERE (NOT t31."deleted") AND ((t31."user_id" = ?1) OR ((t31."project_id" IN (SELECT t32.c1 AS c0
FROM (SELECT t33."manager_id" AS c0, t33."id" AS c1 FROM "main"."project" AS t33
WHERE (NOT t33."deleted")) AS t32
WHERE (t32.c0 = ?1))) OR (t31."project_id" IN (SELECT t34.c1 AS c0
FROM (SELECT t35."manager2_id" AS c0, t35."id" AS c1 FROM "main"."project" AS t35
WHERE (NOT t35."deleted")) AS t34
WHERE (t34.c0 = ?1)))) OR (t31."user_id" IN (SELECT t36.c1 AS c0
FROM (SELECT t37."department_id" AS c0, t37."id" AS c1 FROM "main"."user" AS t37
WHERE (NOT t37."deleted")) AS t36
LEFT
JOIN (SELECT t39."id" AS c0, t39."lead_id" AS c1 FROM "main"."department" AS t39
WHERE (NOT t39."deleted")) AS t38 ON (t38.c0 = t36.c0)
WHERE (t38.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t41."user_id" AS c0, t41."active" AS c1, t41."role_id" AS c2, t41."id" AS c3 FROM "main"."role_assignment" AS t41
WHERE (NOT t41."deleted")) AS t40
LEFT
JOIN (SELECT t43."id" AS c0, t43."code" AS c1 FROM "main"."role" AS t43
WHERE (NOT t43."deleted")) AS t42 ON (t42.c0 = t40.c2)
WHERE (t40.c0 = ?1) AND t40.c1 AND (t42.c1 = ?2))
OR EXISTS (SELECT 1
FROM (SELECT t45."user_id" AS c0, t45."active" AS c1, t45."role_id" AS c2, t45."id" AS c3 FROM "main"."role_assignment" AS t45
WHERE (NOT t45."deleted")) AS t44
LEFT
JOIN (SELECT t47."id" AS c0, t47."code" AS c1 FROM "main"."role" AS t47
WHERE (NOT t47."deleted")) AS t46 ON (t46.c0 = t44.c2)
WHERE (t44.c0 = ?1) AND t44.c1 AND (t46.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t49."user_id" AS c0, t49."active" AS c1, t49."role_id" AS c2, t49."id" AS c3 FROM "main"."role_assignment" AS t49
WHERE (NOT t49."deleted")) AS t48
LEFT
JOIN (SELECT t51."id" AS c0, t51."code" AS c1 FROM "main"."role" AS t51
WHERE (NOT t51."deleted")) AS t50 ON (t50.c0 = t48.c2)
WHERE (t48.c0 = ?1) AND t48.c1 AND (t50.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t53."user_id" AS c0, t53."active" AS c1, t53."role_id" AS c2, t53."id" AS c3 FROM "main"."role_assignment" AS t53
WHERE (NOT t53."deleted")) AS t52
LEFT
JOIN (SELECT t55."id" AS c0, t55."code" AS c1 FROM "main"."role" AS t55
WHERE (NOT t55."deleted")) AS t54 ON (t54.c0 = t52.c2)
WHERE (t52.c0 = ?1) AND t52.c1 AND (t54.c1 = ?5)))) AS t30
LEFT
JOIN (SELECT t57."id" AS c0, t57."department_id" AS c1 FROM "main"."user" AS t57
WHERE (NOT t57."deleted")) AS t56 ON (t56.c0 = t30.c0)
LEFT
JOIN (SELECT t59."id" AS c0, t59."name" AS c1 FROM "main"."department" AS t59
WHERE (NOT t59."deleted")) AS t58 ON (t58.c0 = t56.c1)
WHERE (t58.c1 = ?7)) AS t60
ORDER BY t60.c0

-- Postgres
SELECT t60.c0 AS c0
FROM (SELECT DISTINCT t0.c1 AS c0
FROM (SELECT t1."user_id" AS c0, t1."project_id" AS c1 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $1::uuid) OR ((t1."project_id" IN (SELECT t2.c1 AS c0
FROM (SELECT t3."manager_id" AS c0, t3."id" AS c1 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = $1::uuid))) OR (t1."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager2_id" AS c0, t5."id" AS c1 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = $1::uuid)))) OR (t1."user_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."department_id" AS c0, t7."id" AS c1 FROM "t_acme"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "t_acme"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c0)
WHERE (t8.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2, t11."id" AS c3 FROM "t_acme"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "t_acme"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = $1::uuid) AND t10.c1 AND (t12.c1 = $2::text))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "t_acme"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "t_acme"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = $1::uuid) AND t14.c1 AND (t16.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "t_acme"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "t_acme"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = $1::uuid) AND t18.c1 AND (t20.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "t_acme"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "t_acme"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = $1::uuid) AND t22.c1 AND (t24.c1 = $5::text)))) AS t0
LEFT
JOIN (SELECT t27."id" AS c0, t27."department_id" AS c1 FROM "t_acme"."user" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t0.c0)
LEFT
JOIN (SELECT t29."id" AS c0, t29."name" AS c1 FROM "t_acme"."department" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t26.c1)
WHERE (t28.c1 = $6::text)
INTERSECT SELECT DISTINCT t30.c1 AS c0
FROM (SELECT t31."user_id" AS c0, t31."project_id" AS c1 FROM "t_acme"."timesheet" AS t31
WHERE (NOT t31."deleted") AND ((t31."user_id" = $1::uuid) OR ((t31."project_id" IN (SELECT t32.c1 AS c0
FROM (SELECT t33."manager_id" AS c0, t33."id" AS c1 FROM "t_acme"."project" AS t33
WHERE (NOT t33."deleted")) AS t32
WHERE (t32.c0 = $1::uuid))) OR (t31."project_id" IN (SELECT t34.c1 AS c0
FROM (SELECT t35."manager2_id" AS c0, t35."id" AS c1 FROM "t_acme"."project" AS t35
WHERE (NOT t35."deleted")) AS t34
WHERE (t34.c0 = $1::uuid)))) OR (t31."user_id" IN (SELECT t36.c1 AS c0
FROM (SELECT t37."department_id" AS c0, t37."id" AS c1 FROM "t_acme"."user" AS t37
WHERE (NOT t37."deleted")) AS t36
LEFT
JOIN (SELECT t39."id" AS c0, t39."lead_id" AS c1 FROM "t_acme"."department" AS t39
WHERE (NOT t39."deleted")) AS t38 ON (t38.c0 = t36.c0)
WHERE (t38.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t41."user_id" AS c0, t41."active" AS c1, t41."role_id" AS c2, t41."id" AS c3 FROM "t_acme"."role_assignment" AS t41
WHERE (NOT t41."deleted")) AS t40
LEFT
JOIN (SELECT t43."id" AS c0, t43."code" AS c1 FROM "t_acme"."role" AS t43
WHERE (NOT t43."deleted")) AS t42 ON (t42.c0 = t40.c2)
WHERE (t40.c0 = $1::uuid) AND t40.c1 AND (t42.c1 = $2::text))
OR EXISTS (SELECT 1
FROM (SELECT t45."user_id" AS c0, t45."active" AS c1, t45."role_id" AS c2, t45."id" AS c3 FROM "t_acme"."role_assignment" AS t45
WHERE (NOT t45."deleted")) AS t44
LEFT
JOIN (SELECT t47."id" AS c0, t47."code" AS c1 FROM "t_acme"."role" AS t47
WHERE (NOT t47."deleted")) AS t46 ON (t46.c0 = t44.c2)
WHERE (t44.c0 = $1::uuid) AND t44.c1 AND (t46.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t49."user_id" AS c0, t49."active" AS c1, t49."role_id" AS c2, t49."id" AS c3 FROM "t_acme"."role_assignment" AS t49
WHERE (NOT t49."deleted")) AS t48
LEFT
JOIN (SELECT t51."id" AS c0, t51."code" AS c1 FROM "t_acme"."role" AS t51
WHERE (NOT t51."deleted")) AS t50 ON (t50.c0 = t48.c2)
WHERE (t48.c0 = $1::uuid) AND t48.c1 AND (t50.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t53."user_id" AS c0, t53."active" AS c1, t53."role_id" AS c2, t53."id" AS c3 FROM "t_acme"."role_assignment" AS t53
WHERE (NOT t53."deleted")) AS t52
LEFT
JOIN (SELECT t55."id" AS c0, t55."code" AS c1 FROM "t_acme"."role" AS t55
WHERE (NOT t55."deleted")) AS t54 ON (t54.c0 = t52.c2)
WHERE (t52.c0 = $1::uuid) AND t52.c1 AND (t54.c1 = $5::text)))) AS t30
LEFT
JOIN (SELECT t57."id" AS c0, t57."department_id" AS c1 FROM "t_acme"."user" AS t57
WHERE (NOT t57."deleted")) AS t56 ON (t56.c0 = t30.c0)
LEFT
JOIN (SELECT t59."id" AS c0, t59."name" AS c1 FROM "t_acme"."department" AS t59
WHERE (NOT t59."deleted")) AS t58 ON (t58.c0 = t56.c1)
WHERE (t58.c1 = $7::text)) AS t60
ORDER BY t60.c0 NULLS FIRST
