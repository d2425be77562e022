-- Q38 Night work: hours that fall between 22:00 and 06:00, also when a booking cuts the window

-- SQLite
SELECT t15.c0 AS c0, t15.c1 AS c1
FROM (SELECT (CASE WHEN ((coalesce(t13.c1, '') = '') AND (coalesce(t13.c2, '') = '')) THEN t13.c3 ELSE tq_trim((coalesce(t13.c1, '') || ?1 || coalesce(t13.c2, ''))) END) AS c0, tq_sum((CASE WHEN t1.c0 THEN ?2 ELSE tq_overlap(t1.c1, t1.c2, tq_at(t0.c0, ?3, t1.c3), tq_at(tq_add_days(t0.c0, ?4), ?5, t1.c3), ?6) END)) AS c1
FROM (WITH "$made" AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS c0 FROM "main"."json_each"(?7)) SELECT c0 FROM "$made") AS t0
JOIN (SELECT t2."duration_only" AS c0, t2."begin" AS c1, t2."end" AS c2, t2."utc_offset" AS c3, t2."user_id" AS c4 FROM "main"."timesheet" AS t2
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
WHERE (t9.c0 = ?8) AND t9.c1 AND ((t11.c1 = ?9) OR (t11.c1 = ?10) OR (t11.c1 = ?11) OR (t11.c1 = ?12))))) AS t1 ON true
LEFT
JOIN (SELECT t14."id" AS c0, t14."firstname" AS c1, t14."lastname" AS c2, t14."username" AS c3 FROM "main"."user" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t1.c4)
WHERE (NOT t1.c0) AND (t1.c1 < coalesce(tq_at(tq_add_days(t0.c0, ?4), ?5, t1.c3), ?6) AND tq_at(t0.c0, ?3, t1.c3) < coalesce(t1.c2, ?6) AND t1.c1 < coalesce(t1.c2, ?6) AND tq_at(t0.c0, ?3, t1.c3) < coalesce(tq_at(tq_add_days(t0.c0, ?4), ?5, t1.c3), ?6))
GROUP BY 1) AS t15
ORDER BY t15.c1 DESC, t15.c0

-- Postgres
SELECT t15.c0 AS c0, t15.c1 AS c1
FROM (SELECT (CASE WHEN ((coalesce(t13.c1, '') = '') AND (coalesce(t13.c2, '') = '')) THEN t13.c3 ELSE "tq_v1"."trim"((coalesce(t13.c1, '') || $1::text || coalesce(t13.c2, ''))) END) AS c0, "tq_v1"."narrow"(coalesce(sum((CASE WHEN t1.c0 THEN $2::bigint ELSE "tq_v1"."overlap"(t1.c1, t1.c2, "tq_v1"."at"(t0.c0, $3::bigint, t1.c3), "tq_v1"."at"("tq_v1"."add_days"(t0.c0, $4::bigint), $5::bigint, t1.c3), $6::bigint) END)), 0)) AS c1
FROM (SELECT * FROM unnest(ARRAY(SELECT (g.e->>0)::integer
FROM (SELECT jsonb_array_elements($7::text::jsonb) AS e) AS g)) AS h(c0)) AS t0
JOIN (SELECT t2."duration_only" AS c0, t2."begin" AS c1, t2."end" AS c2, t2."utc_offset" AS c3, t2."user_id" AS c4 FROM "t_acme"."timesheet" AS t2
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
WHERE (t9.c0 = $8::uuid) AND t9.c1 AND ((t11.c1 = $9::text) OR (t11.c1 = $10::text) OR (t11.c1 = $11::text) OR (t11.c1 = $12::text))))) AS t1 ON true
LEFT
JOIN (SELECT t14."id" AS c0, t14."firstname" AS c1, t14."lastname" AS c2, t14."username" AS c3 FROM "t_acme"."user" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t1.c4)
WHERE (NOT t1.c0) AND (t1.c1 < coalesce("tq_v1"."at"("tq_v1"."add_days"(t0.c0, $4::bigint), $5::bigint, t1.c3), $6::bigint) AND "tq_v1"."at"(t0.c0, $3::bigint, t1.c3) < coalesce(t1.c2, $6::bigint) AND t1.c1 < coalesce(t1.c2, $6::bigint) AND "tq_v1"."at"(t0.c0, $3::bigint, t1.c3) < coalesce("tq_v1"."at"("tq_v1"."add_days"(t0.c0, $4::bigint), $5::bigint, t1.c3), $6::bigint))
GROUP BY 1) AS t15
ORDER BY t15.c1 DESC NULLS LAST, t15.c0 COLLATE "C" NULLS FIRST
