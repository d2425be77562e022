-- Q07 Overtime balance per person at a given date

-- SQLite
SELECT (CASE WHEN ((coalesce(t47.c0, '') = '') AND (coalesce(t47.c1, '') = '')) THEN t47.c2 ELSE tq_trim((coalesce(t47.c0, '') || ?1 || coalesce(t47.c1, ''))) END) AS c0, t47.c3 AS c1, t47.c4 AS c2, tq_subtract(t47.c3, t47.c4) AS c3
FROM (SELECT t22.c3 AS c0, t22.c4 AS c1, t22.c5 AS c2, t22.c6 AS c3, (SELECT tq_sum(tq_subtract(tq_add(tq_add(tq_add(tq_add(tq_add(tq_add(tq_multiply(tq_decimal_of_int(tq_weekdays_between(t44.c0, t44.c1, ?2)), t44.c2), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t44.c0, t44.c1, ?3)), t44.c3)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t44.c0, t44.c1, ?4)), t44.c4)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t44.c0, t44.c1, ?5)), t44.c5)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t44.c0, t44.c1, ?6)), t44.c6)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t44.c0, t44.c1, ?7)), t44.c7)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t44.c0, t44.c1, ?8)), t44.c8)), (SELECT tq_sum((CASE WHEN (tq_weekday(t45.c1) = ?2) THEN t44.c2 WHEN (tq_weekday(t45.c1) = ?3) THEN t44.c3 WHEN (tq_weekday(t45.c1) = ?4) THEN t44.c4 WHEN (tq_weekday(t45.c1) = ?5) THEN t44.c5 WHEN (tq_weekday(t45.c1) = ?6) THEN t44.c6 WHEN (tq_weekday(t45.c1) = ?7) THEN t44.c7 ELSE t44.c8 END)) AS c0
FROM (SELECT t46."country" AS c0, t46."date" AS c1 FROM "main"."holiday" AS t46
WHERE (NOT t46."deleted")) AS t45
WHERE (t45.c0 = t22.c2) AND (t45.c1 >= t44.c0) AND (t45.c1 <= t44.c1)))) AS c0
FROM (SELECT tq_greatest(t22.c1, t43.c0) AS c0, (CASE WHEN (t43.c1 IS NULL) THEN ?9 ELSE tq_least(?9, tq_add_days(t43.c1, ?10)) END) AS c1, t43.c2 AS c2, t43.c3 AS c3, t43.c4 AS c4, t43.c5 AS c5, t43.c6 AS c6, t43.c7 AS c7, t43.c8 AS c8
FROM (SELECT t23.c1 AS c0, (SELECT min(t33.c1) AS c0
FROM (SELECT t34."user_id" AS c0, t34."valid_from" AS c1 FROM "main"."weekly_hours" AS t34
WHERE (NOT t34."deleted") AND ((t34."user_id" = ?11) OR (t34."user_id" IN (SELECT t35.c0 AS c0
FROM (SELECT t36."id" AS c0, t36."department_id" AS c1 FROM "main"."user" AS t36
WHERE (NOT t36."deleted")) AS t35
LEFT
JOIN (SELECT t38."id" AS c0, t38."lead_id" AS c1 FROM "main"."department" AS t38
WHERE (NOT t38."deleted")) AS t37 ON (t37.c0 = t35.c1)
WHERE (t37.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t40."user_id" AS c0, t40."active" AS c1, t40."role_id" AS c2 FROM "main"."role_assignment" AS t40
WHERE (NOT t40."deleted")) AS t39
LEFT
JOIN (SELECT t42."id" AS c0, t42."code" AS c1 FROM "main"."role" AS t42
WHERE (NOT t42."deleted")) AS t41 ON (t41.c0 = t39.c2)
WHERE (t39.c0 = ?11) AND t39.c1 AND ((t41.c1 = ?12) OR (t41.c1 = ?13) OR (t41.c1 = ?14))))) AS t33
WHERE (t33.c0 = t22.c0) AND (t33.c1 > t23.c1)) AS c1, t23.c2 AS c2, t23.c3 AS c3, t23.c4 AS c4, t23.c5 AS c5, t23.c6 AS c6, t23.c7 AS c7, t23.c8 AS c8
FROM (SELECT t24."user_id" AS c0, t24."valid_from" AS c1, t24."monday" AS c2, t24."tuesday" AS c3, t24."wednesday" AS c4, t24."thursday" AS c5, t24."friday" AS c6, t24."saturday" AS c7, t24."sunday" AS c8 FROM "main"."weekly_hours" AS t24
WHERE (NOT t24."deleted") AND ((t24."user_id" = ?11) OR (t24."user_id" IN (SELECT t25.c0 AS c0
FROM (SELECT t26."id" AS c0, t26."department_id" AS c1 FROM "main"."user" AS t26
WHERE (NOT t26."deleted")) AS t25
LEFT
JOIN (SELECT t28."id" AS c0, t28."lead_id" AS c1 FROM "main"."department" AS t28
WHERE (NOT t28."deleted")) AS t27 ON (t27.c0 = t25.c1)
WHERE (t27.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t30."user_id" AS c0, t30."active" AS c1, t30."role_id" AS c2 FROM "main"."role_assignment" AS t30
WHERE (NOT t30."deleted")) AS t29
LEFT
JOIN (SELECT t32."id" AS c0, t32."code" AS c1 FROM "main"."role" AS t32
WHERE (NOT t32."deleted")) AS t31 ON (t31.c0 = t29.c2)
WHERE (t29.c0 = ?11) AND t29.c1 AND ((t31.c1 = ?12) OR (t31.c1 = ?13) OR (t31.c1 = ?14))))) AS t23
WHERE (t23.c0 = t22.c0) AND (t23.c1 <= ?9)) AS t43) AS t44
WHERE (t44.c0 <= t44.c1)) AS c4, t22.c0 AS c5
FROM (SELECT t0.c0 AS c0, t0.c1 AS c1, t0.c2 AS c2, t0.c3 AS c3, t0.c4 AS c4, t0.c5 AS c5, (SELECT tq_sum(tq_multiply(tq_hours((t2.c2 - t2.c3)), coalesce(t20.c1, ?15))) AS c0
FROM (SELECT t3."user_id" AS c0, t3."date" AS c1, t3."end" AS c2, t3."begin" AS c3, t3."weight_id" AS c4 FROM "main"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = ?11) OR (t3."project_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."manager_id" AS c1, t5."manager2_id" AS c2 FROM "main"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE ((t4.c1 = ?11) OR (t4.c2 = ?11)))) OR (t3."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?11) AND t10.c1 AND ((t12.c1 = ?12) OR (t12.c1 = ?16) OR (t12.c1 = ?13) OR (t12.c1 = ?14))))) AS t2
LEFT
JOIN (SELECT t21."id" AS c0, t21."factor" AS c1 FROM "main"."weight" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t2.c4)
WHERE (t2.c0 = t0.c0) AND (t2.c1 <= ?9) AND (t2.c1 >= t0.c1)) AS c6
FROM (SELECT t1."id" AS c0, (CASE WHEN ((t1."id" = ?17) OR (t1."department_id" IN (SELECT t14.c0 AS c0
FROM (SELECT t15."id" AS c0, t15."lead_id" AS c1 FROM "main"."department" AS t15
WHERE (NOT t15."deleted")) AS t14
WHERE (t14.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2 FROM "main"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "main"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = ?11) AND t16.c1 AND ((t18.c1 = ?13) OR (t18.c1 = ?14)))) THEN t1."hired_on" END) AS c1, t1."country" AS c2, t1."firstname" AS c3, t1."lastname" AS c4, t1."username" AS c5 FROM "main"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t22) AS t47
ORDER BY tq_subtract(t47.c3, t47.c4) DESC, t47.c5

-- Postgres
SELECT (CASE WHEN ((coalesce(t47.c0, '') = '') AND (coalesce(t47.c1, '') = '')) THEN t47.c2 ELSE "tq_v1"."trim"((coalesce(t47.c0, '') || $1::text || coalesce(t47.c1, ''))) END) AS c0, t47.c3 AS c1, t47.c4 AS c2, "tq_v1"."subtract"(t47.c3, t47.c4) AS c3
FROM (SELECT t22.c3 AS c0, t22.c4 AS c1, t22.c5 AS c2, t22.c6 AS c3, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."subtract"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t44.c0, t44.c1, $2::bigint)), t44.c2), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t44.c0, t44.c1, $3::bigint)), t44.c3)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t44.c0, t44.c1, $4::bigint)), t44.c4)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t44.c0, t44.c1, $5::bigint)), t44.c5)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t44.c0, t44.c1, $6::bigint)), t44.c6)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t44.c0, t44.c1, $7::bigint)), t44.c7)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t44.c0, t44.c1, $8::bigint)), t44.c8)), (SELECT "tq_v1"."narrow"(coalesce(sum((CASE WHEN ("tq_v1"."weekday"(t45.c1) = $2::bigint) THEN t44.c2 WHEN ("tq_v1"."weekday"(t45.c1) = $3::bigint) THEN t44.c3 WHEN ("tq_v1"."weekday"(t45.c1) = $4::bigint) THEN t44.c4 WHEN ("tq_v1"."weekday"(t45.c1) = $5::bigint) THEN t44.c5 WHEN ("tq_v1"."weekday"(t45.c1) = $6::bigint) THEN t44.c6 WHEN ("tq_v1"."weekday"(t45.c1) = $7::bigint) THEN t44.c7 ELSE t44.c8 END)), 0)) AS c0
FROM (SELECT t46."country" AS c0, t46."date" AS c1 FROM "t_acme"."holiday" AS t46
WHERE (NOT t46."deleted")) AS t45
WHERE (t45.c0 = t22.c2) AND (t45.c1 >= t44.c0) AND (t45.c1 <= t44.c1)))), 0)) AS c0
FROM (SELECT "tq_v1"."greatest"(t22.c1, t43.c0) AS c0, (CASE WHEN (t43.c1 IS NULL) THEN $9::integer ELSE "tq_v1"."least"($9::integer, "tq_v1"."add_days"(t43.c1, $10::bigint)) END) AS c1, t43.c2 AS c2, t43.c3 AS c3, t43.c4 AS c4, t43.c5 AS c5, t43.c6 AS c6, t43.c7 AS c7, t43.c8 AS c8
FROM (SELECT t23.c1 AS c0, (SELECT min(t33.c1) AS c0
FROM (SELECT t34."user_id" AS c0, t34."valid_from" AS c1 FROM "t_acme"."weekly_hours" AS t34
WHERE (NOT t34."deleted") AND ((t34."user_id" = $11::uuid) OR (t34."user_id" IN (SELECT t35.c0 AS c0
FROM (SELECT t36."id" AS c0, t36."department_id" AS c1 FROM "t_acme"."user" AS t36
WHERE (NOT t36."deleted")) AS t35
LEFT
JOIN (SELECT t38."id" AS c0, t38."lead_id" AS c1 FROM "t_acme"."department" AS t38
WHERE (NOT t38."deleted")) AS t37 ON (t37.c0 = t35.c1)
WHERE (t37.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t40."user_id" AS c0, t40."active" AS c1, t40."role_id" AS c2 FROM "t_acme"."role_assignment" AS t40
WHERE (NOT t40."deleted")) AS t39
LEFT
JOIN (SELECT t42."id" AS c0, t42."code" AS c1 FROM "t_acme"."role" AS t42
WHERE (NOT t42."deleted")) AS t41 ON (t41.c0 = t39.c2)
WHERE (t39.c0 = $11::uuid) AND t39.c1 AND ((t41.c1 = $12::text) OR (t41.c1 = $13::text) OR (t41.c1 = $14::text))))) AS t33
WHERE (t33.c0 = t22.c0) AND (t33.c1 > t23.c1)) AS c1, t23.c2 AS c2, t23.c3 AS c3, t23.c4 AS c4, t23.c5 AS c5, t23.c6 AS c6, t23.c7 AS c7, t23.c8 AS c8
FROM (SELECT t24."user_id" AS c0, t24."valid_from" AS c1, t24."monday" AS c2, t24."tuesday" AS c3, t24."wednesday" AS c4, t24."thursday" AS c5, t24."friday" AS c6, t24."saturday" AS c7, t24."sunday" AS c8 FROM "t_acme"."weekly_hours" AS t24
WHERE (NOT t24."deleted") AND ((t24."user_id" = $11::uuid) OR (t24."user_id" IN (SELECT t25.c0 AS c0
FROM (SELECT t26."id" AS c0, t26."department_id" AS c1 FROM "t_acme"."user" AS t26
WHERE (NOT t26."deleted")) AS t25
LEFT
JOIN (SELECT t28."id" AS c0, t28."lead_id" AS c1 FROM "t_acme"."department" AS t28
WHERE (NOT t28."deleted")) AS t27 ON (t27.c0 = t25.c1)
WHERE (t27.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t30."user_id" AS c0, t30."active" AS c1, t30."role_id" AS c2 FROM "t_acme"."role_assignment" AS t30
WHERE (NOT t30."deleted")) AS t29
LEFT
JOIN (SELECT t32."id" AS c0, t32."code" AS c1 FROM "t_acme"."role" AS t32
WHERE (NOT t32."deleted")) AS t31 ON (t31.c0 = t29.c2)
WHERE (t29.c0 = $11::uuid) AND t29.c1 AND ((t31.c1 = $12::text) OR (t31.c1 = $13::text) OR (t31.c1 = $14::text))))) AS t23
WHERE (t23.c0 = t22.c0) AND (t23.c1 <= $9::integer)) AS t43) AS t44
WHERE (t44.c0 <= t44.c1)) AS c4, t22.c0 AS c5
FROM (SELECT t0.c0 AS c0, t0.c1 AS c1, t0.c2 AS c2, t0.c3 AS c3, t0.c4 AS c4, t0.c5 AS c5, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."multiply"("tq_v1"."hours"((t2.c2 - t2.c3)), coalesce(t20.c1, $15::bigint))), 0)) AS c0
FROM (SELECT t3."user_id" AS c0, t3."date" AS c1, t3."end" AS c2, t3."begin" AS c3, t3."weight_id" AS c4 FROM "t_acme"."timesheet" AS t3
WHERE (NOT t3."deleted") AND ((t3."user_id" = $11::uuid) OR (t3."project_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."manager_id" AS c1, t5."manager2_id" AS c2 FROM "t_acme"."project" AS t5
WHERE (NOT t5."deleted")) AS t4
WHERE ((t4.c1 = $11::uuid) OR (t4.c2 = $11::uuid)))) OR (t3."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "t_acme"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "t_acme"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "t_acme"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "t_acme"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = $11::uuid) AND t10.c1 AND ((t12.c1 = $12::text) OR (t12.c1 = $16::text) OR (t12.c1 = $13::text) OR (t12.c1 = $14::text))))) AS t2
LEFT
JOIN (SELECT t21."id" AS c0, t21."factor" AS c1 FROM "t_acme"."weight" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t2.c4)
WHERE (t2.c0 = t0.c0) AND (t2.c1 <= $9::integer) AND (t2.c1 >= t0.c1)) AS c6
FROM (SELECT t1."id" AS c0, (CASE WHEN ((t1."id" = $17::uuid) OR (t1."department_id" IN (SELECT t14.c0 AS c0
FROM (SELECT t15."id" AS c0, t15."lead_id" AS c1 FROM "t_acme"."department" AS t15
WHERE (NOT t15."deleted")) AS t14
WHERE (t14.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2 FROM "t_acme"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "t_acme"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = $11::uuid) AND t16.c1 AND ((t18.c1 = $13::text) OR (t18.c1 = $14::text)))) THEN t1."hired_on" END) AS c1, t1."country" AS c2, t1."firstname" AS c3, t1."lastname" AS c4, t1."username" AS c5 FROM "t_acme"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t22) AS t47
ORDER BY "tq_v1"."subtract"(t47.c3, t47.c4) DESC NULLS LAST, t47.c5
