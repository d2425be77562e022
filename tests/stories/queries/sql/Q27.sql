-- Q27 Difference between invoiced hours and booked billable hours per project

-- SQLite
SELECT t55.c2 AS c0, t55.c0 AS c1, t55.c1 AS c2, tq_subtract(t55.c0, t55.c1) AS c3
FROM (SELECT t28.c1 AS c0, (SELECT tq_sum(tq_hours((t29.c2 - t29.c3))) AS c0
FROM (SELECT t30."project_id" AS c0, t30."invoice_id" AS c1, t30."end" AS c2, t30."begin" AS c3 FROM "main"."timesheet" AS t30
WHERE (NOT t30."deleted") AND ((t30."user_id" = ?1) OR ((t30."project_id" IN (SELECT t31.c1 AS c0
FROM (SELECT t32."manager_id" AS c0, t32."id" AS c1 FROM "main"."project" AS t32
WHERE (NOT t32."deleted")) AS t31
WHERE (t31.c0 = ?1))) OR (t30."project_id" IN (SELECT t33.c1 AS c0
FROM (SELECT t34."manager2_id" AS c0, t34."id" AS c1 FROM "main"."project" AS t34
WHERE (NOT t34."deleted")) AS t33
WHERE (t33.c0 = ?1)))) OR (t30."user_id" IN (SELECT t35.c1 AS c0
FROM (SELECT t36."department_id" AS c0, t36."id" AS c1 FROM "main"."user" AS t36
WHERE (NOT t36."deleted")) AS t35
LEFT
JOIN (SELECT t38."id" AS c0, t38."lead_id" AS c1 FROM "main"."department" AS t38
WHERE (NOT t38."deleted")) AS t37 ON (t37.c0 = t35.c0)
WHERE (t37.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t40."user_id" AS c0, t40."active" AS c1, t40."role_id" AS c2, t40."id" AS c3 FROM "main"."role_assignment" AS t40
WHERE (NOT t40."deleted")) AS t39
LEFT
JOIN (SELECT t42."id" AS c0, t42."code" AS c1 FROM "main"."role" AS t42
WHERE (NOT t42."deleted")) AS t41 ON (t41.c0 = t39.c2)
WHERE (t39.c0 = ?1) AND t39.c1 AND (t41.c1 = ?2))
OR EXISTS (SELECT 1
FROM (SELECT t44."user_id" AS c0, t44."active" AS c1, t44."role_id" AS c2, t44."id" AS c3 FROM "main"."role_assignment" AS t44
WHERE (NOT t44."deleted")) AS t43
LEFT
JOIN (SELECT t46."id" AS c0, t46."code" AS c1 FROM "main"."role" AS t46
WHERE (NOT t46."deleted")) AS t45 ON (t45.c0 = t43.c2)
WHERE (t43.c0 = ?1) AND t43.c1 AND (t45.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t48."user_id" AS c0, t48."active" AS c1, t48."role_id" AS c2, t48."id" AS c3 FROM "main"."role_assignment" AS t48
WHERE (NOT t48."deleted")) AS t47
LEFT
JOIN (SELECT t50."id" AS c0, t50."code" AS c1 FROM "main"."role" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c2)
WHERE (t47.c0 = ?1) AND t47.c1 AND (t49.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t52."user_id" AS c0, t52."active" AS c1, t52."role_id" AS c2, t52."id" AS c3 FROM "main"."role_assignment" AS t52
WHERE (NOT t52."deleted")) AS t51
LEFT
JOIN (SELECT t54."id" AS c0, t54."code" AS c1 FROM "main"."role" AS t54
WHERE (NOT t54."deleted")) AS t53 ON (t53.c0 = t51.c2)
WHERE (t51.c0 = ?1) AND t51.c1 AND (t53.c1 = ?5)))) AS t29
WHERE (t29.c0 = t28.c0) AND (NOT (t29.c1 IS NULL))) AS c1, t28.c2 AS c2, t28.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT tq_sum(tq_hours((t2.c2 - t2.c3))) AS c0
FROM (SELECT t3."project_id" AS c0, t3."billable" AS c1, t3."end" AS c2, t3."begin" AS c3 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?1) OR ((t3."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager_id" AS c0, t5."id" AS c1 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = ?1))) OR (t3."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager2_id" AS c0, t7."id" AS c1 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = ?1)))) OR (t3."user_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."department_id" AS c0, t9."id" AS c1 FROM "main"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "main"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c0)
WHERE (t10.c1 = ?1)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "main"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "main"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = ?1) AND t12.c1 AND (t14.c1 = ?2))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "main"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "main"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = ?1) AND t16.c1 AND (t18.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "main"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "main"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = ?1) AND t20.c1 AND (t22.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "main"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "main"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = ?1) AND t24.c1 AND (t26.c1 = ?5)))) AS t2
WHERE (t2.c0 = t0.c0) AND t2.c1) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."code" AS c1 FROM "main"."project" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t28) AS t55
WHERE (t55.c0 IS DISTINCT FROM t55.c1)
ORDER BY tq_subtract(t55.c0, t55.c1) DESC, t55.c3

-- Postgres
SELECT t55.c2 AS c0, t55.c0 AS c1, t55.c1 AS c2, "tq_v1"."subtract"(t55.c0, t55.c1) AS c3
FROM (SELECT t28.c1 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t29.c2 - t29.c3))), 0)) AS c0
FROM (SELECT t30."project_id" AS c0, t30."invoice_id" AS c1, t30."end" AS c2, t30."begin" AS c3 FROM "t_acme"."timesheet" AS t30
WHERE (NOT t30."deleted") AND ((t30."user_id" = $1::uuid) OR ((t30."project_id" IN (SELECT t31.c1 AS c0
FROM (SELECT t32."manager_id" AS c0, t32."id" AS c1 FROM "t_acme"."project" AS t32
WHERE (NOT t32."deleted")) AS t31
WHERE (t31.c0 = $1::uuid))) OR (t30."project_id" IN (SELECT t33.c1 AS c0
FROM (SELECT t34."manager2_id" AS c0, t34."id" AS c1 FROM "t_acme"."project" AS t34
WHERE (NOT t34."deleted")) AS t33
WHERE (t33.c0 = $1::uuid)))) OR (t30."user_id" IN (SELECT t35.c1 AS c0
FROM (SELECT t36."department_id" AS c0, t36."id" AS c1 FROM "t_acme"."user" AS t36
WHERE (NOT t36."deleted")) AS t35
LEFT
JOIN (SELECT t38."id" AS c0, t38."lead_id" AS c1 FROM "t_acme"."department" AS t38
WHERE (NOT t38."deleted")) AS t37 ON (t37.c0 = t35.c0)
WHERE (t37.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t40."user_id" AS c0, t40."active" AS c1, t40."role_id" AS c2, t40."id" AS c3 FROM "t_acme"."role_assignment" AS t40
WHERE (NOT t40."deleted")) AS t39
LEFT
JOIN (SELECT t42."id" AS c0, t42."code" AS c1 FROM "t_acme"."role" AS t42
WHERE (NOT t42."deleted")) AS t41 ON (t41.c0 = t39.c2)
WHERE (t39.c0 = $1::uuid) AND t39.c1 AND (t41.c1 = $2::text))
OR EXISTS (SELECT 1
FROM (SELECT t44."user_id" AS c0, t44."active" AS c1, t44."role_id" AS c2, t44."id" AS c3 FROM "t_acme"."role_assignment" AS t44
WHERE (NOT t44."deleted")) AS t43
LEFT
JOIN (SELECT t46."id" AS c0, t46."code" AS c1 FROM "t_acme"."role" AS t46
WHERE (NOT t46."deleted")) AS t45 ON (t45.c0 = t43.c2)
WHERE (t43.c0 = $1::uuid) AND t43.c1 AND (t45.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t48."user_id" AS c0, t48."active" AS c1, t48."role_id" AS c2, t48."id" AS c3 FROM "t_acme"."role_assignment" AS t48
WHERE (NOT t48."deleted")) AS t47
LEFT
JOIN (SELECT t50."id" AS c0, t50."code" AS c1 FROM "t_acme"."role" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c2)
WHERE (t47.c0 = $1::uuid) AND t47.c1 AND (t49.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t52."user_id" AS c0, t52."active" AS c1, t52."role_id" AS c2, t52."id" AS c3 FROM "t_acme"."role_assignment" AS t52
WHERE (NOT t52."deleted")) AS t51
LEFT
JOIN (SELECT t54."id" AS c0, t54."code" AS c1 FROM "t_acme"."role" AS t54
WHERE (NOT t54."deleted")) AS t53 ON (t53.c0 = t51.c2)
WHERE (t51.c0 = $1::uuid) AND t51.c1 AND (t53.c1 = $5::text)))) AS t29
WHERE (t29.c0 = t28.c0) AND (NOT (t29.c1 IS NULL))) AS c1, t28.c2 AS c2, t28.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t2.c2 - t2.c3))), 0)) AS c0
FROM (SELECT t3."project_id" AS c0, t3."billable" AS c1, t3."end" AS c2, t3."begin" AS c3 FROM "t_acme"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = $1::uuid) OR ((t3."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager_id" AS c0, t5."id" AS c1 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = $1::uuid))) OR (t3."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager2_id" AS c0, t7."id" AS c1 FROM "t_acme"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = $1::uuid)))) OR (t3."user_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."department_id" AS c0, t9."id" AS c1 FROM "t_acme"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "t_acme"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c0)
WHERE (t10.c1 = $1::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "t_acme"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "t_acme"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = $1::uuid) AND t12.c1 AND (t14.c1 = $2::text))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "t_acme"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "t_acme"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = $1::uuid) AND t16.c1 AND (t18.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "t_acme"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "t_acme"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = $1::uuid) AND t20.c1 AND (t22.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "t_acme"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "t_acme"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = $1::uuid) AND t24.c1 AND (t26.c1 = $5::text)))) AS t2
WHERE (t2.c0 = t0.c0) AND t2.c1) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."code" AS c1 FROM "t_acme"."project" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t28) AS t55
WHERE (t55.c0 IS DISTINCT FROM t55.c1)
ORDER BY "tq_v1"."subtract"(t55.c0, t55.c1) DESC NULLS LAST, t55.c3
