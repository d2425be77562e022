-- Q45 Duplicate projects: same customer and same name ignoring case and accents

-- SQLite
SELECT t3.c1 AS c0, t2.c1 AS c1, t2.c2 AS c2, t2.c3 AS c3
FROM (SELECT t0.c0 AS c0, tq_fold(t0.c1) AS c1, count(*) AS c2, tq_list(t0.c2, ?1) AS c3
FROM (SELECT t1."customer_id" AS c0, t1."name" AS c1, t1."code" AS c2 FROM "main"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
GROUP BY 1, 2) AS t2
LEFT
JOIN (SELECT t4."id" AS c0, t4."name" AS c1 FROM "main"."customer" AS t4
WHERE (NOT t4."deleted")) AS t3 ON (t3.c0 = t2.c0)
WHERE (t2.c2 > ?2)
ORDER BY t2.c2 DESC, t2.c0, t2.c1

-- Postgres
SELECT t3.c1 AS c0, t2.c1 AS c1, t2.c2 AS c2, t2.c3 AS c3
FROM (SELECT t0.c0 AS c0, "tq_v1"."fold"(t0.c1) AS c1, count(*) AS c2, "tq_v1"."short"(string_agg(t0.c2, $1::text
ORDER BY (t0.c2) COLLATE "C")) AS c3
FROM (SELECT t1."customer_id" AS c0, t1."name" AS c1, t1."code" AS c2 FROM "t_acme"."project" AS t1
WHERE (NOT t1."deleted")) AS t0
GROUP BY 1, 2) AS t2
LEFT
JOIN (SELECT t4."id" AS c0, t4."name" AS c1 FROM "t_acme"."customer" AS t4
WHERE (NOT t4."deleted")) AS t3 ON (t3.c0 = t2.c0)
WHERE (t2.c2 > $2::bigint)
ORDER BY t2.c2 DESC, t2.c0 NULLS FIRST, t2.c1 COLLATE "C" NULLS FIRST
