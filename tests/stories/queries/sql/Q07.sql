-- Q07 Overtime balance per person at a given date

-- SQLite
SELECT (CASE WHEN ((coalesce(t81.c0, '') = '') AND (coalesce(t81.c1, '') = '')) THEN t81.c2 ELSE tq_trim((coalesce(t81.c0, '') || ?1 || coalesce(t81.c1, ''))) END) AS c0, t81.c3 AS c1, t81.c4 AS c2, tq_subtract(t81.c3, t81.c4) AS c3
FROM (SELECT t40.c3 AS c0, t40.c4 AS c1, t40.c5 AS c2, t40.c6 AS c3, (SELECT tq_sum(tq_subtract(tq_add(tq_add(tq_add(tq_add(tq_add(tq_add(tq_multiply(tq_decimal_of_int(tq_weekdays_between(t78.c0, t78.c1, ?2)), t78.c2), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t78.c0, t78.c1, ?3)), t78.c3)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t78.c0, t78.c1, ?4)), t78.c4)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t78.c0, t78.c1, ?5)), t78.c5)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t78.c0, t78.c1, ?6)), t78.c6)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t78.c0, t78.c1, ?7)), t78.c7)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t78.c0, t78.c1, ?8)), t78.c8)), (SELECT tq_sum((CASE WHEN (tq_weekday(t79.c1) = ?2) THEN t78.c2 WHEN (tq_weekday(t79.c1) = ?3) THEN t78.c3 WHEN (tq_weekday(t79.c1) = ?4) THEN t78.c4 WHEN (tq_weekday(t79.c1) = ?5) THEN t78.c5 WHEN (tq_weekday(t79.c1) = ?6) THEN t78.c6 WHEN (tq_weekday(t79.c1) = ?7) THEN t78.c7 ELSE t78.c8 END)) AS c0
FROM (SELECT t80."country" AS c0, t80."date" AS c1 FROM "main"."holiday" AS t80
WHERE (NOT t80."deleted")) AS t79
WHERE (t79.c0 = t40.c2) AND (t79.c1 >= t78.c0) AND (t79.c1 <= t78.c1)))) AS c0
FROM (SELECT tq_greatest(t40.c1, t77.c0) AS c0, (CASE WHEN (t77.c1 IS NULL) THEN ?9 ELSE tq_least(?9, tq_add_days(t77.c1, ?10)) END) AS c1, t77.c2 AS c2, t77.c3 AS c3, t77.c4 AS c4, t77.c5 AS c5, t77.c6 AS c6, t77.c7 AS c7, t77.c8 AS c8
FROM (SELECT t41.c1 AS c0, (SELECT min(t59.c1) AS c0
FROM (SELECT t60."user_id" AS c0, t60."valid_from" AS c1 FROM "main"."weekly_hours" AS t60
WHERE (NOT t60."deleted") AND ((t60."user_id" = ?11) OR (t60."user_id" IN (SELECT t61.c1 AS c0
FROM (SELECT t62."department_id" AS c0, t62."id" AS c1 FROM "main"."user" AS t62
WHERE (NOT t62."deleted")) AS t61
LEFT
JOIN (SELECT t64."id" AS c0, t64."lead_id" AS c1 FROM "main"."department" AS t64
WHERE (NOT t64."deleted")) AS t63 ON (t63.c0 = t61.c0)
WHERE (t63.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t66."user_id" AS c0, t66."active" AS c1, t66."role_id" AS c2, t66."id" AS c3 FROM "main"."role_assignment" AS t66
WHERE (NOT t66."deleted")) AS t65
LEFT
JOIN (SELECT t68."id" AS c0, t68."code" AS c1 FROM "main"."role" AS t68
WHERE (NOT t68."deleted")) AS t67 ON (t67.c0 = t65.c2)
WHERE (t65.c0 = ?11) AND t65.c1 AND (t67.c1 = ?12))
OR EXISTS (SELECT 1
FROM (SELECT t70."user_id" AS c0, t70."active" AS c1, t70."role_id" AS c2, t70."id" AS c3 FROM "main"."role_assignment" AS t70
WHERE (NOT t70."deleted")) AS t69
LEFT
JOIN (SELECT t72."id" AS c0, t72."code" AS c1 FROM "main"."role" AS t72
WHERE (NOT t72."deleted")) AS t71 ON (t71.c0 = t69.c2)
WHERE (t69.c0 = ?11) AND t69.c1 AND (t71.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t74."user_id" AS c0, t74."active" AS c1, t74."role_id" AS c2, t74."id" AS c3 FROM "main"."role_assignment" AS t74
WHERE (NOT t74."deleted")) AS t73
LEFT
JOIN (SELECT t76."id" AS c0, t76."code" AS c1 FROM "main"."role" AS t76
WHERE (NOT t76."deleted")) AS t75 ON (t75.c0 = t73.c2)
WHERE (t73.c0 = ?11) AND t73.c1 AND (t75.c1 = ?14)))) AS t59
WHERE (t59.c0 = t40.c0) AND (t59.c1 > t41.c1)) AS c1, t41.c2 AS c2, t41.c3 AS c3, t41.c4 AS c4, t41.c5 AS c5, t41.c6 AS c6, t41.c7 AS c7, t41.c8 AS c8
FROM (SELECT t42."user_id" AS c0, t42."valid_from" AS c1, t42."monday" AS c2, t42."tuesday" AS c3, t42."wednesday" AS c4, t42."thursday" AS c5, t42."friday" AS c6, t42."saturday" AS c7, t42."sunday" AS c8 FROM "main"."weekly_hours" AS t42
WHERE (NOT t42."deleted") AND ((t42."user_id" = ?11) OR (t42."user_id" IN (SELECT t43.c1 AS c0
FROM (SELECT t44."department_id" AS c0, t44."id" AS c1 FROM "main"."user" AS t44
WHERE (NOT t44."deleted")) AS t43
LEFT
JOIN (SELECT t46."id" AS c0, t46."lead_id" AS c1 FROM "main"."department" AS t46
WHERE (NOT t46."deleted")) AS t45 ON (t45.c0 = t43.c0)
WHERE (t45.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t48."user_id" AS c0, t48."active" AS c1, t48."role_id" AS c2, t48."id" AS c3 FROM "main"."role_assignment" AS t48
WHERE (NOT t48."deleted")) AS t47
LEFT
JOIN (SELECT t50."id" AS c0, t50."code" AS c1 FROM "main"."role" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c2)
WHERE (t47.c0 = ?11) AND t47.c1 AND (t49.c1 = ?12))
OR EXISTS (SELECT 1
FROM (SELECT t52."user_id" AS c0, t52."active" AS c1, t52."role_id" AS c2, t52."id" AS c3 FROM "main"."role_assignment" AS t52
WHERE (NOT t52."deleted")) AS t51
LEFT
JOIN (SELECT t54."id" AS c0, t54."code" AS c1 FROM "main"."role" AS t54
WHERE (NOT t54."deleted")) AS t53 ON (t53.c0 = t51.c2)
WHERE (t51.c0 = ?11) AND t51.c1 AND (t53.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t56."user_id" AS c0, t56."active" AS c1, t56."role_id" AS c2, t56."id" AS c3 FROM "main"."role_assignment" AS t56
WHERE (NOT t56."deleted")) AS t55
LEFT
JOIN (SELECT t58."id" AS c0, t58."code" AS c1 FROM "main"."role" AS t58
WHERE (NOT t58."deleted")) AS t57 ON (t57.c0 = t55.c2)
WHERE (t55.c0 = ?11) AND t55.c1 AND (t57.c1 = ?14)))) AS t41
WHERE (t41.c0 = t40.c0) AND (t41.c1 <= ?9)) AS t77) AS t78
WHERE (t78.c0 <= t78.c1)) AS c4, t40.c0 AS c5
FROM (SELECT t0.c0 AS c0, t0.c1 AS c1, t0.c2 AS c2, t0.c3 AS c3, t0.c4 AS c4, t0.c5 AS c5, (SELECT tq_sum(tq_multiply(tq_hours((t2.c2 - t2.c3)), coalesce(t38.c1, ?15))) AS c0
FROM (SELECT t3."user_id" AS c0, t3."date" AS c1, t3."end" AS c2, t3."begin" AS c3, t3."weight_id" AS c4 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?11) OR ((t3."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager_id" AS c0, t5."id" AS c1 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = ?11))) OR (t3."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager2_id" AS c0, t7."id" AS c1 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = ?11)))) OR (t3."user_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."department_id" AS c0, t9."id" AS c1 FROM "main"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "main"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c0)
WHERE (t10.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "main"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "main"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = ?11) AND t12.c1 AND (t14.c1 = ?12))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "main"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "main"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = ?11) AND t16.c1 AND (t18.c1 = ?16))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "main"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "main"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = ?11) AND t20.c1 AND (t22.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "main"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "main"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = ?11) AND t24.c1 AND (t26.c1 = ?14)))) AS t2
LEFT
JOIN (SELECT t39."id" AS c0, t39."factor" AS c1 FROM "main"."weight" AS t39
WHERE (NOT t39."deleted")) AS t38 ON (t38.c0 = t2.c4)
WHERE (t2.c0 = t0.c0) AND (t2.c1 <= ?9) AND (t2.c1 >= t0.c1)) AS c6
FROM (SELECT t1."id" AS c0, (CASE WHEN ((t1."id" = ?17) OR (t1."department_id" IN (SELECT t28.c1 AS c0
FROM (SELECT t29."lead_id" AS c0, t29."id" AS c1 FROM "main"."department" AS t29
WHERE (NOT t29."deleted")) AS t28
WHERE (t28.c0 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t31."user_id" AS c0, t31."active" AS c1, t31."role_id" AS c2, t31."id" AS c3 FROM "main"."role_assignment" AS t31
WHERE (NOT t31."deleted")) AS t30
LEFT
JOIN (SELECT t33."id" AS c0, t33."code" AS c1 FROM "main"."role" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t30.c2)
WHERE (t30.c0 = ?11) AND t30.c1 AND (t32.c1 = ?13))
OR EXISTS (SELECT 1
FROM (SELECT t35."user_id" AS c0, t35."active" AS c1, t35."role_id" AS c2, t35."id" AS c3 FROM "main"."role_assignment" AS t35
WHERE (NOT t35."deleted")) AS t34
LEFT
JOIN (SELECT t37."id" AS c0, t37."code" AS c1 FROM "main"."role" AS t37
WHERE (NOT t37."deleted")) AS t36 ON (t36.c0 = t34.c2)
WHERE (t34.c0 = ?11) AND t34.c1 AND (t36.c1 = ?14))) THEN t1."hired_on" END) AS c1, t1."country" AS c2, t1."firstname" AS c3, t1."lastname" AS c4, t1."username" AS c5 FROM "main"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t40) AS t81
ORDER BY tq_subtract(t81.c3, t81.c4) DESC, t81.c5

-- Postgres
SELECT (CASE WHEN ((coalesce(t81.c0, '') = '') AND (coalesce(t81.c1, '') = '')) THEN t81.c2 ELSE "tq_v1"."trim"((coalesce(t81.c0, '') || $1::text || coalesce(t81.c1, ''))) END) AS c0, t81.c3 AS c1, t81.c4 AS c2, "tq_v1"."subtract"(t81.c3, t81.c4) AS c3
FROM (SELECT t40.c3 AS c0, t40.c4 AS c1, t40.c5 AS c2, t40.c6 AS c3, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."subtract"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t78.c0, t78.c1, $2::bigint)), t78.c2), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t78.c0, t78.c1, $3::bigint)), t78.c3)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t78.c0, t78.c1, $4::bigint)), t78.c4)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t78.c0, t78.c1, $5::bigint)), t78.c5)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t78.c0, t78.c1, $6::bigint)), t78.c6)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t78.c0, t78.c1, $7::bigint)), t78.c7)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t78.c0, t78.c1, $8::bigint)), t78.c8)), (SELECT "tq_v1"."narrow"(coalesce(sum((CASE WHEN ("tq_v1"."weekday"(t79.c1) = $2::bigint) THEN t78.c2 WHEN ("tq_v1"."weekday"(t79.c1) = $3::bigint) THEN t78.c3 WHEN ("tq_v1"."weekday"(t79.c1) = $4::bigint) THEN t78.c4 WHEN ("tq_v1"."weekday"(t79.c1) = $5::bigint) THEN t78.c5 WHEN ("tq_v1"."weekday"(t79.c1) = $6::bigint) THEN t78.c6 WHEN ("tq_v1"."weekday"(t79.c1) = $7::bigint) THEN t78.c7 ELSE t78.c8 END)), 0)) AS c0
FROM (SELECT t80."country" AS c0, t80."date" AS c1 FROM "t_acme"."holiday" AS t80
WHERE (NOT t80."deleted")) AS t79
WHERE (t79.c0 = t40.c2) AND (t79.c1 >= t78.c0) AND (t79.c1 <= t78.c1)))), 0)) AS c0
FROM (SELECT "tq_v1"."greatest"(t40.c1, t77.c0) AS c0, (CASE WHEN (t77.c1 IS NULL) THEN $9::integer ELSE "tq_v1"."least"($9::integer, "tq_v1"."add_days"(t77.c1, $10::bigint)) END) AS c1, t77.c2 AS c2, t77.c3 AS c3, t77.c4 AS c4, t77.c5 AS c5, t77.c6 AS c6, t77.c7 AS c7, t77.c8 AS c8
FROM (SELECT t41.c1 AS c0, (SELECT min(t59.c1) AS c0
FROM (SELECT t60."user_id" AS c0, t60."valid_from" AS c1 FROM "t_acme"."weekly_hours" AS t60
WHERE (NOT t60."deleted") AND ((t60."user_id" = $11::uuid) OR (t60."user_id" IN (SELECT t61.c1 AS c0
FROM (SELECT t62."department_id" AS c0, t62."id" AS c1 FROM "t_acme"."user" AS t62
WHERE (NOT t62."deleted")) AS t61
LEFT
JOIN (SELECT t64."id" AS c0, t64."lead_id" AS c1 FROM "t_acme"."department" AS t64
WHERE (NOT t64."deleted")) AS t63 ON (t63.c0 = t61.c0)
WHERE (t63.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t66."user_id" AS c0, t66."active" AS c1, t66."role_id" AS c2, t66."id" AS c3 FROM "t_acme"."role_assignment" AS t66
WHERE (NOT t66."deleted")) AS t65
LEFT
JOIN (SELECT t68."id" AS c0, t68."code" AS c1 FROM "t_acme"."role" AS t68
WHERE (NOT t68."deleted")) AS t67 ON (t67.c0 = t65.c2)
WHERE (t65.c0 = $11::uuid) AND t65.c1 AND (t67.c1 = $12::text))
OR EXISTS (SELECT 1
FROM (SELECT t70."user_id" AS c0, t70."active" AS c1, t70."role_id" AS c2, t70."id" AS c3 FROM "t_acme"."role_assignment" AS t70
WHERE (NOT t70."deleted")) AS t69
LEFT
JOIN (SELECT t72."id" AS c0, t72."code" AS c1 FROM "t_acme"."role" AS t72
WHERE (NOT t72."deleted")) AS t71 ON (t71.c0 = t69.c2)
WHERE (t69.c0 = $11::uuid) AND t69.c1 AND (t71.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t74."user_id" AS c0, t74."active" AS c1, t74."role_id" AS c2, t74."id" AS c3 FROM "t_acme"."role_assignment" AS t74
WHERE (NOT t74."deleted")) AS t73
LEFT
JOIN (SELECT t76."id" AS c0, t76."code" AS c1 FROM "t_acme"."role" AS t76
WHERE (NOT t76."deleted")) AS t75 ON (t75.c0 = t73.c2)
WHERE (t73.c0 = $11::uuid) AND t73.c1 AND (t75.c1 = $14::text)))) AS t59
WHERE (t59.c0 = t40.c0) AND (t59.c1 > t41.c1)) AS c1, t41.c2 AS c2, t41.c3 AS c3, t41.c4 AS c4, t41.c5 AS c5, t41.c6 AS c6, t41.c7 AS c7, t41.c8 AS c8
FROM (SELECT t42."user_id" AS c0, t42."valid_from" AS c1, t42."monday" AS c2, t42."tuesday" AS c3, t42."wednesday" AS c4, t42."thursday" AS c5, t42."friday" AS c6, t42."saturday" AS c7, t42."sunday" AS c8 FROM "t_acme"."weekly_hours" AS t42
WHERE (NOT t42."deleted") AND ((t42."user_id" = $11::uuid) OR (t42."user_id" IN (SELECT t43.c1 AS c0
FROM (SELECT t44."department_id" AS c0, t44."id" AS c1 FROM "t_acme"."user" AS t44
WHERE (NOT t44."deleted")) AS t43
LEFT
JOIN (SELECT t46."id" AS c0, t46."lead_id" AS c1 FROM "t_acme"."department" AS t46
WHERE (NOT t46."deleted")) AS t45 ON (t45.c0 = t43.c0)
WHERE (t45.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t48."user_id" AS c0, t48."active" AS c1, t48."role_id" AS c2, t48."id" AS c3 FROM "t_acme"."role_assignment" AS t48
WHERE (NOT t48."deleted")) AS t47
LEFT
JOIN (SELECT t50."id" AS c0, t50."code" AS c1 FROM "t_acme"."role" AS t50
WHERE (NOT t50."deleted")) AS t49 ON (t49.c0 = t47.c2)
WHERE (t47.c0 = $11::uuid) AND t47.c1 AND (t49.c1 = $12::text))
OR EXISTS (SELECT 1
FROM (SELECT t52."user_id" AS c0, t52."active" AS c1, t52."role_id" AS c2, t52."id" AS c3 FROM "t_acme"."role_assignment" AS t52
WHERE (NOT t52."deleted")) AS t51
LEFT
JOIN (SELECT t54."id" AS c0, t54."code" AS c1 FROM "t_acme"."role" AS t54
WHERE (NOT t54."deleted")) AS t53 ON (t53.c0 = t51.c2)
WHERE (t51.c0 = $11::uuid) AND t51.c1 AND (t53.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t56."user_id" AS c0, t56."active" AS c1, t56."role_id" AS c2, t56."id" AS c3 FROM "t_acme"."role_assignment" AS t56
WHERE (NOT t56."deleted")) AS t55
LEFT
JOIN (SELECT t58."id" AS c0, t58."code" AS c1 FROM "t_acme"."role" AS t58
WHERE (NOT t58."deleted")) AS t57 ON (t57.c0 = t55.c2)
WHERE (t55.c0 = $11::uuid) AND t55.c1 AND (t57.c1 = $14::text)))) AS t41
WHERE (t41.c0 = t40.c0) AND (t41.c1 <= $9::integer)) AS t77) AS t78
WHERE (t78.c0 <= t78.c1)) AS c4, t40.c0 AS c5
FROM (SELECT t0.c0 AS c0, t0.c1 AS c1, t0.c2 AS c2, t0.c3 AS c3, t0.c4 AS c4, t0.c5 AS c5, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."multiply"("tq_v1"."hours"((t2.c2 - t2.c3)), coalesce(t38.c1, $15::bigint))), 0)) AS c0
FROM (SELECT t3."user_id" AS c0, t3."date" AS c1, t3."end" AS c2, t3."begin" AS c3, t3."weight_id" AS c4 FROM "t_acme"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = $11::uuid) OR ((t3."project_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."manager_id" AS c0, t5."id" AS c1 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE (t4.c0 = $11::uuid))) OR (t3."project_id" IN (SELECT t6.c1 AS c0
FROM (SELECT t7."manager2_id" AS c0, t7."id" AS c1 FROM "t_acme"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE (t6.c0 = $11::uuid)))) OR (t3."user_id" IN (SELECT t8.c1 AS c0
FROM (SELECT t9."department_id" AS c0, t9."id" AS c1 FROM "t_acme"."user" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."lead_id" AS c1 FROM "t_acme"."department" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c0)
WHERE (t10.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "t_acme"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "t_acme"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = $11::uuid) AND t12.c1 AND (t14.c1 = $12::text))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2, t17."id" AS c3 FROM "t_acme"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "t_acme"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = $11::uuid) AND t16.c1 AND (t18.c1 = $16::text))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "t_acme"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "t_acme"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = $11::uuid) AND t20.c1 AND (t22.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "t_acme"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "t_acme"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = $11::uuid) AND t24.c1 AND (t26.c1 = $14::text)))) AS t2
LEFT
JOIN (SELECT t39."id" AS c0, t39."factor" AS c1 FROM "t_acme"."weight" AS t39
WHERE (NOT t39."deleted")) AS t38 ON (t38.c0 = t2.c4)
WHERE (t2.c0 = t0.c0) AND (t2.c1 <= $9::integer) AND (t2.c1 >= t0.c1)) AS c6
FROM (SELECT t1."id" AS c0, (CASE WHEN ((t1."id" = $17::uuid) OR (t1."department_id" IN (SELECT t28.c1 AS c0
FROM (SELECT t29."lead_id" AS c0, t29."id" AS c1 FROM "t_acme"."department" AS t29
WHERE (NOT t29."deleted")) AS t28
WHERE (t28.c0 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t31."user_id" AS c0, t31."active" AS c1, t31."role_id" AS c2, t31."id" AS c3 FROM "t_acme"."role_assignment" AS t31
WHERE (NOT t31."deleted")) AS t30
LEFT
JOIN (SELECT t33."id" AS c0, t33."code" AS c1 FROM "t_acme"."role" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t30.c2)
WHERE (t30.c0 = $11::uuid) AND t30.c1 AND (t32.c1 = $13::text))
OR EXISTS (SELECT 1
FROM (SELECT t35."user_id" AS c0, t35."active" AS c1, t35."role_id" AS c2, t35."id" AS c3 FROM "t_acme"."role_assignment" AS t35
WHERE (NOT t35."deleted")) AS t34
LEFT
JOIN (SELECT t37."id" AS c0, t37."code" AS c1 FROM "t_acme"."role" AS t37
WHERE (NOT t37."deleted")) AS t36 ON (t36.c0 = t34.c2)
WHERE (t34.c0 = $11::uuid) AND t34.c1 AND (t36.c1 = $14::text))) THEN t1."hired_on" END) AS c1, t1."country" AS c2, t1."firstname" AS c3, t1."lastname" AS c4, t1."username" AS c5 FROM "t_acme"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t40) AS t81
ORDER BY "tq_v1"."subtract"(t81.c3, t81.c4) DESC NULLS LAST, t81.c5
