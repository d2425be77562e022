-- Q10 Gaps longer than 15 minutes between two bookings of the same person on one day

-- SQLite
SELECT (CASE WHEN ((coalesce(t13.c1, '') = '') AND (coalesce(t13.c2, '') = '')) THEN t13.c3 ELSE tq_trim((coalesce(t13.c1, '') || ?1 || coalesce(t13.c2, ''))) END) AS c0, t12.c1 AS c1, t12.c3 AS c2, t12.c2 AS c3, (t12.c2 - t12.c3) AS c4
FROM (SELECT t0.c1 AS c0, t0.c0 AS c1, t0.c2 AS c2, max(t0.c3) OVER (PARTITION BY t0.c1, t0.c0
ORDER BY t0.c2, t0.c4 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS c3
FROM (SELECT t1."date" AS c0, t1."user_id" AS c1, t1."begin" AS c2, t1."end" AS c3, t1."id" AS c4 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?2) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = ?2) OR (t2.c2 = ?2)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "main"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "main"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "main"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "main"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = ?2) AND t8.c1 AND ((t10.c1 = ?3) OR (t10.c1 = ?4) OR (t10.c1 = ?5) OR (t10.c1 = ?6))))) AS t0
WHERE (t0.c0 >= ?7) AND (t0.c0 <= ?8)) AS t12
LEFT
JOIN (SELECT t14."id" AS c0, t14."firstname" AS c1, t14."lastname" AS c2, t14."username" AS c3 FROM "main"."user" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t12.c0)
WHERE ((t12.c2 - t12.c3) > ?9)
ORDER BY (CASE WHEN ((coalesce(t13.c1, '') = '') AND (coalesce(t13.c2, '') = '')) THEN t13.c3 ELSE tq_trim((coalesce(t13.c1, '') || ?1 || coalesce(t13.c2, ''))) END), t12.c2, t12.c0, t12.c1, t12.c3

-- Postgres
SELECT (CASE WHEN ((coalesce(t13.c1, '') = '') AND (coalesce(t13.c2, '') = '')) THEN t13.c3 ELSE "tq_v1"."trim"((coalesce(t13.c1, '') || $1::text || coalesce(t13.c2, ''))) END) AS c0, (t12.c1)::integer AS c1, t12.c3 AS c2, t12.c2 AS c3, (t12.c2 - t12.c3) AS c4
FROM (SELECT t0.c1 AS c0, t0.c0 AS c1, t0.c2 AS c2, max(t0.c3) OVER (PARTITION BY t0.c1, t0.c0
ORDER BY t0.c2, t0.c4 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS c3
FROM (SELECT t1."date" AS c0, t1."user_id" AS c1, t1."begin" AS c2, t1."end" AS c3, t1."id" AS c4 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $2::uuid) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = $2::uuid) OR (t2.c2 = $2::uuid)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "t_acme"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "t_acme"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "t_acme"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "t_acme"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = $2::uuid) AND t8.c1 AND ((t10.c1 = $3::text) OR (t10.c1 = $4::text) OR (t10.c1 = $5::text) OR (t10.c1 = $6::text))))) AS t0
WHERE (t0.c0 >= $7::integer) AND (t0.c0 <= $8::integer)) AS t12
LEFT
JOIN (SELECT t14."id" AS c0, t14."firstname" AS c1, t14."lastname" AS c2, t14."username" AS c3 FROM "t_acme"."user" AS t14
WHERE (NOT t14."deleted")) AS t13 ON (t13.c0 = t12.c0)
WHERE ((t12.c2 - t12.c3) > $9::bigint)
ORDER BY (CASE WHEN ((coalesce(t13.c1, '') = '') AND (coalesce(t13.c2, '') = '')) THEN t13.c3 ELSE "tq_v1"."trim"((coalesce(t13.c1, '') || $1::text || coalesce(t13.c2, ''))) END) COLLATE "C" NULLS FIRST, t12.c2, t12.c0, t12.c1, t12.c3 NULLS FIRST
