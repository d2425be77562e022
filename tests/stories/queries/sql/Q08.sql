-- Q08 Target versus actual hours per day for me this month, days without bookings included

-- SQLite
SELECT t40.c0 AS c0, t40.c1 AS c1, t40.c2 AS c2, tq_subtract(t40.c2, t40.c1) AS c3
FROM (SELECT t13.c0 AS c0, (SELECT tq_sum(tq_subtract(tq_add(tq_add(tq_add(tq_add(tq_add(tq_add(tq_multiply(tq_decimal_of_int(tq_weekdays_between(t35.c0, t35.c1, ?1)), t35.c2), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t35.c0, t35.c1, ?2)), t35.c3)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t35.c0, t35.c1, ?3)), t35.c4)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t35.c0, t35.c1, ?4)), t35.c5)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t35.c0, t35.c1, ?5)), t35.c6)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t35.c0, t35.c1, ?6)), t35.c7)), tq_multiply(tq_decimal_of_int(tq_weekdays_between(t35.c0, t35.c1, ?7)), t35.c8)), (SELECT tq_sum((CASE WHEN (tq_weekday(t36.c1) = ?1) THEN t35.c2 WHEN (tq_weekday(t36.c1) = ?2) THEN t35.c3 WHEN (tq_weekday(t36.c1) = ?3) THEN t35.c4 WHEN (tq_weekday(t36.c1) = ?4) THEN t35.c5 WHEN (tq_weekday(t36.c1) = ?5) THEN t35.c6 WHEN (tq_weekday(t36.c1) = ?6) THEN t35.c7 ELSE t35.c8 END)) AS c0
FROM (SELECT t37."country" AS c0, t37."date" AS c1 FROM "main"."holiday" AS t37
WHERE (NOT t37."deleted")) AS t36
WHERE (t36.c0 = (SELECT t38.c1 AS c0
FROM (SELECT t39."id" AS c0, t39."country" AS c1 FROM "main"."user" AS t39
WHERE (NOT t39."deleted")) AS t38
WHERE (t38.c0 = ?8))) AND (t36.c1 >= t35.c0) AND (t36.c1 <= t35.c1)))) AS c0
FROM (SELECT tq_greatest(t13.c0, t34.c0) AS c0, (CASE WHEN (t34.c1 IS NULL) THEN t13.c0 ELSE tq_least(t13.c0, tq_add_days(t34.c1, ?9)) END) AS c1, t34.c2 AS c2, t34.c3 AS c3, t34.c4 AS c4, t34.c5 AS c5, t34.c6 AS c6, t34.c7 AS c7, t34.c8 AS c8
FROM (SELECT t14.c1 AS c0, (SELECT min(t24.c1) AS c0
FROM (SELECT t25."user_id" AS c0, t25."valid_from" AS c1 FROM "main"."weekly_hours" AS t25
WHERE (NOT t25."deleted") AND ((t25."user_id" = ?8) OR (t25."user_id" IN (SELECT t26.c0 AS c0
FROM (SELECT t27."id" AS c0, t27."department_id" AS c1 FROM "main"."user" AS t27
WHERE (NOT t27."deleted")) AS t26
LEFT
JOIN (SELECT t29."id" AS c0, t29."lead_id" AS c1 FROM "main"."department" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t26.c1)
WHERE (t28.c1 = ?8)))
OR EXISTS (SELECT 1
FROM (SELECT t31."user_id" AS c0, t31."active" AS c1, t31."role_id" AS c2 FROM "main"."role_assignment" AS t31
WHERE (NOT t31."deleted")) AS t30
LEFT
JOIN (SELECT t33."id" AS c0, t33."code" AS c1 FROM "main"."role" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t30.c2)
WHERE (t30.c0 = ?8) AND t30.c1 AND ((t32.c1 = ?10) OR (t32.c1 = ?11) OR (t32.c1 = ?12))))) AS t24
WHERE (t24.c0 = ?8) AND (t24.c1 > t14.c1)) AS c1, t14.c2 AS c2, t14.c3 AS c3, t14.c4 AS c4, t14.c5 AS c5, t14.c6 AS c6, t14.c7 AS c7, t14.c8 AS c8
FROM (SELECT t15."user_id" AS c0, t15."valid_from" AS c1, t15."monday" AS c2, t15."tuesday" AS c3, t15."wednesday" AS c4, t15."thursday" AS c5, t15."friday" AS c6, t15."saturday" AS c7, t15."sunday" AS c8 FROM "main"."weekly_hours" AS t15
WHERE (NOT t15."deleted") AND ((t15."user_id" = ?8) OR (t15."user_id" IN (SELECT t16.c0 AS c0
FROM (SELECT t17."id" AS c0, t17."department_id" AS c1 FROM "main"."user" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."lead_id" AS c1 FROM "main"."department" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c1)
WHERE (t18.c1 = ?8)))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2 FROM "main"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "main"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = ?8) AND t20.c1 AND ((t22.c1 = ?10) OR (t22.c1 = ?11) OR (t22.c1 = ?12))))) AS t14
WHERE (t14.c0 = ?8) AND (t14.c1 <= t13.c0)) AS t34) AS t35
WHERE (t35.c0 <= t35.c1)) AS c1, t13.c1 AS c2
FROM (SELECT t0.c0 AS c0, (SELECT tq_sum(tq_hours((t1.c2 - t1.c3))) AS c0
FROM (SELECT t2."user_id" AS c0, t2."date" AS c1, t2."end" AS c2, t2."begin" AS c3 FROM "main"."timesheet" AS t2
WHERE (NOT t2."deleted") AND ((t2."user_id" = ?8) OR (t2."project_id" IN (SELECT t3.c0 AS c0
FROM (SELECT t4."id" AS c0, t4."manager_id" AS c1, t4."manager2_id" AS c2 FROM "main"."project" AS t4
WHERE (NOT t4."deleted")) AS t3
WHERE ((t3.c1 = ?8) OR (t3.c2 = ?8)))) OR (t2."user_id" IN (SELECT t5.c0 AS c0
FROM (SELECT t6."id" AS c0, t6."department_id" AS c1 FROM "main"."user" AS t6
WHERE (NOT t6."deleted")) AS t5
LEFT
JOIN (SELECT t8."id" AS c0, t8."lead_id" AS c1 FROM "main"."department" AS t8
WHERE (NOT t8."deleted")) AS t7 ON (t7.c0 = t5.c1)
WHERE (t7.c1 = ?8)))
OR EXISTS (SELECT 1
FROM (SELECT t10."user_id" AS c0, t10."active" AS c1, t10."role_id" AS c2 FROM "main"."role_assignment" AS t10
WHERE (NOT t10."deleted")) AS t9
LEFT
JOIN (SELECT t12."id" AS c0, t12."code" AS c1 FROM "main"."role" AS t12
WHERE (NOT t12."deleted")) AS t11 ON (t11.c0 = t9.c2)
WHERE (t9.c0 = ?8) AND t9.c1 AND ((t11.c1 = ?10) OR (t11.c1 = ?13) OR (t11.c1 = ?11) OR (t11.c1 = ?12))))) AS t1
WHERE (t1.c0 = ?8) AND (t1.c1 = t0.c0)) AS c1
FROM (WITH "$made" AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS c0 FROM "main"."json_each"(?14)) SELECT c0 FROM "$made") AS t0) AS t13) AS t40
ORDER BY t40.c0

-- Postgres
SELECT (t40.c0)::integer AS c0, t40.c1 AS c1, t40.c2 AS c2, "tq_v1"."subtract"(t40.c2, t40.c1) AS c3
FROM (SELECT t13.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."subtract"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."add"("tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t35.c0, t35.c1, $1::bigint)), t35.c2), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t35.c0, t35.c1, $2::bigint)), t35.c3)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t35.c0, t35.c1, $3::bigint)), t35.c4)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t35.c0, t35.c1, $4::bigint)), t35.c5)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t35.c0, t35.c1, $5::bigint)), t35.c6)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t35.c0, t35.c1, $6::bigint)), t35.c7)), "tq_v1"."multiply"("tq_v1"."decimal_of_int"("tq_v1"."weekdays_between"(t35.c0, t35.c1, $7::bigint)), t35.c8)), (SELECT "tq_v1"."narrow"(coalesce(sum((CASE WHEN ("tq_v1"."weekday"(t36.c1) = $1::bigint) THEN t35.c2 WHEN ("tq_v1"."weekday"(t36.c1) = $2::bigint) THEN t35.c3 WHEN ("tq_v1"."weekday"(t36.c1) = $3::bigint) THEN t35.c4 WHEN ("tq_v1"."weekday"(t36.c1) = $4::bigint) THEN t35.c5 WHEN ("tq_v1"."weekday"(t36.c1) = $5::bigint) THEN t35.c6 WHEN ("tq_v1"."weekday"(t36.c1) = $6::bigint) THEN t35.c7 ELSE t35.c8 END)), 0)) AS c0
FROM (SELECT t37."country" AS c0, t37."date" AS c1 FROM "t_acme"."holiday" AS t37
WHERE (NOT t37."deleted")) AS t36
WHERE (t36.c0 = (SELECT t38.c1 AS c0
FROM (SELECT t39."id" AS c0, t39."country" AS c1 FROM "t_acme"."user" AS t39
WHERE (NOT t39."deleted")) AS t38
WHERE (t38.c0 = $8::uuid))) AND (t36.c1 >= t35.c0) AND (t36.c1 <= t35.c1)))), 0)) AS c0
FROM (SELECT "tq_v1"."greatest"(t13.c0, t34.c0) AS c0, (CASE WHEN (t34.c1 IS NULL) THEN t13.c0 ELSE "tq_v1"."least"(t13.c0, "tq_v1"."add_days"(t34.c1, $9::bigint)) END) AS c1, t34.c2 AS c2, t34.c3 AS c3, t34.c4 AS c4, t34.c5 AS c5, t34.c6 AS c6, t34.c7 AS c7, t34.c8 AS c8
FROM (SELECT t14.c1 AS c0, (SELECT min(t24.c1) AS c0
FROM (SELECT t25."user_id" AS c0, t25."valid_from" AS c1 FROM "t_acme"."weekly_hours" AS t25
WHERE (NOT t25."deleted") AND ((t25."user_id" = $8::uuid) OR (t25."user_id" IN (SELECT t26.c0 AS c0
FROM (SELECT t27."id" AS c0, t27."department_id" AS c1 FROM "t_acme"."user" AS t27
WHERE (NOT t27."deleted")) AS t26
LEFT
JOIN (SELECT t29."id" AS c0, t29."lead_id" AS c1 FROM "t_acme"."department" AS t29
WHERE (NOT t29."deleted")) AS t28 ON (t28.c0 = t26.c1)
WHERE (t28.c1 = $8::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t31."user_id" AS c0, t31."active" AS c1, t31."role_id" AS c2 FROM "t_acme"."role_assignment" AS t31
WHERE (NOT t31."deleted")) AS t30
LEFT
JOIN (SELECT t33."id" AS c0, t33."code" AS c1 FROM "t_acme"."role" AS t33
WHERE (NOT t33."deleted")) AS t32 ON (t32.c0 = t30.c2)
WHERE (t30.c0 = $8::uuid) AND t30.c1 AND ((t32.c1 = $10::text) OR (t32.c1 = $11::text) OR (t32.c1 = $12::text))))) AS t24
WHERE (t24.c0 = $8::uuid) AND (t24.c1 > t14.c1)) AS c1, t14.c2 AS c2, t14.c3 AS c3, t14.c4 AS c4, t14.c5 AS c5, t14.c6 AS c6, t14.c7 AS c7, t14.c8 AS c8
FROM (SELECT t15."user_id" AS c0, t15."valid_from" AS c1, t15."monday" AS c2, t15."tuesday" AS c3, t15."wednesday" AS c4, t15."thursday" AS c5, t15."friday" AS c6, t15."saturday" AS c7, t15."sunday" AS c8 FROM "t_acme"."weekly_hours" AS t15
WHERE (NOT t15."deleted") AND ((t15."user_id" = $8::uuid) OR (t15."user_id" IN (SELECT t16.c0 AS c0
FROM (SELECT t17."id" AS c0, t17."department_id" AS c1 FROM "t_acme"."user" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."lead_id" AS c1 FROM "t_acme"."department" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c1)
WHERE (t18.c1 = $8::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2 FROM "t_acme"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "t_acme"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = $8::uuid) AND t20.c1 AND ((t22.c1 = $10::text) OR (t22.c1 = $11::text) OR (t22.c1 = $12::text))))) AS t14
WHERE (t14.c0 = $8::uuid) AND (t14.c1 <= t13.c0)) AS t34) AS t35
WHERE (t35.c0 <= t35.c1)) AS c1, t13.c1 AS c2
FROM (SELECT t0.c0 AS c0, (SELECT "tq_v1"."narrow"(coalesce(sum("tq_v1"."hours"((t1.c2 - t1.c3))), 0)) AS c0
FROM (SELECT t2."user_id" AS c0, t2."date" AS c1, t2."end" AS c2, t2."begin" AS c3 FROM "t_acme"."timesheet" AS t2
WHERE (NOT t2."deleted") AND ((t2."user_id" = $8::uuid) OR (t2."project_id" IN (SELECT t3.c0 AS c0
FROM (SELECT t4."id" AS c0, t4."manager_id" AS c1, t4."manager2_id" AS c2 FROM "t_acme"."project" AS t4
WHERE (NOT t4."deleted")) AS t3
WHERE ((t3.c1 = $8::uuid) OR (t3.c2 = $8::uuid)))) OR (t2."user_id" IN (SELECT t5.c0 AS c0
FROM (SELECT t6."id" AS c0, t6."department_id" AS c1 FROM "t_acme"."user" AS t6
WHERE (NOT t6."deleted")) AS t5
LEFT
JOIN (SELECT t8."id" AS c0, t8."lead_id" AS c1 FROM "t_acme"."department" AS t8
WHERE (NOT t8."deleted")) AS t7 ON (t7.c0 = t5.c1)
WHERE (t7.c1 = $8::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t10."user_id" AS c0, t10."active" AS c1, t10."role_id" AS c2 FROM "t_acme"."role_assignment" AS t10
WHERE (NOT t10."deleted")) AS t9
LEFT
JOIN (SELECT t12."id" AS c0, t12."code" AS c1 FROM "t_acme"."role" AS t12
WHERE (NOT t12."deleted")) AS t11 ON (t11.c0 = t9.c2)
WHERE (t9.c0 = $8::uuid) AND t9.c1 AND ((t11.c1 = $10::text) OR (t11.c1 = $13::text) OR (t11.c1 = $11::text) OR (t11.c1 = $12::text))))) AS t1
WHERE (t1.c0 = $8::uuid) AND (t1.c1 = t0.c0)) AS c1
FROM (SELECT * FROM unnest(ARRAY(SELECT (g.e->>0)::integer
FROM (SELECT jsonb_array_elements($14::text::jsonb) AS e) AS g)) AS h(c0)) AS t0) AS t13) AS t40
ORDER BY t40.c0
