-- Q34 This month against the month before per customer

-- SQLite
SELECT t59.c2 AS c0, t59.c0 AS c1, t59.c1 AS c2, tq_subtract(t59.c0, t59.c1) AS c3, tq_round(tq_divide(tq_multiply(?1, tq_subtract(t59.c0, t59.c1)), t59.c1), ?2) AS c4
FROM (SELECT t30.c1 AS c0, (SELECT tq_sum(tq_hours((t33.c2 - t33.c3))) AS c0
FROM (SELECT t32."customer_id" AS c0, t32."id" AS c1 FROM "main"."project" AS t32
WHERE (NOT t32."deleted")) AS t31
JOIN (SELECT t34."project_id" AS c0, t34."date" AS c1, t34."end" AS c2, t34."begin" AS c3 FROM "main"."timesheet" AS t34
WHERE (NOT t34."deleted") AND ((t34."user_id" = ?3) OR ((t34."project_id" IN (SELECT t35.c1 AS c0
FROM (SELECT t36."manager_id" AS c0, t36."id" AS c1 FROM "main"."project" AS t36
WHERE (NOT t36."deleted")) AS t35
WHERE (t35.c0 = ?3))) OR (t34."project_id" IN (SELECT t37.c1 AS c0
FROM (SELECT t38."manager2_id" AS c0, t38."id" AS c1 FROM "main"."project" AS t38
WHERE (NOT t38."deleted")) AS t37
WHERE (t37.c0 = ?3)))) OR (t34."user_id" IN (SELECT t39.c1 AS c0
FROM (SELECT t40."department_id" AS c0, t40."id" AS c1 FROM "main"."user" AS t40
WHERE (NOT t40."deleted")) AS t39
LEFT
JOIN (SELECT t42."id" AS c0, t42."lead_id" AS c1 FROM "main"."department" AS t42
WHERE (NOT t42."deleted")) AS t41 ON (t41.c0 = t39.c0)
WHERE (t41.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t44."user_id" AS c0, t44."active" AS c1, t44."role_id" AS c2, t44."id" AS c3 FROM "main"."role_assignment" AS t44
WHERE (NOT t44."deleted")) AS t43
LEFT
JOIN (SELECT t46."id" AS c0, t46."code" AS c1 FROM "main"."role" AS t46
WHERE (NOT t46."deleted")) AS t45 ON (t45.c0 = t43.c2)
WHERE (t43.c0 = ?3) AND t43.c1 AND (t45.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t48."user_id" AS c0, t48."active" AS c1, t48."role_id" AS c2, t48."id" AS c3 FROM "main"."role_assignment" AS t48
WHERE (NOT t48."deleted")) AS t47
LEFT
JOIN (SELECT t50."id" AS c0, t50."code" AS c1 FROM "main"."role" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c2)
WHERE (t47.c0 = ?3) AND t47.c1 AND (t49.c1 = ?5))
OR EXISTS (SELECT 1
FROM (SELECT t52."user_id" AS c0, t52."active" AS c1, t52."role_id" AS c2, t52."id" AS c3 FROM "main"."role_assignment" AS t52
WHERE (NOT t52."deleted")) AS t51
LEFT
JOIN (SELECT t54."id" AS c0, t54."code" AS c1 FROM "main"."role" AS t54
WHERE (NOT t54."deleted")) AS t53 ON (t53.c0 = t51.c2)
WHERE (t51.c0 = ?3) AND t51.c1 AND (t53.c1 = ?6))
OR EXISTS (SELECT 1
FROM (SELECT t56."user_id" AS c0, t56."active" AS c1, t56."role_id" AS c2, t56."id" AS c3 FROM "main"."role_assignment" AS t56
WHERE (NOT t56."deleted")) AS t55
LEFT
JOIN (SELECT t58."id" AS c0, t58."code" AS c1 FROM "main"."role" AS t58
WHERE (NOT t58."deleted")) AS t57 ON (t57.c0 = t55.c2)
WHERE (t55.c0 = ?3) AND t55.c1 AND (t57.c1 = ?7)))) AS t33 ON true
WHERE (t31.c0 = t30.c0) AND (t33.c0 = t31.c1) AND (t33.c1 >= ?8) AND (t33.c1 < ?9)) AS c1, t30.c2 AS c2, t30.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT tq_sum(tq_hours((t4.c2 - t4.c3))) AS c0
FROM (SELECT t3."customer_id" AS c0, t3."id" AS c1 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
JOIN (SELECT t5."project_id" AS c0, t5."date" AS c1, t5."end" AS c2, t5."begin" AS c3 FROM "main"."timesheet" AS t5
WHERE (NOT t5."deleted") AND ((t5."user_id" = ?3) OR ((t5."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager_id" AS c0, t7."id" AS c1 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = ?3))) OR (t5."project_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."manager2_id" AS c0, t9."id" AS c1 FROM "main"."project" AS t9
WHERE (NOT t9."deleted")) AS t8
WHERE (t8.c0 = ?3)))) OR (t5."user_id" IN (SELECT t10.c1 AS c0
FROM (SELECT t11."department_id" AS c0, t11."id" AS c1 FROM "main"."user" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."lead_id" AS c1 FROM "main"."department" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c0)
WHERE (t12.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "main"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "main"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = ?3) AND t14.c1 AND (t16.c1 = ?4))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "main"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "main"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = ?3) AND t18.c1 AND (t20.c1 = ?5))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "main"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "main"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = ?3) AND t22.c1 AND (t24.c1 = ?6))
OR EXISTS (SELECT 1
FROM (SELECT t27."user_id" AS c0, t27."active" AS c1, t27."role_id" AS c2, t27."id" AS c3 FROM "main"."role_assignment" AS t27
WHERE (NOT t27."deleted")) AS t26
LEFT
JOIN (SELECT t29."id" AS c0, t29."code" AS c1 FROM "main"."role" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t26.c2)
WHERE (t26.c0 = ?3) AND t26.c1 AND (t28.c1 = ?7)))) AS t4 ON true
WHERE (t2.c0 = t0.c0) AND (t4.c0 = t2.c1) AND (t4.c1 >= ?9)) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."name" AS c1 FROM "main"."customer" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t30) AS t59
WHERE (t59.c0 IS DISTINCT FROM t59.c1)
ORDER BY tq_subtract(t59.c0, t59.c1), t59.c3

-- Postgres
SELECT t59.c2 AS c0, t59.c0 AS c1, t59.c1 AS c2, "tq_v1"."subtract"(t59.c0, t59.c1) AS c3, "tq_v1"."round"("tq_v1"."divide"("tq_v1"."multiply"($1::bigint, "tq_v1"."subtract"(t59.c0, t59.c1)), t59.c1), $2::bigint) AS c4
FROM (SELECT t30.c1 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t33.c2 - t33.c3))), 0)) AS c0
FROM (SELECT t32."customer_id" AS c0, t32."id" AS c1 FROM "t_acme"."project" AS t32
WHERE (NOT t32."deleted")) AS t31
JOIN (SELECT t34."project_id" AS c0, t34."date" AS c1, t34."end" AS c2, t34."begin" AS c3 FROM "t_acme"."timesheet" AS t34
WHERE (NOT t34."deleted") AND ((t34."user_id" = $3::uuid) OR ((t34."project_id" IN (SELECT t35.c1 AS c0
FROM (SELECT t36."manager_id" AS c0, t36."id" AS c1 FROM "t_acme"."project" AS t36
WHERE (NOT t36."deleted")) AS t35
WHERE (t35.c0 = $3::uuid))) OR (t34."project_id" IN (SELECT t37.c1 AS c0
FROM (SELECT t38."manager2_id" AS c0, t38."id" AS c1 FROM "t_acme"."project" AS t38
WHERE (NOT t38."deleted")) AS t37
WHERE (t37.c0 = $3::uuid)))) OR (t34."user_id" IN (SELECT t39.c1 AS c0
FROM (SELECT t40."department_id" AS c0, t40."id" AS c1 FROM "t_acme"."user" AS t40
WHERE (NOT t40."deleted")) AS t39
LEFT
JOIN (SELECT t42."id" AS c0, t42."lead_id" AS c1 FROM "t_acme"."department" AS t42
WHERE (NOT t42."deleted")) AS t41 ON (t41.c0 = t39.c0)
WHERE (t41.c1 = $3::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t44."user_id" AS c0, t44."active" AS c1, t44."role_id" AS c2, t44."id" AS c3 FROM "t_acme"."role_assignment" AS t44
WHERE (NOT t44."deleted")) AS t43
LEFT
JOIN (SELECT t46."id" AS c0, t46."code" AS c1 FROM "t_acme"."role" AS t46
WHERE (NOT t46."deleted")) AS t45 ON (t45.c0 = t43.c2)
WHERE (t43.c0 = $3::uuid) AND t43.c1 AND (t45.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t48."user_id" AS c0, t48."active" AS c1, t48."role_id" AS c2, t48."id" AS c3 FROM "t_acme"."role_assignment" AS t48
WHERE (NOT t48."deleted")) AS t47
LEFT
JOIN (SELECT t50."id" AS c0, t50."code" AS c1 FROM "t_acme"."role" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c2)
WHERE (t47.c0 = $3::uuid) AND t47.c1 AND (t49.c1 = $5::text))
OR EXISTS (SELECT 1
FROM (SELECT t52."user_id" AS c0, t52."active" AS c1, t52."role_id" AS c2, t52."id" AS c3 FROM "t_acme"."role_assignment" AS t52
WHERE (NOT t52."deleted")) AS t51
LEFT
JOIN (SELECT t54."id" AS c0, t54."code" AS c1 FROM "t_acme"."role" AS t54
WHERE (NOT t54."deleted")) AS t53 ON (t53.c0 = t51.c2)
WHERE (t51.c0 = $3::uuid) AND t51.c1 AND (t53.c1 = $6::text))
OR EXISTS (SELECT 1
FROM (SELECT t56."user_id" AS c0, t56."active" AS c1, t56."role_id" AS c2, t56."id" AS c3 FROM "t_acme"."role_assignment" AS t56
WHERE (NOT t56."deleted")) AS t55
LEFT
JOIN (SELECT t58."id" AS c0, t58."code" AS c1 FROM "t_acme"."role" AS t58
WHERE (NOT t58."deleted")) AS t57 ON (t57.c0 = t55.c2)
WHERE (t55.c0 = $3::uuid) AND t55.c1 AND (t57.c1 = $7::text)))) AS t33 ON true
WHERE (t31.c0 = t30.c0) AND (t33.c0 = t31.c1) AND (t33.c1 >= $8::integer) AND (t33.c1 < $9::integer)) AS c1, t30.c2 AS c2, t30.c0 AS c3
FROM (SELECT t0.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t4.c2 - t4.c3))), 0)) AS c0
FROM (SELECT t3."customer_id" AS c0, t3."id" AS c1 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
JOIN (SELECT t5."project_id" AS c0, t5."date" AS c1, t5."end" AS c2, t5."begin" AS c3 FROM "t_acme"."timesheet" AS t5
WHERE (NOT t5."deleted") AND ((t5."user_id" = $3::uuid) OR ((t5."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager_id" AS c0, t7."id" AS c1 FROM "t_acme"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = $3::uuid))) OR (t5."project_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."manager2_id" AS c0, t9."id" AS c1 FROM "t_acme"."project" AS t9
WHERE (NOT t9."deleted")) AS t8
WHERE (t8.c0 = $3::uuid)))) OR (t5."user_id" IN (SELECT t10.c1 AS c0
FROM (SELECT t11."department_id" AS c0, t11."id" AS c1 FROM "t_acme"."user" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."lead_id" AS c1 FROM "t_acme"."department" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c0)
WHERE (t12.c1 = $3::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "t_acme"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "t_acme"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = $3::uuid) AND t14.c1 AND (t16.c1 = $4::text))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "t_acme"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "t_acme"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = $3::uuid) AND t18.c1 AND (t20.c1 = $5::text))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "t_acme"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "t_acme"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = $3::uuid) AND t22.c1 AND (t24.c1 = $6::text))
OR EXISTS (SELECT 1
FROM (SELECT t27."user_id" AS c0, t27."active" AS c1, t27."role_id" AS c2, t27."id" AS c3 FROM "t_acme"."role_assignment" AS t27
WHERE (NOT t27."deleted")) AS t26
LEFT
JOIN (SELECT t29."id" AS c0, t29."code" AS c1 FROM "t_acme"."role" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t26.c2)
WHERE (t26.c0 = $3::uuid) AND t26.c1 AND (t28.c1 = $7::text)))) AS t4 ON true
WHERE (t2.c0 = t0.c0) AND (t4.c0 = t2.c1) AND (t4.c1 >= $9::integer)) AS c1, t0.c1 AS c2
FROM (SELECT t1."id" AS c0, t1."name" AS c1 FROM "t_acme"."customer" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t30) AS t59
WHERE (t59.c0 IS DISTINCT FROM t59.c1)
ORDER BY "tq_v1"."subtract"(t59.c0, t59.c1) NULLS FIRST, t59.c3
