-- Q08 Target versus actual hours per day for me this month, days without bookings included

-- SQLite
SELECT t70.c0 AS c0, t70.c1 AS c1, t70.c2 AS c2, tq_subtract(t70.c2, t70.c1) AS c3
FROM (SELECT t27.c0 AS c0, (SELECT tq_sum(tq_subtract(tq_add(tq_add(tq_add(tq_add(tq_add(tq_add(tq_multiply(tq_decimal_of_int(tq_weekdays_between(t65.c0, t65.c1, ?1)), t65.c2), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t65.c0, t65.c1, ?2)), t65.c3)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t65.c0, t65.c1, ?3)), t65.c4)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t65.c0, t65.c1, ?4)), t65.c5)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t65.c0, t65.c1, ?5)), t65.c6)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t65.c0, t65.c1, ?6)), t65.c7)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t65.c0, t65.c1, ?7)), t65.c8)), (SELECT tq_sum((CASE WHEN (tq_weekday(t66.c1) = ?1) THEN t65.c2 WHEN (tq_weekday(t66.c1) = ?2) THEN t65.c3 WHEN (tq_weekday(t66.c1) = ?3) THEN t65.c4 WHEN (tq_weekday(t66.c1) = ?4) THEN t65.c5 WHEN (tq_weekday(t66.c1) = ?5) THEN t65.c6 WHEN (tq_weekday(t66.c1) = ?6) THEN t65.c7 ELSE t65.c8 END)) AS c0
FROM (SELECT t67."country" AS c0, t67."date" AS c1 FROM "main"."holiday" AS t67
WHERE (NOT t67."deleted")) AS t66
WHERE (t66.c0 = (SELECT t68.c1 AS c0
FROM (SELECT t69."id" AS c0, t69."country" AS c1 FROM "main"."user" AS t69
WHERE (NOT t69."deleted")) AS t68
WHERE (t68.c0 = ?8))) AND (t66.c1 >= t65.c0) AND (t66.c1 <= t65.c1)))) AS c0
FROM (SELECT tq_greatest(t27.c0, t64.c0) AS c0, (CASE WHEN (t64.c1 IS NULL) THEN t27.c0 ELSE tq_least(t27.c0, tq_add_days(t64.c1, ?9)) END) AS c1, t64.c2 AS c2, t64.c3 AS c3, t64.c4 AS c4, t64.c5 AS c5, t64.c6 AS c6, t64.c7 AS c7, t64.c8 AS c8
FROM (SELECT t28.c1 AS c0, (SELECT min(t46.c1) AS c0
FROM (SELECT t47."user_id" AS c0, t47."valid_from" AS c1 FROM "main"."weekly_hours" AS t47
WHERE (NOT t47."deleted") AND ((t47."user_id" = ?8) OR (t47."user_id" IN (SELECT t48.c1 AS c0
FROM (SELECT t49."department_id" AS c0, t49."id" AS c1 FROM "main"."user" AS t49
WHERE (NOT t49."deleted")) AS t48
LEFT
JOIN (SELECT t51."id" AS c0, t51."lead_id" AS c1 FROM "main"."department" AS t51
WHERE (NOT t51."deleted")) AS t50 ON (t50.c0 = t48.c0)
WHERE (t50.c1 = ?8)))
OR EXISTS (SELECT 1
FROM (SELECT t53."user_id" AS c0, t53."active" AS c1, t53."role_id" AS c2, t53."id" AS c3 FROM "main"."role_assignment" AS t53
WHERE (NOT t53."deleted")) AS t52
LEFT
JOIN (SELECT t55."id" AS c0, t55."code" AS c1 FROM "main"."role" AS t55
WHERE (NOT t55."deleted")) AS t54 ON (t54.c0 = t52.c2)
WHERE (t52.c0 = ?8) AND t52.c1 AND (t54.c1 = ?10))
OR EXISTS (SELECT 1
FROM (SELECT t57."user_id" AS c0, t57."active" AS c1, t57."role_id" AS c2, t57."id" AS c3 FROM "main"."role_assignment" AS t57
WHERE (NOT t57."deleted")) AS t56
LEFT
JOIN (SELECT t59."id" AS c0, t59."code" AS c1 FROM "main"."role" AS t59
WHERE (NOT t59."deleted")) AS t58 ON (t58.c0 = t56.c2)
WHERE (t56.c0 = ?8) AND t56.c1 AND (t58.c1 = ?11))
OR EXISTS (SELECT 1
FROM (SELECT t61."user_id" AS c0, t61."active" AS c1, t61."role_id" AS c2, t61."id" AS c3 FROM "main"."role_assignment" AS t61
WHERE (NOT t61."deleted")) AS t60
LEFT
JOIN (SELECT t63."id" AS c0, t63."code" AS c1 FROM "main"."role" AS t63
WHERE (NOT t63."deleted")) AS t62 ON (t62.c0 = t60.c2)
WHERE (t60.c0 = ?8) AND t60.c1 AND (t62.c1 = ?12)))) AS t46
WHERE (t46.c0 = ?8) AND (t46.c1 > t28.c1)) AS c1, t28.c2 AS c2, t28.c3 AS c3, t28.c4 AS c4, t28.c5 AS c5, t28.c6 AS c6, t28.c7 AS c7, t28.c8 AS c8
FROM (SELECT t29."user_id" AS c0, t29."valid_from" AS c1, t29."monday" AS c2, t29."tuesday" AS c3, t29."wednesday" AS c4, t29."thursday" AS c5, t29."friday" AS c6, t29."saturday" AS c7, t29."sunday" AS c8 FROM "main"."weekly_hours" AS t29
WHERE (NOT t29."deleted") AND ((t29."user_id" = ?8) OR (t29."user_id" IN (SELECT t30.c1 AS c0
FROM (SELECT t31."department_id" AS c0, t31."id" AS c1 FROM "main"."user" AS t31
WHERE (NOT t31."deleted")) AS t30
LEFT
JOIN (SELECT t33."id" AS c0, t33."lead_id" AS c1 FROM "main"."department" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t30.c0)
WHERE (t32.c1 = ?8)))
OR EXISTS (SELECT 1
FROM (SELECT t35."user_id" AS c0, t35."active" AS c1, t35."role_id" AS c2, t35."id" AS c3 FROM "main"."role_assignment" AS t35
WHERE (NOT t35."deleted")) AS t34
LEFT
JOIN (SELECT t37."id" AS c0, t37."code" AS c1 FROM "main"."role" AS t37
WHERE (NOT t37."deleted")) AS t36 ON (t36.c0 = t34.c2)
WHERE (t34.c0 = ?8) AND t34.c1 AND (t36.c1 = ?10))
OR EXISTS (SELECT 1
FROM (SELECT t39."user_id" AS c0, t39."active" AS c1, t39."role_id" AS c2, t39."id" AS c3 FROM "main"."role_assignment" AS t39
WHERE (NOT t39."deleted")) AS t38
LEFT
JOIN (SELECT t41."id" AS c0, t41."code" AS c1 FROM "main"."role" AS t41
WHERE (NOT t41."deleted")) AS t40 ON (t40.c0 = t38.c2)
WHERE (t38.c0 = ?8) AND t38.c1 AND (t40.c1 = ?11))
OR EXISTS (SELECT 1
FROM (SELECT t43."user_id" AS c0, t43."active" AS c1, t43."role_id" AS c2, t43."id" AS c3 FROM "main"."role_assignment" AS t43
WHERE (NOT t43."deleted")) AS t42
LEFT
JOIN (SELECT t45."id" AS c0, t45."code" AS c1 FROM "main"."role" AS t45
WHERE (NOT t45."deleted")) AS t44 ON (t44.c0 = t42.c2)
WHERE (t42.c0 = ?8) AND t42.c1 AND (t44.c1 = ?12)))) AS t28
WHERE (t28.c0 = ?8) AND (t28.c1 <= t27.c0)) AS t64) AS t65
WHERE (t65.c0 <= t65.c1)) AS c1, t27.c1 AS c2
FROM (SELECT t0.c0 AS c0, (SELECT tq_sum(tq_hours((t1.c2 - t1.c3))) AS c0
FROM (SELECT t2."user_id" AS c0, t2."date" AS c1, t2."end" AS c2, t2."begin" AS c3 FROM "main"."timesheet" AS t2
WHERE (NOT t2."deleted") AND ((t2."user_id" = ?8) OR ((t2."project_id" IN (SELECT t3.c1 AS c0
FROM (SELECT t4."manager_id" AS c0, t4."id" AS c1 FROM "main"."project" AS t4
WHERE (NOT t4."deleted")) AS t3
WHERE (t3.c0 = ?8))) OR (t2."project_id" IN (SELECT t5.c1 AS c0
FROM (SELECT t6."manager2_id" AS c0, t6."id" AS c1 FROM "main"."project" AS t6
WHERE (NOT t6."deleted")) AS t5
WHERE (t5.c0 = ?8)))) OR (t2."user_id" IN (SELECT t7.c1 AS c0
FROM (SELECT t8."department_id" AS c0, t8."id" AS c1 FROM "main"."user" AS t8
WHERE (NOT t8."deleted")) AS t7
LEFT
JOIN (SELECT t10."id" AS c0, t10."lead_id" AS c1 FROM "main"."department" AS t10
WHERE (NOT t10."deleted")) AS t9 ON (t9.c0 = t7.c0)
WHERE (t9.c1 = ?8)))
OR EXISTS (SELECT 1
FROM (SELECT t12."user_id" AS c0, t12."active" AS c1, t12."role_id" AS c2, t12."id" AS c3 FROM "main"."role_assignment" AS t12
WHERE (NOT t12."deleted")) AS t11
LEFT
JOIN (SELECT t14."id" AS c0, t14."code" AS c1 FROM "main"."role" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t11.c2)
WHERE (t11.c0 = ?8) AND t11.c1 AND (t13.c1 = ?10))
OR EXISTS (SELECT 1
FROM (SELECT t16."user_id" AS c0, t16."active" AS c1, t16."role_id" AS c2, t16."id" AS c3 FROM "main"."role_assignment" AS t16
WHERE (NOT t16."deleted")) AS t15
LEFT
JOIN (SELECT t18."id" AS c0, t18."code" AS c1 FROM "main"."role" AS t18
WHERE (NOT t18."deleted")) AS t17 ON (t17.c0 = t15.c2)
WHERE (t15.c0 = ?8) AND t15.c1 AND (t17.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t20."user_id" AS c0, t20."active" AS c1, t20."role_id" AS c2, t20."id" AS c3 FROM "main"."role_assignment" AS t20
WHERE (NOT t20."deleted")) AS t19
LEFT
JOIN (SELECT t22."id" AS c0, t22."code" AS c1 FROM "main"."role" AS t22
WHERE (NOT t22."deleted")) AS t21 ON (t21.c0 = t19.c2)
WHERE (t19.c0 = ?8) AND t19.c1 AND (t21.c1 = ?11))
OR EXISTS (SELECT 1
FROM (SELECT t24."user_id" AS c0, t24."active" AS c1, t24."role_id" AS c2, t24."id" AS c3 FROM "main"."role_assignment" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."code" AS c1 FROM "main"."role" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c2)
WHERE (t23.c0 = ?8) AND t23.c1 AND (t25.c1 = ?12)))) AS t1
WHERE (t1.c0 = ?8) AND (t1.c1 = t0.c0)) AS c1
FROM (SELECT json_extract(value, '$[0]') AS c0 FROM "main"."json_each"(?14)
LIMIT -1) AS t0) AS t27) AS t70
ORDER BY t70.c0

-- Postgres
SELECT (t70.c0)::integer AS c0, t70.c1 AS c1, t70.c2 AS c2, "tq_v1"."subtract"(t70.c2, t70.c1) AS c3
FROM (SELECT t27.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."subtract"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t65.c0, t65.c1, $1::bigint)), t65.c2), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t65.c0, t65.c1, $2::bigint)), t65.c3)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t65.c0, t65.c1, $3::bigint)), t65.c4)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t65.c0, t65.c1, $4::bigint)), t65.c5)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t65.c0, t65.c1, $5::bigint)), t65.c6)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t65.c0, t65.c1, $6::bigint)), t65.c7)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t65.c0, t65.c1, $7::bigint)), t65.c8)), (SELECT "tq_v1"."narrow"(coalesce(sum((CASE WHEN ("tq_v1"."weekday"(t66.c1) = $1::bigint) THEN t65.c2 WHEN ("tq_v1"."weekday"(t66.c1) = $2::bigint) THEN t65.c3 WHEN ("tq_v1"."weekday"(t66.c1) = $3::bigint) THEN t65.c4 WHEN ("tq_v1"."weekday"(t66.c1) = $4::bigint) THEN t65.c5 WHEN ("tq_v1"."weekday"(t66.c1) = $5::bigint) THEN t65.c6 WHEN ("tq_v1"."weekday"(t66.c1) = $6::bigint) THEN t65.c7 ELSE t65.c8 END)), 0)) AS c0
FROM (SELECT t67."country" AS c0, t67."date" AS c1 FROM "t_acme"."holiday" AS t67
WHERE (NOT t67."deleted")) AS t66
WHERE (t66.c0 = (SELECT t68.c1 AS c0
FROM (SELECT t69."id" AS c0, t69."country" AS c1 FROM "t_acme"."user" AS t69
WHERE (NOT t69."deleted")) AS t68
WHERE (t68.c0 = $8::uuid))) AND (t66.c1 >= t65.c0) AND (t66.c1 <= t65.c1)))), 0)) AS c0
FROM (SELECT "tq_v1"."greatest"(t27.c0, t64.c0) AS c0, (CASE WHEN (t64.c1 IS NULL) THEN t27.c0 ELSE "tq_v1"."least"(t27.c0, "tq_v1"."add_days"(t64.c1, $9::bigint)) END) AS c1, t64.c2 AS c2, t64.c3 AS c3, t64.c4 AS c4, t64.c5 AS c5, t64.c6 AS c6, t64.c7 AS c7, t64.c8 AS c8
FROM (SELECT t28.c1 AS c0, (SELECT min(t46.c1) AS c0
FROM (SELECT t47."user_id" AS c0, t47."valid_from" AS c1 FROM "t_acme"."weekly_hours" AS t47
WHERE (NOT t47."deleted") AND ((t47."user_id" = $8::uuid) OR (t47."user_id" IN (SELECT t48.c1 AS c0
FROM (SELECT t49."department_id" AS c0, t49."id" AS c1 FROM "t_acme"."user" AS t49
WHERE (NOT t49."deleted")) AS t48
LEFT
JOIN (SELECT t51."id" AS c0, t51."lead_id" AS c1 FROM "t_acme"."department" AS t51
WHERE (NOT t51."deleted")) AS t50 ON (t50.c0 = t48.c0)
WHERE (t50.c1 = $8::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t53."user_id" AS c0, t53."active" AS c1, t53."role_id" AS c2, t53."id" AS c3 FROM "t_acme"."role_assignment" AS t53
WHERE (NOT t53."deleted")) AS t52
LEFT
JOIN (SELECT t55."id" AS c0, t55."code" AS c1 FROM "t_acme"."role" AS t55
WHERE (NOT t55."deleted")) AS t54 ON (t54.c0 = t52.c2)
WHERE (t52.c0 = $8::uuid) AND t52.c1 AND (t54.c1 = $10::text))
OR EXISTS (SELECT 1
FROM (SELECT t57."user_id" AS c0, t57."active" AS c1, t57."role_id" AS c2, t57."id" AS c3 FROM "t_acme"."role_assignment" AS t57
WHERE (NOT t57."deleted")) AS t56
LEFT
JOIN (SELECT t59."id" AS c0, t59."code" AS c1 FROM "t_acme"."role" AS t59
WHERE (NOT t59."deleted")) AS t58 ON (t58.c0 = t56.c2)
WHERE (t56.c0 = $8::uuid) AND t56.c1 AND (t58.c1 = $11::text))
OR EXISTS (SELECT 1
FROM (SELECT t61."user_id" AS c0, t61."active" AS c1, t61."role_id" AS c2, t61."id" AS c3 FROM "t_acme"."role_assignment" AS t61
WHERE (NOT t61."deleted")) AS t60
LEFT
JOIN (SELECT t63."id" AS c0, t63."code" AS c1 FROM "t_acme"."role" AS t63
WHERE (NOT t63."deleted")) AS t62 ON (t62.c0 = t60.c2)
WHERE (t60.c0 = $8::uuid) AND t60.c1 AND (t62.c1 = $12::text)))) AS t46
WHERE (t46.c0 = $8::uuid) AND (t46.c1 > t28.c1)) AS c1, t28.c2 AS c2, t28.c3 AS c3, t28.c4 AS c4, t28.c5 AS c5, t28.c6 AS c6, t28.c7 AS c7, t28.c8 AS c8
FROM (SELECT t29."user_id" AS c0, t29."valid_from" AS c1, t29."monday" AS c2, t29."tuesday" AS c3, t29."wednesday" AS c4, t29."thursday" AS c5, t29."friday" AS c6, t29."saturday" AS c7, t29."sunday" AS c8 FROM "t_acme"."weekly_hours" AS t29
WHERE (NOT t29."deleted") AND ((t29."user_id" = $8::uuid) OR (t29."user_id" IN (SELECT t30.c1 AS c0
FROM (SELECT t31."department_id" AS c0, t31."id" AS c1 FROM "t_acme"."user" AS t31
WHERE (NOT t31."deleted")) AS t30
LEFT
JOIN (SELECT t33."id" AS c0, t33."lead_id" AS c1 FROM "t_acme"."department" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t30.c0)
WHERE (t32.c1 = $8::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t35."user_id" AS c0, t35."active" AS c1, t35."role_id" AS c2, t35."id" AS c3 FROM "t_acme"."role_assignment" AS t35
WHERE (NOT t35."deleted")) AS t34
LEFT
JOIN (SELECT t37."id" AS c0, t37."code" AS c1 FROM "t_acme"."role" AS t37
WHERE (NOT t37."deleted")) AS t36 ON (t36.c0 = t34.c2)
WHERE (t34.c0 = $8::uuid) AND t34.c1 AND (t36.c1 = $10::text))
OR EXISTS (SELECT 1
FROM (SELECT t39."user_id" AS c0, t39."active" AS c1, t39."role_id" AS c2, t39."id" AS c3 FROM "t_acme"."role_assignment" AS t39
WHERE (NOT t39."deleted")) AS t38
LEFT
JOIN (SELECT t41."id" AS c0, t41."code" AS c1 FROM "t_acme"."role" AS t41
WHERE (NOT t41."deleted")) AS t40 ON (t40.c0 = t38.c2)
WHERE (t38.c0 = $8::uuid) AND t38.c1 AND (t40.c1 = $11::text))
OR EXISTS (SELECT 1
FROM (SELECT t43."user_id" AS c0, t43."active" AS c1, t43."role_id" AS c2, t43."id" AS c3 FROM "t_acme"."role_assignment" AS t43
WHERE (NOT t43."deleted")) AS t42
LEFT
JOIN (SELECT t45."id" AS c0, t45."code" AS c1 FROM "t_acme"."role" AS t45
WHERE (NOT t45."deleted")) AS t44 ON (t44.c0 = t42.c2)
WHERE (t42.c0 = $8::uuid) AND t42.c1 AND (t44.c1 = $12::text)))) AS t28
WHERE (t28.c0 = $8::uuid) AND (t28.c1 <= t27.c0)) AS t64) AS t65
WHERE (t65.c0 <= t65.c1)) AS c1, t27.c1 AS c2
FROM (SELECT t0.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t1.c2 - t1.c3))), 0)) AS c0
FROM (SELECT t2."user_id" AS c0, t2."date" AS c1, t2."end" AS c2, t2."begin" AS c3 FROM "t_acme"."timesheet" AS t2
WHERE (NOT t2."deleted") AND ((t2."user_id" = $8::uuid) OR ((t2."project_id" IN (SELECT t3.c1 AS c0
FROM (SELECT t4."manager_id" AS c0, t4."id" AS c1 FROM "t_acme"."project" AS t4
WHERE (NOT t4."deleted")) AS t3
WHERE (t3.c0 = $8::uuid))) OR (t2."project_id" IN (SELECT t5.c1 AS c0
FROM (SELECT t6."manager2_id" AS c0, t6."id" AS c1 FROM "t_acme"."project" AS t6
WHERE (NOT t6."deleted")) AS t5
WHERE (t5.c0 = $8::uuid)))) OR (t2."user_id" IN (SELECT t7.c1 AS c0
FROM (SELECT t8."department_id" AS c0, t8."id" AS c1 FROM "t_acme"."user" AS t8
WHERE (NOT t8."deleted")) AS t7
LEFT
JOIN (SELECT t10."id" AS c0, t10."lead_id" AS c1 FROM "t_acme"."department" AS t10
WHERE (NOT t10."deleted")) AS t9 ON (t9.c0 = t7.c0)
WHERE (t9.c1 = $8::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t12."user_id" AS c0, t12."active" AS c1, t12."role_id" AS c2, t12."id" AS c3 FROM "t_acme"."role_assignment" AS t12
WHERE (NOT t12."deleted")) AS t11
LEFT
JOIN (SELECT t14."id" AS c0, t14."code" AS c1 FROM "t_acme"."role" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t11.c2)
WHERE (t11.c0 = $8::uuid) AND t11.c1 AND (t13.c1 = $10::text))
OR EXISTS (SELECT 1
FROM (SELECT t16."user_id" AS c0, t16."active" AS c1, t16."role_id" AS c2, t16."id" AS c3 FROM "t_acme"."role_assignment" AS t16
WHERE (NOT t16."deleted")) AS t15
LEFT
JOIN (SELECT t18."id" AS c0, t18."code" AS c1 FROM "t_acme"."role" AS t18
WHERE (NOT t18."deleted")) AS t17 ON (t17.c0 = t15.c2)
WHERE (t15.c0 = $8::uuid) AND t15.c1 AND (t17.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t20."user_id" AS c0, t20."active" AS c1, t20."role_id" AS c2, t20."id" AS c3 FROM "t_acme"."role_assignment" AS t20
WHERE (NOT t20."deleted")) AS t19
LEFT
JOIN (SELECT t22."id" AS c0, t22."code" AS c1 FROM "t_acme"."role" AS t22
WHERE (NOT t22."deleted")) AS t21 ON (t21.c0 = t19.c2)
WHERE (t19.c0 = $8::uuid) AND t19.c1 AND (t21.c1 = $11::text))
OR EXISTS (SELECT 1
FROM (SELECT t24."user_id" AS c0, t24."active" AS c1, t24."role_id" AS c2, t24."id" AS c3 FROM "t_acme"."role_assignment" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."code" AS c1 FROM "t_acme"."role" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c2)
WHERE (t23.c0 = $8::uuid) AND t23.c1 AND (t25.c1 = $12::text)))) AS t1
WHERE (t1.c0 = $8::uuid) AND (t1.c1 = t0.c0)) AS c1
FROM (SELECT (g.e->>0)::integer AS c0
FROM (SELECT jsonb_array_elements($14::text::jsonb) AS e) AS g OFFSET 0) AS t0) AS t27) AS t70
ORDER BY t70.c0
