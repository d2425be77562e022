-- Q21 Who is away next week

-- SQLite
SELECT (CASE WHEN ((coalesce(t2.c1, '') = '') AND (coalesce(t2.c2, '') = '')) THEN t2.c3 ELSE tq_trim((coalesce(t2.c1, '') || ?1 || coalesce(t2.c2, ''))) END) AS c0, t4.c1 AS c1, t0.c4 AS c2, t0.c0 AS c3, t0.c1 AS c4
FROM (SELECT t1."from" AS c0, t1."to" AS c1, t1."approved" AS c2, t1."user_id" AS c3, (CASE WHEN ((t1."user_id" = ?2) OR (t1."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "main"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "main"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "main"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "main"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = ?2) AND t10.c1 AND ((t12.c1 = ?3) OR (t12.c1 = ?4)))) THEN t1."kind" END) AS c4, t1."id" AS c5 FROM "main"."absence" AS t1
WHERE (NOT t1."deleted")) AS t0
LEFT
JOIN (SELECT t3."id" AS c0, t3."firstname" AS c1, t3."lastname" AS c2, t3."username" AS c3, t3."department_id" AS c4 FROM "main"."user" AS t3
WHERE (NOT t3."deleted")) AS t2 ON (t2.c0 = t0.c3)
LEFT
JOIN (SELECT t5."id" AS c0, t5."name" AS c1 FROM "main"."department" AS t5
WHERE (NOT t5."deleted")) AS t4 ON (t4.c0 = t2.c4)
WHERE (t0.c0 < ?5) AND (t0.c1 >= ?6) AND t0.c2
ORDER BY t0.c0, (CASE WHEN ((coalesce(t2.c1, '') = '') AND (coalesce(t2.c2, '') = '')) THEN t2.c3 ELSE tq_trim((coalesce(t2.c1, '') || ?1 || coalesce(t2.c2, ''))) END), t0.c5

-- Postgres
SELECT (CASE WHEN ((coalesce(t2.c1, '') = '') AND (coalesce(t2.c2, '') = '')) THEN t2.c3 ELSE "tq_v1"."trim"((coalesce(t2.c1, '') || $1::text || coalesce(t2.c2, ''))) END) AS c0, t4.c1 AS c1, t0.c4 AS c2, (t0.c0)::integer AS c3, (t0.c1)::integer AS c4
FROM (SELECT t1."from" AS c0, t1."to" AS c1, t1."approved" AS c2, t1."user_id" AS c3, (CASE WHEN ((t1."user_id" = $2::uuid) OR (t1."user_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."department_id" AS c1 FROM "t_acme"."user" AS t7
WHERE (NOT t7."deleted")) AS t6
LEFT
JOIN (SELECT t9."id" AS c0, t9."lead_id" AS c1 FROM "t_acme"."department" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t6.c1)
WHERE (t8.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t11."user_id" AS c0, t11."active" AS c1, t11."role_id" AS c2 FROM "t_acme"."role_assignment" AS t11
WHERE (NOT t11."deleted")) AS t10
LEFT
JOIN (SELECT t13."id" AS c0, t13."code" AS c1 FROM "t_acme"."role" AS t13
WHERE (NOT t13."deleted")) AS t12 ON (t12.c0 = t10.c2)
WHERE (t10.c0 = $2::uuid) AND t10.c1 AND ((t12.c1 = $3::text) OR (t12.c1 = $4::text)))) THEN t1."kind" END) AS c4, t1."id" AS c5 FROM "t_acme"."absence" AS t1
WHERE (NOT t1."deleted")) AS t0
LEFT
JOIN (SELECT t3."id" AS c0, t3."firstname" AS c1, t3."lastname" AS c2, t3."username" AS c3, t3."department_id" AS c4 FROM "t_acme"."user" AS t3
WHERE (NOT t3."deleted")) AS t2 ON (t2.c0 = t0.c3)
LEFT
JOIN (SELECT t5."id" AS c0, t5."name" AS c1 FROM "t_acme"."department" AS t5
WHERE (NOT t5."deleted")) AS t4 ON (t4.c0 = t2.c4)
WHERE (t0.c0 < $5::integer) AND (t0.c1 >= $6::integer) AND t0.c2
ORDER BY t0.c0, (CASE WHEN ((coalesce(t2.c1, '') = '') AND (coalesce(t2.c2, '') = '')) THEN t2.c3 ELSE "tq_v1"."trim"((coalesce(t2.c1, '') || $1::text || coalesce(t2.c2, ''))) END) COLLATE "C" NULLS FIRST, t0.c5
