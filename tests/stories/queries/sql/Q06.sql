-- Q06 Utilisation per person and month: billable hours against planned hours

-- SQLite
SELECT (CASE WHEN ((coalesce(t70.c0, '') = '') AND (coalesce(t70.c1, '') = '')) THEN t70.c2 ELSE tq_trim((coalesce(t70.c0, '') || ?1 || coalesce(t70.c1, ''))) END) AS c0, t70.c3 AS c1, t70.c4 AS c2, t70.c5 AS c3, tq_round(tq_divide(tq_multiply(?2, t70.c4), t70.c5), ?3) AS c4
FROM (SELECT t29.c4 AS c0, t29.c5 AS c1, t29.c6 AS c2, t29.c2 AS c3, t29.c7 AS c4, (SELECT tq_sum(tq_subtract(tq_add(tq_add(tq_add(tq_add(tq_add(tq_add(tq_multiply(tq_decimal_of_int(tq_weekdays_between(t67.c0, t67.c1, ?3)), t67.c2), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t67.c0, t67.c1, ?4)), t67.c3)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t67.c0, t67.c1, ?5)), t67.c4)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t67.c0, t67.c1, ?6)), t67.c5)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t67.c0, t67.c1, ?7)), t67.c6)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t67.c0, t67.c1, ?8)), t67.c7)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t67.c0, t67.c1, ?9)), t67.c8)), (SELECT tq_sum((CASE WHEN (tq_weekday(t68.c1) = ?3) THEN t67.c2 WHEN (tq_weekday(t68.c1) = ?4) THEN t67.c3 WHEN (tq_weekday(t68.c1) = ?5) THEN t67.c4 WHEN (tq_weekday(t68.c1) = ?6) THEN t67.c5 WHEN (tq_weekday(t68.c1) = ?7) THEN t67.c6 WHEN (tq_weekday(t68.c1) = ?8) THEN t67.c7 ELSE t67.c8 END)) AS c0
FROM (SELECT t69."country" AS c0, t69."date" AS c1 FROM "main"."holiday" AS t69
WHERE (NOT t69."deleted")) AS t68
WHERE (t68.c0 = t29.c3) AND (t68.c1 >= t67.c0) AND (t68.c1 <= t67.c1)))) AS c0
FROM (SELECT tq_greatest(t29.c2, t66.c0) AS c0, (CASE WHEN (t66.c1 IS NULL) THEN t29.c1 ELSE tq_least(t29.c1, tq_add_days(t66.c1, ?10)) END) AS c1, t66.c2 AS c2, t66.c3 AS c3, t66.c4 AS c4, t66.c5 AS c5, t66.c6 AS c6, t66.c7 AS c7, t66.c8 AS c8
FROM (SELECT t30.c1 AS c0, (SELECT min(t48.c1) AS c0
FROM (SELECT t49."user_id" AS c0, t49."valid_from" AS c1 FROM "main"."weekly_hours" AS t49
WHERE (NOT t49."deleted") AND ((t49."user_id" = ?11) OR (t49."user_id" IN (SELECT t50.c1 AS c0
FROM (SELECT t51."department_id" AS c0, t51."id" AS c1 FROM "main"."user" AS t51
WHERE (NOT t51."deleted")) AS t50
LEFT
JOIN (SELECT t53."id" AS c0, t53."lead_id" AS c1 FROM "main"."department" AS t53
WHERE (NOT t53."deleted")) AS t52 ON (t52.c0 = t50.c0)
WHERE (t52.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t55."user_id" AS c0, t55."active" AS c1, t55."role_id" AS c2, t55."id" AS c3 FROM "main"."role_assignment" AS t55
WHERE (NOT t55."deleted")) AS t54
LEFT
JOIN (SELECT t57."id" AS c0, t57."code" AS c1 FROM "main"."role" AS t57
WHERE (NOT t57."deleted")) AS t56 ON (t56.c0 = t54.c2)
WHERE (t54.c0 = ?11) AND t54.c1 AND (t56.c1 = ?12))
OR EXISTS (SELECT 1
FROM (SELECT t59."user_id" AS c0, t59."active" AS c1, t59."role_id" AS c2, t59."id" AS c3 FROM "main"."role_assignment" AS t59
WHERE (NOT t59."deleted")) AS t58
LEFT
JOIN (SELECT t61."id" AS c0, t61."code" AS c1 FROM "main"."role" AS t61
WHERE (NOT t61."deleted")) AS t60 ON (t60.c0 = t58.c2)
WHERE (t58.c0 = ?11) AND t58.c1 AND (t60.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t63."user_id" AS c0, t63."active" AS c1, t63."role_id" AS c2, t63."id" AS c3 FROM "main"."role_assignment" AS t63
WHERE (NOT t63."deleted")) AS t62
LEFT
JOIN (SELECT t65."id" AS c0, t65."code" AS c1 FROM "main"."role" AS t65
WHERE (NOT t65."deleted")) AS t64 ON (t64.c0 = t62.c2)
WHERE (t62.c0 = ?11) AND t62.c1 AND (t64.c1 = ?14)))) AS t48
WHERE (t48.c0 = t29.c0) AND (t48.c1 > t30.c1)) AS c1, t30.c2 AS c2, t30.c3 AS c3, t30.c4 AS c4, t30.c5 AS c5, t30.c6 AS c6, t30.c7 AS c7, t30.c8 AS c8
FROM (SELECT t31."user_id" AS c0, t31."valid_from" AS c1, t31."monday" AS c2, t31."tuesday" AS c3, t31."wednesday" AS c4, t31."thursday" AS c5, t31."friday" AS c6, t31."saturday" AS c7, t31."sunday" AS c8 FROM "main"."weekly_hours" AS t31
WHERE (NOT t31."deleted") AND ((t31."user_id" = ?11) OR (t31."user_id" IN (SELECT t32.c1 AS c0
FROM (SELECT t33."department_id" AS c0, t33."id" AS c1 FROM "main"."user" AS t33
WHERE (NOT t33."deleted")) AS t32
LEFT
JOIN (SELECT t35."id" AS c0, t35."lead_id" AS c1 FROM "main"."department" AS t35
WHERE (NOT t35."deleted")) AS t34 ON (t34.c0 = t32.c0)
WHERE (t34.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t37."user_id" AS c0, t37."active" AS c1, t37."role_id" AS c2, t37."id" AS c3 FROM "main"."role_assignment" AS t37
WHERE (NOT t37."deleted")) AS t36
LEFT
JOIN (SELECT t39."id" AS c0, t39."code" AS c1 FROM "main"."role" AS t39
WHERE (NOT t39."deleted")) AS t38 ON (t38.c0 = t36.c2)
WHERE (t36.c0 = ?11) AND t36.c1 AND (t38.c1 = ?12))
OR EXISTS (SELECT 1
FROM (SELECT t41."user_id" AS c0, t41."active" AS c1, t41."role_id" AS c2, t41."id" AS c3 FROM "main"."role_assignment" AS t41
WHERE (NOT t41."deleted")) AS t40
LEFT
JOIN (SELECT t43."id" AS c0, t43."code" AS c1 FROM "main"."role" AS t43
WHERE (NOT t43."deleted")) AS t42 ON (t42.c0 = t40.c2)
WHERE (t40.c0 = ?11) AND t40.c1 AND (t42.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t45."user_id" AS c0, t45."active" AS c1, t45."role_id" AS c2, t45."id" AS c3 FROM "main"."role_assignment" AS t45
WHERE (NOT t45."deleted")) AS t44
LEFT
JOIN (SELECT t47."id" AS c0, t47."code" AS c1 FROM "main"."role" AS t47
WHERE (NOT t47."deleted")) AS t46 ON (t46.c0 = t44.c2)
WHERE (t44.c0 = ?11) AND t44.c1 AND (t46.c1 = ?14)))) AS t30
WHERE (t30.c0 = t29.c0) AND (t30.c1 <= t29.c1)) AS t66) AS t67
WHERE (t67.c0 <= t67.c1)) AS c5, t29.c1 AS c6, t29.c0 AS c7
FROM (SELECT t1.c1 AS c0, t0.c1 AS c1, t0.c0 AS c2, t1.c2 AS c3, t1.c3 AS c4, t1.c4 AS c5, t1.c5 AS c6, (SELECT tq_sum(tq_hours((t3.c3 - t3.c4))) AS c0
FROM (SELECT t4."user_id" AS c0, t4."billable" AS c1, t4."date" AS c2, t4."end" AS c3, t4."begin" AS c4 FROM "main"."timesheet" AS t4
WHERE (NOT t4."deleted") AND ((t4."user_id" = ?11) OR ((t4."project_id" IN (SELECT t5.c1 AS c0
FROM (SELECT t6."manager_id" AS c0, t6."id" AS c1 FROM "main"."project" AS t6
WHERE (NOT t6."deleted")) AS t5
WHERE (t5.c0 = ?11))) OR (t4."project_id" IN (SELECT t7.c1 AS c0
FROM (SELECT t8."manager2_id" AS c0, t8."id" AS c1 FROM "main"."project" AS t8
WHERE (NOT t8."deleted")) AS t7
WHERE (t7.c0 = ?11)))) OR (t4."user_id" IN (SELECT t9.c1 AS c0
FROM (SELECT t10."department_id" AS c0, t10."id" AS c1 FROM "main"."user" AS t10
WHERE (NOT t10."deleted")) AS t9
LEFT
JOIN (SELECT t12."id" AS c0, t12."lead_id" AS c1 FROM "main"."department" AS t12
WHERE (NOT t12."deleted")) AS t11 ON (t11.c0 = t9.c0)
WHERE (t11.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t14."user_id" AS c0, t14."active" AS c1, t14."role_id" AS c2, t14."id" AS c3 FROM "main"."role_assignment" AS t14
WHERE (NOT t14."deleted")) AS t13
LEFT
JOIN (SELECT t16."id" AS c0, t16."code" AS c1 FROM "main"."role" AS t16
WHERE (NOT t16."deleted")) AS t15 ON (t15.c0 = t13.c2)
WHERE (t13.c0 = ?11) AND t13.c1 AND (t15.c1 = ?12))
OR EXISTS (SELECT 1
FROM (SELECT t18."user_id" AS c0, t18."active" AS c1, t18."role_id" AS c2, t18."id" AS c3 FROM "main"."role_assignment" AS t18
WHERE (NOT t18."deleted")) AS t17
LEFT
JOIN (SELECT t20."id" AS c0, t20."code" AS c1 FROM "main"."role" AS t20
WHERE (NOT t20."deleted")) AS t19 ON (t19.c0 = t17.c2)
WHERE (t17.c0 = ?11) AND t17.c1 AND (t19.c1 = ?15))
OR EXISTS (SELECT 1
FROM (SELECT t22."user_id" AS c0, t22."active" AS c1, t22."role_id" AS c2, t22."id" AS c3 FROM "main"."role_assignment" AS t22
WHERE (NOT t22."deleted")) AS t21
LEFT
JOIN (SELECT t24."id" AS c0, t24."code" AS c1 FROM "main"."role" AS t24
WHERE (NOT t24."deleted")) AS t23 ON (t23.c0 = t21.c2)
WHERE (t21.c0 = ?11) AND t21.c1 AND (t23.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t26."user_id" AS c0, t26."active" AS c1, t26."role_id" AS c2, t26."id" AS c3 FROM "main"."role_assignment" AS t26
WHERE (NOT t26."deleted")) AS t25
LEFT
JOIN (SELECT t28."id" AS c0, t28."code" AS c1 FROM "main"."role" AS t28
WHERE (NOT t28."deleted")) AS t27 ON (t27.c0 = t25.c2)
WHERE (t25.c0 = ?11) AND t25.c1 AND (t27.c1 = ?14)))) AS t3
WHERE (t3.c0 = t1.c1) AND t3.c1 AND (t3.c2 >= t0.c0) AND (t3.c2 <= t0.c1)) AS c7
FROM (SELECT json_extract(value, '$[0]') AS c0, json_extract(value, '$[1]') AS c1 FROM "main"."json_each"(?16)
LIMIT -1) AS t0
JOIN (SELECT t2."active" AS c0, t2."id" AS c1, t2."country" AS c2, t2."firstname" AS c3, t2."lastname" AS c4, t2."username" AS c5 FROM "main"."user" AS t2
WHERE (NOT t2."deleted")) AS t1 ON true
WHERE t1.c0) AS t29) AS t70
ORDER BY (CASE WHEN ((coalesce(t70.c0, '') = '') AND (coalesce(t70.c1, '') = '')) THEN t70.c2 ELSE tq_trim((coalesce(t70.c0, '') || ?1 || coalesce(t70.c1, ''))) END), t70.c3, t70.c6, t70.c7

-- Postgres
SELECT (CASE WHEN ((coalesce(t70.c0, '') = '') AND (coalesce(t70.c1, '') = '')) THEN t70.c2 ELSE "tq_v1"."trim"((coalesce(t70.c0, '') || $1::text || coalesce(t70.c1, ''))) END) AS c0, (t70.c3)::integer AS c1, t70.c4 AS c2, t70.c5 AS c3, "tq_v1"."round"("tq_v1"."divide"("tq_v1"."multiply"($2::bigint, t70.c4), t70.c5), $3::bigint) AS c4
FROM (SELECT t29.c4 AS c0, t29.c5 AS c1, t29.c6 AS c2, t29.c2 AS c3, t29.c7 AS c4, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."subtract"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t67.c0, t67.c1, $3::bigint)), t67.c2), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t67.c0, t67.c1, $4::bigint)), t67.c3)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t67.c0, t67.c1, $5::bigint)), t67.c4)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t67.c0, t67.c1, $6::bigint)), t67.c5)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t67.c0, t67.c1, $7::bigint)), t67.c6)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t67.c0, t67.c1, $8::bigint)), t67.c7)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t67.c0, t67.c1, $9::bigint)), t67.c8)), (SELECT "tq_v1"."narrow"(coalesce(sum((CASE WHEN ("tq_v1"."weekday"(t68.c1) = $3::bigint) THEN t67.c2 WHEN ("tq_v1"."weekday"(t68.c1) = $4::bigint) THEN t67.c3 WHEN ("tq_v1"."weekday"(t68.c1) = $5::bigint) THEN t67.c4 WHEN ("tq_v1"."weekday"(t68.c1) = $6::bigint) THEN t67.c5 WHEN ("tq_v1"."weekday"(t68.c1) = $7::bigint) THEN t67.c6 WHEN ("tq_v1"."weekday"(t68.c1) = $8::bigint) THEN t67.c7 ELSE t67.c8 END)), 0)) AS c0
FROM (SELECT t69."country" AS c0, t69."date" AS c1 FROM "t_acme"."holiday" AS t69
WHERE (NOT t69."deleted")) AS t68
WHERE (t68.c0 = t29.c3) AND (t68.c1 >= t67.c0) AND (t68.c1 <= t67.c1)))), 0)) AS c0
FROM (SELECT "tq_v1"."greatest"(t29.c2, t66.c0) AS c0, (CASE WHEN (t66.c1 IS NULL) THEN t29.c1 ELSE "tq_v1"."least"(t29.c1, "tq_v1"."add_days"(t66.c1, $10::bigint)) END) AS c1, t66.c2 AS c2, t66.c3 AS c3, t66.c4 AS c4, t66.c5 AS c5, t66.c6 AS c6, t66.c7 AS c7, t66.c8 AS c8
FROM (SELECT t30.c1 AS c0, (SELECT min(t48.c1) AS c0
FROM (SELECT t49."user_id" AS c0, t49."valid_from" AS c1 FROM "t_acme"."weekly_hours" AS t49
WHERE (NOT t49."deleted") AND ((t49."user_id" = $11::uuid) OR (t49."user_id" IN (SELECT t50.c1 AS c0
FROM (SELECT t51."department_id" AS c0, t51."id" AS c1 FROM "t_acme"."user" AS t51
WHERE (NOT t51."deleted")) AS t50
LEFT
JOIN (SELECT t53."id" AS c0, t53."lead_id" AS c1 FROM "t_acme"."department" AS t53
WHERE (NOT t53."deleted")) AS t52 ON (t52.c0 = t50.c0)
WHERE (t52.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t55."user_id" AS c0, t55."active" AS c1, t55."role_id" AS c2, t55."id" AS c3 FROM "t_acme"."role_assignment" AS t55
WHERE (NOT t55."deleted")) AS t54
LEFT
JOIN (SELECT t57."id" AS c0, t57."code" AS c1 FROM "t_acme"."role" AS t57
WHERE (NOT t57."deleted")) AS t56 ON (t56.c0 = t54.c2)
WHERE (t54.c0 = $11::uuid) AND t54.c1 AND (t56.c1 = $12::text))
OR EXISTS (SELECT 1
FROM (SELECT t59."user_id" AS c0, t59."active" AS c1, t59."role_id" AS c2, t59."id" AS c3 FROM "t_acme"."role_assignment" AS t59
WHERE (NOT t59."deleted")) AS t58
LEFT
JOIN (SELECT t61."id" AS c0, t61."code" AS c1 FROM "t_acme"."role" AS t61
WHERE (NOT t61."deleted")) AS t60 ON (t60.c0 = t58.c2)
WHERE (t58.c0 = $11::uuid) AND t58.c1 AND (t60.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t63."user_id" AS c0, t63."active" AS c1, t63."role_id" AS c2, t63."id" AS c3 FROM "t_acme"."role_assignment" AS t63
WHERE (NOT t63."deleted")) AS t62
LEFT
JOIN (SELECT t65."id" AS c0, t65."code" AS c1 FROM "t_acme"."role" AS t65
WHERE (NOT t65."deleted")) AS t64 ON (t64.c0 = t62.c2)
WHERE (t62.c0 = $11::uuid) AND t62.c1 AND (t64.c1 = $14::text)))) AS t48
WHERE (t48.c0 = t29.c0) AND (t48.c1 > t30.c1)) AS c1, t30.c2 AS c2, t30.c3 AS c3, t30.c4 AS c4, t30.c5 AS c5, t30.c6 AS c6, t30.c7 AS c7, t30.c8 AS c8
FROM (SELECT t31."user_id" AS c0, t31."valid_from" AS c1, t31."monday" AS c2, t31."tuesday" AS c3, t31."wednesday" AS c4, t31."thursday" AS c5, t31."friday" AS c6, t31."saturday" AS c7, t31."sunday" AS c8 FROM "t_acme"."weekly_hours" AS t31
WHERE (NOT t31."deleted") AND ((t31."user_id" = $11::uuid) OR (t31."user_id" IN (SELECT t32.c1 AS c0
FROM (SELECT t33."department_id" AS c0, t33."id" AS c1 FROM "t_acme"."user" AS t33
WHERE (NOT t33."deleted")) AS t32
LEFT
JOIN (SELECT t35."id" AS c0, t35."lead_id" AS c1 FROM "t_acme"."department" AS t35
WHERE (NOT t35."deleted")) AS t34 ON (t34.c0 = t32.c0)
WHERE (t34.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t37."user_id" AS c0, t37."active" AS c1, t37."role_id" AS c2, t37."id" AS c3 FROM "t_acme"."role_assignment" AS t37
WHERE (NOT t37."deleted")) AS t36
LEFT
JOIN (SELECT t39."id" AS c0, t39."code" AS c1 FROM "t_acme"."role" AS t39
WHERE (NOT t39."deleted")) AS t38 ON (t38.c0 = t36.c2)
WHERE (t36.c0 = $11::uuid) AND t36.c1 AND (t38.c1 = $12::text))
OR EXISTS (SELECT 1
FROM (SELECT t41."user_id" AS c0, t41."active" AS c1, t41."role_id" AS c2, t41."id" AS c3 FROM "t_acme"."role_assignment" AS t41
WHERE (NOT t41."deleted")) AS t40
LEFT
JOIN (SELECT t43."id" AS c0, t43."code" AS c1 FROM "t_acme"."role" AS t43
WHERE (NOT t43."deleted")) AS t42 ON (t42.c0 = t40.c2)
WHERE (t40.c0 = $11::uuid) AND t40.c1 AND (t42.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t45."user_id" AS c0, t45."active" AS c1, t45."role_id" AS c2, t45."id" AS c3 FROM "t_acme"."role_assignment" AS t45
WHERE (NOT t45."deleted")) AS t44
LEFT
JOIN (SELECT t47."id" AS c0, t47."code" AS c1 FROM "t_acme"."role" AS t47
WHERE (NOT t47."deleted")) AS t46 ON (t46.c0 = t44.c2)
WHERE (t44.c0 = $11::uuid) AND t44.c1 AND (t46.c1 = $14::text)))) AS t30
WHERE (t30.c0 = t29.c0) AND (t30.c1 <= t29.c1)) AS t66) AS t67
WHERE (t67.c0 <= t67.c1)) AS c5, t29.c1 AS c6, t29.c0 AS c7
FROM (SELECT t1.c1 AS c0, t0.c1 AS c1, t0.c0 AS c2, t1.c2 AS c3, t1.c3 AS c4, t1.c4 AS c5, t1.c5 AS c6, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t3.c3 - t3.c4))), 0)) AS c0
FROM (SELECT t4."user_id" AS c0, t4."billable" AS c1, t4."date" AS c2, t4."end" AS c3, t4."begin" AS c4 FROM "t_acme"."timesheet" AS t4
WHERE (NOT t4."deleted") AND ((t4."user_id" = $11::uuid) OR ((t4."project_id" IN (SELECT t5.c1 AS c0
FROM (SELECT t6."manager_id" AS c0, t6."id" AS c1 FROM "t_acme"."project" AS t6
WHERE (NOT t6."deleted")) AS t5
WHERE (t5.c0 = $11::uuid))) OR (t4."project_id" IN (SELECT t7.c1 AS c0
FROM (SELECT t8."manager2_id" AS c0, t8."id" AS c1 FROM "t_acme"."project" AS t8
WHERE (NOT t8."deleted")) AS t7
WHERE (t7.c0 = $11::uuid)))) OR (t4."user_id" IN (SELECT t9.c1 AS c0
FROM (SELECT t10."department_id" AS c0, t10."id" AS c1 FROM "t_acme"."user" AS t10
WHERE (NOT t10."deleted")) AS t9
LEFT
JOIN (SELECT t12."id" AS c0, t12."lead_id" AS c1 FROM "t_acme"."department" AS t12
WHERE (NOT t12."deleted")) AS t11 ON (t11.c0 = t9.c0)
WHERE (t11.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t14."user_id" AS c0, t14."active" AS c1, t14."role_id" AS c2, t14."id" AS c3 FROM "t_acme"."role_assignment" AS t14
WHERE (NOT t14."deleted")) AS t13
LEFT
JOIN (SELECT t16."id" AS c0, t16."code" AS c1 FROM "t_acme"."role" AS t16
WHERE (NOT t16."deleted")) AS t15 ON (t15.c0 = t13.c2)
WHERE (t13.c0 = $11::uuid) AND t13.c1 AND (t15.c1 = $12::text))
OR EXISTS (SELECT 1
FROM (SELECT t18."user_id" AS c0, t18."active" AS c1, t18."role_id" AS c2, t18."id" AS c3 FROM "t_acme"."role_assignment" AS t18
WHERE (NOT t18."deleted")) AS t17
LEFT
JOIN (SELECT t20."id" AS c0, t20."code" AS c1 FROM "t_acme"."role" AS t20
WHERE (NOT t20."deleted")) AS t19 ON (t19.c0 = t17.c2)
WHERE (t17.c0 = $11::uuid) AND t17.c1 AND (t19.c1 = $15::text))
OR EXISTS (SELECT 1
FROM (SELECT t22."user_id" AS c0, t22."active" AS c1, t22."role_id" AS c2, t22."id" AS c3 FROM "t_acme"."role_assignment" AS t22
WHERE (NOT t22."deleted")) AS t21
LEFT
JOIN (SELECT t24."id" AS c0, t24."code" AS c1 FROM "t_acme"."role" AS t24
WHERE (NOT t24."deleted")) AS t23 ON (t23.c0 = t21.c2)
WHERE (t21.c0 = $11::uuid) AND t21.c1 AND (t23.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t26."user_id" AS c0, t26."active" AS c1, t26."role_id" AS c2, t26."id" AS c3 FROM "t_acme"."role_assignment" AS t26
WHERE (NOT t26."deleted")) AS t25
LEFT
JOIN (SELECT t28."id" AS c0, t28."code" AS c1 FROM "t_acme"."role" AS t28
WHERE (NOT t28."deleted")) AS t27 ON (t27.c0 = t25.c2)
WHERE (t25.c0 = $11::uuid) AND t25.c1 AND (t27.c1 = $14::text)))) AS t3
WHERE (t3.c0 = t1.c1) AND t3.c1 AND (t3.c2 >= t0.c0) AND (t3.c2 <= t0.c1)) AS c7
FROM (SELECT (g.e->>0)::integer AS c0, (g.e->>1)::integer AS c1
FROM (SELECT jsonb_array_elements($16::text::jsonb) AS e) AS g OFFSET 0) AS t0
JOIN (SELECT t2."active" AS c0, t2."id" AS c1, t2."country" AS c2, t2."firstname" AS c3, t2."lastname" AS c4, t2."username" AS c5 FROM "t_acme"."user" AS t2
WHERE (NOT t2."deleted")) AS t1 ON true
WHERE t1.c0) AS t29) AS t70
ORDER BY (CASE WHEN ((coalesce(t70.c0, '') = '') AND (coalesce(t70.c1, '') = '')) THEN t70.c2 ELSE "tq_v1"."trim"((coalesce(t70.c0, '') || $1::text || coalesce(t70.c1, ''))) END) COLLATE "C", t70.c3, t70.c6, t70.c7
