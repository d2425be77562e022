-- Q23 Revenue, cost and margin per project

-- SQLite
SELECT t49.c1 AS c0, t47.c2 AS c1, t46.c1 AS c2, t46.c2 AS c3, t46.c3 AS c4, tq_subtract(t46.c2, t46.c3) AS c5, tq_round(tq_divide(tq_multiply(?1, tq_subtract(t46.c2, t46.c3)), t46.c2), ?2) AS c6
FROM (SELECT t0.c1 AS c0, tq_sum(tq_hours((t0.c2 - t0.c3))) AS c1, tq_sum((CASE WHEN t0.c4 THEN tq_multiply(tq_hours((t0.c2 - t0.c3)), coalesce(coalesce(t0.c5, t0.c6, t26.c1, t28.c1, t30.c1), ?3)) ELSE ?3 END)) AS c2, tq_sum(tq_multiply(tq_hours((t0.c2 - t0.c3)), coalesce(t32.c1, ?3))) AS c3
FROM (SELECT t1."date" AS c0, t1."project_id" AS c1, t1."end" AS c2, t1."begin" AS c3, t1."billable" AS c4, t1."hourly_rate_billed" AS c5, t1."hourly_rate" AS c6, t1."task_id" AS c7, t1."user_id" AS c8 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?4) OR ((t1."project_id" IN (SELECT t2.c1 AS c0
FROM (SELECT t3."manager_id" AS c0, t3."id" AS c1 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = ?4))) OR (t1."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager2_id" AS c0, t5."id" AS c1 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = ?4)))) OR (t1."user_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."department_id" AS c0, t7."id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c0)
WHERE (t8.c1 = ?4)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2, t11."id" AS c3 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?4) AND t10.c1 AND (t12.c1 = ?5))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "main"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "main"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = ?4) AND t14.c1 AND (t16.c1 = ?6))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "main"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "main"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = ?4) AND t18.c1 AND (t20.c1 = ?7))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "main"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "main"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = ?4) AND t22.c1 AND (t24.c1 = ?8)))) AS t0
LEFT
JOIN (SELECT t27."id" AS c0, t27."hourly_rate" AS c1 FROM "main"."task" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t0.c7)
LEFT
JOIN (SELECT t29."id" AS c0, t29."hourly_rate" AS c1, t29."customer_id" AS c2 FROM "main"."project" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t0.c1)
LEFT
JOIN (SELECT t31."id" AS c0, t31."hourly_rate" AS c1 FROM "main"."customer" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c2)
LEFT
JOIN (SELECT t33."id" AS c0, (CASE WHEN ((t33."id" = ?9)
OR EXISTS (SELECT 1
FROM (SELECT t35."user_id" AS c0, t35."active" AS c1, t35."role_id" AS c2, t35."id" AS c3 FROM "main"."role_assignment" AS t35
WHERE (NOT t35."deleted")) AS t34
LEFT
JOIN (SELECT t37."id" AS c0, t37."code" AS c1 FROM "main"."role" AS t37
WHERE (NOT t37."deleted")) AS t36 ON (t36.c0 = t34.c2)
WHERE (t34.c0 = ?4) AND t34.c1 AND (t36.c1 = ?7))
OR EXISTS (SELECT 1
FROM (SELECT t39."user_id" AS c0, t39."active" AS c1, t39."role_id" AS c2, t39."id" AS c3 FROM "main"."role_assignment" AS t39
WHERE (NOT t39."deleted")) AS t38
LEFT
JOIN (SELECT t41."id" AS c0, t41."code" AS c1 FROM "main"."role" AS t41
WHERE (NOT t41."deleted")) AS t40 ON (t40.c0 = t38.c2)
WHERE (t38.c0 = ?4) AND t38.c1 AND (t40.c1 = ?5))
OR EXISTS (SELECT 1
FROM (SELECT t43."user_id" AS c0, t43."active" AS c1, t43."role_id" AS c2, t43."id" AS c3 FROM "main"."role_assignment" AS t43
WHERE (NOT t43."deleted")) AS t42
LEFT
JOIN (SELECT t45."id" AS c0, t45."code" AS c1 FROM "main"."role" AS t45
WHERE (NOT t45."deleted")) AS t44 ON (t44.c0 = t42.c2)
WHERE (t42.c0 = ?4) AND t42.c1 AND (t44.c1 = ?8))) THEN t33."hourly_cost" END) AS c1 FROM "main"."user" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t0.c8)
WHERE (t0.c0 >= ?10) AND (t0.c0 <= ?11)
GROUP BY 1) AS t46
LEFT
JOIN (SELECT t48."id" AS c0, t48."customer_id" AS c1, t48."name" AS c2 FROM "main"."project" AS t48
WHERE (NOT t48."deleted")) AS t47 ON (t47.c0 = t46.c0)
LEFT
JOIN (SELECT t50."id" AS c0, t50."name" AS c1 FROM "main"."customer" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c1)
ORDER BY tq_subtract(t46.c2, t46.c3) DESC, t46.c0

-- Postgres
SELECT t49.c1 AS c0, t47.c2 AS c1, t46.c1 AS c2, t46.c2 AS c3, t46.c3 AS c4, "tq_v1"."subtract"(t46.c2, t46.c3) AS c5, "tq_v1"."round"("tq_v1"."divide"("tq_v1"."multiply"($1::bigint, "tq_v1"."subtract"(t46.c2, t46.c3)), t46.c2), $2::bigint) AS c6
FROM (SELECT t0.c1 AS c0, "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t0.c2 - t0.c3))), 0)) AS c1, "tq_v1"."narrow"(coalesce(sum((CASE WHEN t0.c4 THEN "tq_v1"."multiply"("tq_v1"."hours"((t0.c2 - t0.c3)), coalesce(coalesce(t0.c5, t0.c6, t26.c1, t28.c1, t30.c1), $3::bigint)) ELSE $3::bigint END)), 0)) AS c2, "tq_v1"."narrow"(coalesce(sum("tq_v1"."multiply"("tq_v1"."hours"((t0.c2 - t0.c3)), coalesce(t32.c1, $3::bigint))), 0)) AS c3
FROM (SELECT t1."date" AS c0, t1."project_id" AS c1, t1."end" AS c2, t1."begin" AS c3, t1."billable" AS c4, t1."hourly_rate_billed" AS c5, t1."hourly_rate" AS c6, t1."task_id" AS c7, t1."user_id" AS c8 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $4::uuid) OR ((t1."project_id" IN (SELECT t2.c1 AS c0
FROM (SELECT t3."manager_id" AS c0, t3."id" AS c1 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = $4::uuid))) OR (t1."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager2_id" AS c0, t5."id" AS c1 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = $4::uuid)))) OR (t1."user_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."department_id" AS c0, t7."id" AS c1 FROM "t_acme"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "t_acme"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c0)
WHERE (t8.c1 = $4::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2, t11."id" AS c3 FROM "t_acme"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "t_acme"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = $4::uuid) AND t10.c1 AND (t12.c1 = $5::text))
OR EXISTS (SELECT 1
FROM (SELECT t15."user_id" AS c0, t15."active" AS c1, t15."role_id" AS c2, t15."id" AS c3 FROM "t_acme"."role_assignment" AS t15
WHERE (NOT t15."deleted")) AS t14
LEFT
JOIN (SELECT t17."id" AS c0, t17."code" AS c1 FROM "t_acme"."role" AS t17
WHERE (NOT t17."deleted")) AS t16 ON (t16.c0 = t14.c2)
WHERE (t14.c0 = $4::uuid) AND t14.c1 AND (t16.c1 = $6::text))
OR EXISTS (SELECT 1
FROM (SELECT t19."user_id" AS c0, t19."active" AS c1, t19."role_id" AS c2, t19."id" AS c3 FROM "t_acme"."role_assignment" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."code" AS c1 FROM "t_acme"."role" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c2)
WHERE (t18.c0 = $4::uuid) AND t18.c1 AND (t20.c1 = $7::text))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2, t23."id" AS c3 FROM "t_acme"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "t_acme"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = $4::uuid) AND t22.c1 AND (t24.c1 = $8::text)))) AS t0
LEFT
JOIN (SELECT t27."id" AS c0, t27."hourly_rate" AS c1 FROM "t_acme"."task" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t0.c7)
LEFT
JOIN (SELECT t29."id" AS c0, t29."hourly_rate" AS c1, t29."customer_id" AS c2 FROM "t_acme"."project" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t0.c1)
LEFT
JOIN (SELECT t31."id" AS c0, t31."hourly_rate" AS c1 FROM "t_acme"."customer" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c2)
LEFT
JOIN (SELECT t33."id" AS c0, (CASE WHEN ((t33."id" = $9::uuid)
OR EXISTS (SELECT 1
FROM (SELECT t35."user_id" AS c0, t35."active" AS c1, t35."role_id" AS c2, t35."id" AS c3 FROM "t_acme"."role_assignment" AS t35
WHERE (NOT t35."deleted")) AS t34
LEFT
JOIN (SELECT t37."id" AS c0, t37."code" AS c1 FROM "t_acme"."role" AS t37
WHERE (NOT t37."deleted")) AS t36 ON (t36.c0 = t34.c2)
WHERE (t34.c0 = $4::uuid) AND t34.c1 AND (t36.c1 = $7::text))
OR EXISTS (SELECT 1
FROM (SELECT t39."user_id" AS c0, t39."active" AS c1, t39."role_id" AS c2, t39."id" AS c3 FROM "t_acme"."role_assignment" AS t39
WHERE (NOT t39."deleted")) AS t38
LEFT
JOIN (SELECT t41."id" AS c0, t41."code" AS c1 FROM "t_acme"."role" AS t41
WHERE (NOT t41."deleted")) AS t40 ON (t40.c0 = t38.c2)
WHERE (t38.c0 = $4::uuid) AND t38.c1 AND (t40.c1 = $5::text))
OR EXISTS (SELECT 1
FROM (SELECT t43."user_id" AS c0, t43."active" AS c1, t43."role_id" AS c2, t43."id" AS c3 FROM "t_acme"."role_assignment" AS t43
WHERE (NOT t43."deleted")) AS t42
LEFT
JOIN (SELECT t45."id" AS c0, t45."code" AS c1 FROM "t_acme"."role" AS t45
WHERE (NOT t45."deleted")) AS t44 ON (t44.c0 = t42.c2)
WHERE (t42.c0 = $4::uuid) AND t42.c1 AND (t44.c1 = $8::text))) THEN t33."hourly_cost" END) AS c1 FROM "t_acme"."user" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t0.c8)
WHERE (t0.c0 >= $10::integer) AND (t0.c0 <= $11::integer)
GROUP BY 1) AS t46
LEFT
JOIN (SELECT t48."id" AS c0, t48."customer_id" AS c1, t48."name" AS c2 FROM "t_acme"."project" AS t48
WHERE (NOT t48."deleted")) AS t47 ON (t47.c0 = t46.c0)
LEFT
JOIN (SELECT t50."id" AS c0, t50."name" AS c1 FROM "t_acme"."customer" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c1)
ORDER BY "tq_v1"."subtract"(t46.c2, t46.c3) DESC NULLS LAST, t46.c0 NULLS FIRST
