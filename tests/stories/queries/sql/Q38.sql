-- Q38 Night work: hours that fall between 22:00 and 06:00, also when a booking cuts the window

-- SQLite
SELECT t29.c0 AS c0, t29.c1 AS c1
FROM (SELECT (CASE WHEN ((coalesce(t27.c1, '') = '') AND (coalesce(t27.c2, '') = '')) THEN t27.c3 ELSE tq_trim((coalesce(t27.c1, '') || ?1 || coalesce(t27.c2, ''))) END) AS c0, tq_sum((CASE WHEN t1.c0 THEN ?2 ELSE tq_overlap(t1.c1, t1.c2, tq_at(t0.c0, ?3, t1.c3), tq_at(tq_add_days(t0.c0, ?4), ?5, t1.c3), ?6) END)) AS c1
FROM (SELECT json_extract(value, '$[0]') AS c0 FROM "main"."json_each"(?7)
LIMIT -1) AS t0
JOIN (SELECT t2."duration_only" AS c0, t2."begin" AS c1, t2."end" AS c2, t2."utc_offset" AS c3, t2."user_id" AS c4 FROM "main"."timesheet" AS t2
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
WHERE (t11.c0 = ?8) AND t11.c1 AND (t13.c1 = ?9))
OR EXISTS (SELECT 1
FROM (SELECT t16."user_id" AS c0, t16."active" AS c1, t16."role_id" AS c2, t16."id" AS c3 FROM "main"."role_assignment" AS t16
WHERE (NOT t16."deleted")) AS t15
LEFT
JOIN (SELECT t18."id" AS c0, t18."code" AS c1 FROM "main"."role" AS t18
WHERE (NOT t18."deleted")) AS t17 ON (t17.c0 = t15.c2)
WHERE (t15.c0 = ?8) AND t15.c1 AND (t17.c1 = ?10))
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
WHERE (t23.c0 = ?8) AND t23.c1 AND (t25.c1 = ?12)))) AS t1 ON true
LEFT
JOIN (SELECT t28."id" AS c0, t28."firstname" AS c1, t28."lastname" AS c2, t28."username" AS c3 FROM "main"."user" AS t28
WHERE (NOT t28."deleted")) AS t27 ON (t27.c0 = t1.c4)
WHERE (NOT t1.c0) AND (t1.c1 < coalesce(tq_at(tq_add_days(t0.c0, ?4), ?5, t1.c3), ?6) AND tq_at(t0.c0, ?3, t1.c3) < coalesce(t1.c2, ?6) AND t1.c1 < coalesce(t1.c2, ?6) AND tq_at(t0.c0, ?3, t1.c3) < coalesce(tq_at(tq_add_days(t0.c0, ?4), ?5, t1.c3), ?6))
GROUP BY 1) AS t29
ORDER BY t29.c1 DESC, t29.c0

-- Postgres
SELECT t29.c0 AS c0, t29.c1 AS c1
FROM (SELECT (CASE WHEN ((coalesce(t27.c1, '') = '') AND (coalesce(t27.c2, '') = '')) THEN t27.c3 ELSE "tq_v1"."trim"((coalesce(t27.c1, '') || $1::text || coalesce(t27.c2, ''))) END) AS c0, "tq_v1"."narrow"(coalesce(sum((CASE WHEN t1.c0 THEN $2::bigint ELSE "tq_v1"."overlap"(t1.c1, t1.c2, "tq_v1"."at"(t0.c0, $3::bigint, t1.c3), "tq_v1"."at"("tq_v1"."add_days"(t0.c0, $4::bigint), $5::bigint, t1.c3), $6::bigint) END)), 0)) AS c1
FROM (SELECT (g.e->>0)::integer AS c0
FROM (SELECT jsonb_array_elements($7::text::jsonb) AS e) AS g OFFSET 0) AS t0
JOIN (SELECT t2."duration_only" AS c0, t2."begin" AS c1, t2."end" AS c2, t2."utc_offset" AS c3, t2."user_id" AS c4 FROM "t_acme"."timesheet" AS t2
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
WHERE (t11.c0 = $8::uuid) AND t11.c1 AND (t13.c1 = $9::text))
OR EXISTS (SELECT 1
FROM (SELECT t16."user_id" AS c0, t16."active" AS c1, t16."role_id" AS c2, t16."id" AS c3 FROM "t_acme"."role_assignment" AS t16
WHERE (NOT t16."deleted")) AS t15
LEFT
JOIN (SELECT t18."id" AS c0, t18."code" AS c1 FROM "t_acme"."role" AS t18
WHERE (NOT t18."deleted")) AS t17 ON (t17.c0 = t15.c2)
WHERE (t15.c0 = $8::uuid) AND t15.c1 AND (t17.c1 = $10::text))
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
WHERE (t23.c0 = $8::uuid) AND t23.c1 AND (t25.c1 = $12::text)))) AS t1 ON true
LEFT
JOIN (SELECT t28."id" AS c0, t28."firstname" AS c1, t28."lastname" AS c2, t28."username" AS c3 FROM "t_acme"."user" AS t28
WHERE (NOT t28."deleted")) AS t27 ON (t27.c0 = t1.c4)
WHERE (NOT t1.c0) AND (t1.c1 < coalesce("tq_v1"."at"("tq_v1"."add_days"(t0.c0, $4::bigint), $5::bigint, t1.c3), $6::bigint) AND "tq_v1"."at"(t0.c0, $3::bigint, t1.c3) < coalesce(t1.c2, $6::bigint) AND t1.c1 < coalesce(t1.c2, $6::bigint) AND "tq_v1"."at"(t0.c0, $3::bigint, t1.c3) < coalesce("tq_v1"."at"("tq_v1"."add_days"(t0.c0, $4::bigint), $5::bigint, t1.c3), $6::bigint))
GROUP BY 1) AS t29
ORDER BY t29.c1 DESC NULLS LAST, t29.c0 COLLATE "C" NULLS FIRST
