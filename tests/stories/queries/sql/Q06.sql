-- Q06 Utilisation per person and month: billable hours against planned hours

-- SQLite
SELECT (CASE WHEN ((coalesce(t40.c0, '') = '') AND (coalesce(t40.c1, '') = '')) THEN t40.c2 ELSE tq_trim((coalesce(t40.c0, '') || ?1 || coalesce(t40.c1, ''))) END) AS c0, t40.c3 AS c1, t40.c4 AS c2, t40.c5 AS c3, tq_round(tq_divide(tq_multiply(?2, t40.c4), t40.c5), ?3) AS c4
FROM (SELECT t15.c4 AS c0, t15.c5 AS c1, t15.c6 AS c2, t15.c2 AS c3, t15.c7 AS c4, (SELECT tq_sum(tq_subtract(tq_add(tq_add(tq_add(tq_add(tq_add(tq_add(tq_multiply(tq_decimal_of_int(tq_weekdays_between(t37.c0, t37.c1, ?3)), t37.c2), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t37.c0, t37.c1, ?4)), t37.c3)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t37.c0, t37.c1, ?5)), t37.c4)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t37.c0, t37.c1, ?6)), t37.c5)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t37.c0, t37.c1, ?7)), t37.c6)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t37.c0, t37.c1, ?8)), t37.c7)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t37.c0, t37.c1, ?9)), t37.c8)), (SELECT tq_sum((CASE WHEN (tq_weekday(t38.c1) = ?3) THEN t37.c2 WHEN (tq_weekday(t38.c1) = ?4) THEN t37.c3 WHEN (tq_weekday(t38.c1) = ?5) THEN t37.c4 WHEN (tq_weekday(t38.c1) = ?6) THEN t37.c5 WHEN (tq_weekday(t38.c1) = ?7) THEN t37.c6 WHEN (tq_weekday(t38.c1) = ?8) THEN t37.c7 ELSE t37.c8 END)) AS c0
FROM (SELECT t39."country" AS c0, t39."date" AS c1 FROM "main"."holiday" AS t39
WHERE (NOT t39."deleted")) AS t38
WHERE (t38.c0 = t15.c3) AND (t38.c1 >= t37.c0) AND (t38.c1 <= t37.c1)))) AS c0
FROM (SELECT tq_greatest(t15.c2, t36.c0) AS c0, (CASE WHEN (t36.c1 IS NULL) THEN t15.c1 ELSE tq_least(t15.c1, tq_add_days(t36.c1, ?10)) END) AS c1, t36.c2 AS c2, t36.c3 AS c3, t36.c4 AS c4, t36.c5 AS c5, t36.c6 AS c6, t36.c7 AS c7, t36.c8 AS c8
FROM (SELECT t16.c1 AS c0, (SELECT min(t26.c1) AS c0
FROM (SELECT t27."user_id" AS c0, t27."valid_from" AS c1 FROM "main"."weekly_hours" AS t27
WHERE (NOT t27."deleted") AND ((t27."user_id" = ?11) OR (t27."user_id" IN (SELECT t28.c0 AS c0
FROM (SELECT t29."id" AS c0, t29."department_id" AS c1 FROM "main"."user" AS t29
WHERE (NOT t29."deleted")) AS t28
LEFT
JOIN (SELECT t31."id" AS c0, t31."lead_id" AS c1 FROM "main"."department" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c1)
WHERE (t30.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t33."user_id" AS c0, t33."active" AS c1, t33."role_id" AS c2 FROM "main"."role_assignment" AS t33
WHERE (NOT t33."deleted")) AS t32
LEFT
JOIN (SELECT t35."id" AS c0, t35."code" AS c1 FROM "main"."role" AS t35
WHERE (NOT t35."deleted")) AS t34 ON (t34.c0 = t32.c2)
WHERE (t32.c0 = ?11) AND t32.c1 AND ((t34.c1 = ?12) OR (t34.c1 = ?13) OR (t34.c1 = ?14))))) AS t26
WHERE (t26.c0 = t15.c0) AND (t26.c1 > t16.c1)) AS c1, t16.c2 AS c2, t16.c3 AS c3, t16.c4 AS c4, t16.c5 AS c5, t16.c6 AS c6, t16.c7 AS c7, t16.c8 AS c8
FROM (SELECT t17."user_id" AS c0, t17."valid_from" AS c1, t17."monday" AS c2, t17."tuesday" AS c3, t17."wednesday" AS c4, t17."thursday" AS c5, t17."friday" AS c6, t17."saturday" AS c7, t17."sunday" AS c8 FROM "main"."weekly_hours" AS t17
WHERE (NOT t17."deleted") AND ((t17."user_id" = ?11) OR (t17."user_id" IN (SELECT t18.c0 AS c0
FROM (SELECT t19."id" AS c0, t19."department_id" AS c1 FROM "main"."user" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."lead_id" AS c1 FROM "main"."department" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c1)
WHERE (t20.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2 FROM "main"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "main"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = ?11) AND t22.c1 AND ((t24.c1 = ?12) OR (t24.c1 = ?13) OR (t24.c1 = ?14))))) AS t16
WHERE (t16.c0 = t15.c0) AND (t16.c1 <= t15.c1)) AS t36) AS t37
WHERE (t37.c0 <= t37.c1)) AS c5, t15.c1 AS c6, t15.c0 AS c7
FROM (SELECT t1.c1 AS c0, t0.c1 AS c1, t0.c0 AS c2, t1.c2 AS c3, t1.c3 AS c4, t1.c4 AS c5, t1.c5 AS c6, (SELECT tq_sum(tq_hours((t3.c3 - t3.c4))) AS c0
FROM (SELECT t4."user_id" AS c0, t4."billable" AS c1, t4."date" AS c2, t4."end" AS c3, t4."begin" AS c4 FROM "main"."timesheet" AS t4
WHERE (NOT t4."deleted") AND ((t4."user_id" = ?11) OR (t4."project_id" IN (SELECT t5.c0 AS c0
FROM (SELECT t6."id" AS c0, t6."manager_id" AS c1, t6."manager2_id" AS c2 FROM "main"."project" AS t6
WHERE (NOT t6."deleted")) AS t5
WHERE ((t5.c1 = ?11) OR (t5.c2 = ?11)))) OR (t4."user_id" IN (SELECT t7.c0 AS c0
FROM (SELECT t8."id" AS c0, t8."department_id" AS c1 FROM "main"."user" AS t8
WHERE (NOT t8."deleted")) AS t7
LEFT
JOIN (SELECT t10."id" AS c0, t10."lead_id" AS c1 FROM "main"."department" AS t10
WHERE (NOT t10."deleted")) AS t9 ON (t9.c0 = t7.c1)
WHERE (t9.c1 = ?11)))
OR EXISTS (SELECT 1
FROM (SELECT t12."user_id" AS c0, t12."active" AS c1, t12."role_id" AS c2 FROM "main"."role_assignment" AS t12
WHERE (NOT t12."deleted")) AS t11
LEFT
JOIN (SELECT t14."id" AS c0, t14."code" AS c1 FROM "main"."role" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t11.c2)
WHERE (t11.c0 = ?11) AND t11.c1 AND ((t13.c1 = ?12) OR (t13.c1 = ?15) OR (t13.c1 = ?13) OR (t13.c1 = ?14))))) AS t3
WHERE (t3.c0 = t1.c1) AND t3.c1 AND (t3.c2 >= t0.c0) AND (t3.c2 <= t0.c1)) AS c7
FROM (WITH "$made" AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS c0, json_extract(value, '$[1]') AS c1 FROM "main"."json_each"(?16)) SELECT c0, c1 FROM "$made") AS t0
JOIN (SELECT t2."active" AS c0, t2."id" AS c1, t2."country" AS c2, t2."firstname" AS c3, t2."lastname" AS c4, t2."username" AS c5 FROM "main"."user" AS t2
WHERE (NOT t2."deleted")) AS t1 ON true
WHERE t1.c0) AS t15) AS t40
ORDER BY (CASE WHEN ((coalesce(t40.c0, '') = '') AND (coalesce(t40.c1, '') = '')) THEN t40.c2 ELSE tq_trim((coalesce(t40.c0, '') || ?1 || coalesce(t40.c1, ''))) END), t40.c3, t40.c6, t40.c7

-- Postgres
SELECT (CASE WHEN ((coalesce(t40.c0, '') = '') AND (coalesce(t40.c1, '') = '')) THEN t40.c2 ELSE "tq_v1"."trim"((coalesce(t40.c0, '') || $1::text || coalesce(t40.c1, ''))) END) AS c0, (t40.c3)::integer AS c1, t40.c4 AS c2, t40.c5 AS c3, "tq_v1"."round"("tq_v1"."divide"("tq_v1"."multiply"($2::bigint, t40.c4), t40.c5), $3::bigint) AS c4
FROM (SELECT t15.c4 AS c0, t15.c5 AS c1, t15.c6 AS c2, t15.c2 AS c3, t15.c7 AS c4, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."subtract"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t37.c0, t37.c1, $3::bigint)), t37.c2), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t37.c0, t37.c1, $4::bigint)), t37.c3)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t37.c0, t37.c1, $5::bigint)), t37.c4)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t37.c0, t37.c1, $6::bigint)), t37.c5)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t37.c0, t37.c1, $7::bigint)), t37.c6)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t37.c0, t37.c1, $8::bigint)), t37.c7)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t37.c0, t37.c1, $9::bigint)), t37.c8)), (SELECT "tq_v1"."narrow"(coalesce(sum((CASE WHEN ("tq_v1"."weekday"(t38.c1) = $3::bigint) THEN t37.c2 WHEN ("tq_v1"."weekday"(t38.c1) = $4::bigint) THEN t37.c3 WHEN ("tq_v1"."weekday"(t38.c1) = $5::bigint) THEN t37.c4 WHEN ("tq_v1"."weekday"(t38.c1) = $6::bigint) THEN t37.c5 WHEN ("tq_v1"."weekday"(t38.c1) = $7::bigint) THEN t37.c6 WHEN ("tq_v1"."weekday"(t38.c1) = $8::bigint) THEN t37.c7 ELSE t37.c8 END)), 0)) AS c0
FROM (SELECT t39."country" AS c0, t39."date" AS c1 FROM "t_acme"."holiday" AS t39
WHERE (NOT t39."deleted")) AS t38
WHERE (t38.c0 = t15.c3) AND (t38.c1 >= t37.c0) AND (t38.c1 <= t37.c1)))), 0)) AS c0
FROM (SELECT "tq_v1"."greatest"(t15.c2, t36.c0) AS c0, (CASE WHEN (t36.c1 IS NULL) THEN t15.c1 ELSE "tq_v1"."least"(t15.c1, "tq_v1"."add_days"(t36.c1, $10::bigint)) END) AS c1, t36.c2 AS c2, t36.c3 AS c3, t36.c4 AS c4, t36.c5 AS c5, t36.c6 AS c6, t36.c7 AS c7, t36.c8 AS c8
FROM (SELECT t16.c1 AS c0, (SELECT min(t26.c1) AS c0
FROM (SELECT t27."user_id" AS c0, t27."valid_from" AS c1 FROM "t_acme"."weekly_hours" AS t27
WHERE (NOT t27."deleted") AND ((t27."user_id" = $11::uuid) OR (t27."user_id" IN (SELECT t28.c0 AS c0
FROM (SELECT t29."id" AS c0, t29."department_id" AS c1 FROM "t_acme"."user" AS t29
WHERE (NOT t29."deleted")) AS t28
LEFT
JOIN (SELECT t31."id" AS c0, t31."lead_id" AS c1 FROM "t_acme"."department" AS t31
WHERE (NOT t31."deleted")) AS t30 ON (t30.c0 = t28.c1)
WHERE (t30.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t33."user_id" AS c0, t33."active" AS c1, t33."role_id" AS c2 FROM "t_acme"."role_assignment" AS t33
WHERE (NOT t33."deleted")) AS t32
LEFT
JOIN (SELECT t35."id" AS c0, t35."code" AS c1 FROM "t_acme"."role" AS t35
WHERE (NOT t35."deleted")) AS t34 ON (t34.c0 = t32.c2)
WHERE (t32.c0 = $11::uuid) AND t32.c1 AND ((t34.c1 = $12::text) OR (t34.c1 = $13::text) OR (t34.c1 = $14::text))))) AS t26
WHERE (t26.c0 = t15.c0) AND (t26.c1 > t16.c1)) AS c1, t16.c2 AS c2, t16.c3 AS c3, t16.c4 AS c4, t16.c5 AS c5, t16.c6 AS c6, t16.c7 AS c7, t16.c8 AS c8
FROM (SELECT t17."user_id" AS c0, t17."valid_from" AS c1, t17."monday" AS c2, t17."tuesday" AS c3, t17."wednesday" AS c4, t17."thursday" AS c5, t17."friday" AS c6, t17."saturday" AS c7, t17."sunday" AS c8 FROM "t_acme"."weekly_hours" AS t17
WHERE (NOT t17."deleted") AND ((t17."user_id" = $11::uuid) OR (t17."user_id" IN (SELECT t18.c0 AS c0
FROM (SELECT t19."id" AS c0, t19."department_id" AS c1 FROM "t_acme"."user" AS t19
WHERE (NOT t19."deleted")) AS t18
LEFT
JOIN (SELECT t21."id" AS c0, t21."lead_id" AS c1 FROM "t_acme"."department" AS t21
WHERE (NOT t21."deleted")) AS t20 ON (t20.c0 = t18.c1)
WHERE (t20.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t23."user_id" AS c0, t23."active" AS c1, t23."role_id" AS c2 FROM "t_acme"."role_assignment" AS t23
WHERE (NOT t23."deleted")) AS t22
LEFT
JOIN (SELECT t25."id" AS c0, t25."code" AS c1 FROM "t_acme"."role" AS t25
WHERE (NOT t25."deleted")) AS t24 ON (t24.c0 = t22.c2)
WHERE (t22.c0 = $11::uuid) AND t22.c1 AND ((t24.c1 = $12::text) OR (t24.c1 = $13::text) OR (t24.c1 = $14::text))))) AS t16
WHERE (t16.c0 = t15.c0) AND (t16.c1 <= t15.c1)) AS t36) AS t37
WHERE (t37.c0 <= t37.c1)) AS c5, t15.c1 AS c6, t15.c0 AS c7
FROM (SELECT t1.c1 AS c0, t0.c1 AS c1, t0.c0 AS c2, t1.c2 AS c3, t1.c3 AS c4, t1.c4 AS c5, t1.c5 AS c6, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t3.c3 - t3.c4))), 0)) AS c0
FROM (SELECT t4."user_id" AS c0, t4."billable" AS c1, t4."date" AS c2, t4."end" AS c3, t4."begin" AS c4 FROM "t_acme"."timesheet" AS t4
WHERE (NOT t4."deleted") AND ((t4."user_id" = $11::uuid) OR (t4."project_id" IN (SELECT t5.c0 AS c0
FROM (SELECT t6."id" AS c0, t6."manager_id" AS c1, t6."manager2_id" AS c2 FROM "t_acme"."project" AS t6
WHERE (NOT t6."deleted")) AS t5
WHERE ((t5.c1 = $11::uuid) OR (t5.c2 = $11::uuid)))) OR (t4."user_id" IN (SELECT t7.c0 AS c0
FROM (SELECT t8."id" AS c0, t8."department_id" AS c1 FROM "t_acme"."user" AS t8
WHERE (NOT t8."deleted")) AS t7
LEFT
JOIN (SELECT t10."id" AS c0, t10."lead_id" AS c1 FROM "t_acme"."department" AS t10
WHERE (NOT t10."deleted")) AS t9 ON (t9.c0 = t7.c1)
WHERE (t9.c1 = $11::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t12."user_id" AS c0, t12."active" AS c1, t12."role_id" AS c2 FROM "t_acme"."role_assignment" AS t12
WHERE (NOT t12."deleted")) AS t11
LEFT
JOIN (SELECT t14."id" AS c0, t14."code" AS c1 FROM "t_acme"."role" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t11.c2)
WHERE (t11.c0 = $11::uuid) AND t11.c1 AND ((t13.c1 = $12::text) OR (t13.c1 = $15::text) OR (t13.c1 = $13::text) OR (t13.c1 = $14::text))))) AS t3
WHERE (t3.c0 = t1.c1) AND t3.c1 AND (t3.c2 >= t0.c0) AND (t3.c2 <= t0.c1)) AS c7
FROM (SELECT * FROM unnest(ARRAY(SELECT (g.e->>0)::integer
FROM (SELECT jsonb_array_elements($16::text::jsonb) AS e) AS g), ARRAY(SELECT (g.e->>1)::integer
FROM (SELECT jsonb_array_elements($16::text::jsonb) AS e) AS g)) AS h(c0, c1)) AS t0
JOIN (SELECT t2."active" AS c0, t2."id" AS c1, t2."country" AS c2, t2."firstname" AS c3, t2."lastname" AS c4, t2."username" AS c5 FROM "t_acme"."user" AS t2
WHERE (NOT t2."deleted")) AS t1 ON true
WHERE t1.c0) AS t15) AS t40
ORDER BY (CASE WHEN ((coalesce(t40.c0, '') = '') AND (coalesce(t40.c1, '') = '')) THEN t40.c2 ELSE "tq_v1"."trim"((coalesce(t40.c0, '') || $1::text || coalesce(t40.c1, ''))) END) COLLATE "C", t40.c3, t40.c6, t40.c7
