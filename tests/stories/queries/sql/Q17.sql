-- Q17 Days with more than ten working hours (working time limit)

-- SQLite
SELECT t14.c0 AS c0, t14.c1 AS c1, t14.c2 AS c2, tq_subtract(t14.c2, ?1) AS c3
FROM (SELECT (CASE WHEN ((coalesce(t12.c1, '') = '') AND (coalesce(t12.c2, '') = '')) THEN t12.c3 ELSE tq_trim((coalesce(t12.c1, '') || ?2 || coalesce(t12.c2, ''))) END) AS c0, t0.c0 AS c1, tq_sum((t0.c2 - t0.c3)) AS c2
FROM (SELECT t1."date" AS c0, t1."user_id" AS c1, t1."end" AS c2, t1."begin" AS c3 FROM "main"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = ?3) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "main"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = ?3) OR (t2.c2 = ?3)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "main"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "main"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = ?3)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "main"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "main"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = ?3) AND t8.c1 AND ((t10.c1 = ?4) OR (t10.c1 = ?5) OR (t10.c1 = ?6) OR (t10.c1 = ?7))))) AS t0
LEFT
JOIN (SELECT t13."id" AS c0, t13."firstname" AS c1, t13."lastname" AS c2, t13."username" AS c3 FROM "main"."user" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c1)
WHERE (t0.c0 >= ?8) AND (t0.c0 <= ?9)
GROUP BY 1, 2) AS t14
WHERE (t14.c2 > ?1)
ORDER BY t14.c0, t14.c1

-- Postgres
SELECT t14.c0 AS c0, (t14.c1)::integer AS c1, t14.c2 AS c2, "tq_v1"."subtract"(t14.c2, $1::bigint) AS c3
FROM (SELECT (CASE WHEN ((coalesce(t12.c1, '') = '') AND (coalesce(t12.c2, '') = '')) THEN t12.c3 ELSE "tq_v1"."trim"((coalesce(t12.c1, '') || $2::text || coalesce(t12.c2, ''))) END) AS c0, t0.c0 AS c1, "tq_v1"."narrow"(coalesce(sum((t0.c2 - t0.c3)), 0)) AS c2
FROM (SELECT t1."date" AS c0, t1."user_id" AS c1, t1."end" AS c2, t1."begin" AS c3 FROM "t_acme"."timesheet" AS t1
WHERE (NOT t1."deleted") AND ((t1."user_id" = $3::uuid) OR (t1."project_id" IN (SELECT t2.c0 AS c0
FROM (SELECT t3."id" AS c0, t3."manager_id" AS c1, t3."manager2_id" AS c2 FROM "t_acme"."project" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE ((t2.c1 = $3::uuid) OR (t2.c2 = $3::uuid)))) OR (t1."user_id" IN (SELECT t4.c0 AS c0
FROM (SELECT t5."id" AS c0, t5."department_id" AS c1 FROM "t_acme"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "t_acme"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c1)
WHERE (t6.c1 = $3::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2 FROM "t_acme"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "t_acme"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = $3::uuid) AND t8.c1 AND ((t10.c1 = $4::text) OR (t10.c1 = $5::text) OR (t10.c1 = $6::text) OR (t10.c1 = $7::text))))) AS t0
LEFT
JOIN (SELECT t13."id" AS c0, t13."firstname" AS c1, t13."lastname" AS c2, t13."username" AS c3 FROM "t_acme"."user" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t0.c1)
WHERE (t0.c0 >= $8::integer) AND (t0.c0 <= $9::integer)
GROUP BY 1, 2) AS t14
WHERE (t14.c2 > $1::bigint)
ORDER BY t14.c0 COLLATE "C" NULLS FIRST, t14.c1
