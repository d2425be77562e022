-- Q26 Open invoices older than thirty days

-- SQLite
SELECT t0.c2 AS c0, t8.c1 AS c1, t0.c1 AS c2, t0.c4 AS c3, tq_days_between(t0.c1, ?1) AS c4
FROM (SELECT t1."paid" AS c0, t1."date" AS c1, t1."number" AS c2, t1."customer_id" AS c3, t1."amount" AS c4, t1."id" AS c5 FROM "main"."invoice" AS t1
WHERE (NOT t1."deleted") AND (EXISTS (SELECT 1
FROM (SELECT t3."user_id" AS c0, t3."active" AS c1, t3."role_id" AS c2 FROM "main"."role_assignment" AS t3
WHERE (NOT t3."deleted")) AS t2
LEFT
JOIN (SELECT t5."id" AS c0, t5."code" AS c1 FROM "main"."role" AS t5
WHERE (NOT t5."deleted")) AS t4 ON (t4.c0 = t2.c2)
WHERE (t2.c0 = ?2) AND t2.c1 AND ((t4.c1 = ?3) OR (t4.c1 = ?4) OR (t4.c1 = ?5))) OR (t1."project_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."manager_id" AS c1, t7."manager2_id" AS c2 FROM "main"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE ((t6.c1 = ?2) OR (t6.c2 = ?2)))))) AS t0
LEFT
JOIN (SELECT t9."id" AS c0, t9."name" AS c1 FROM "main"."customer" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t0.c3)
WHERE (NOT t0.c0) AND (t0.c1 < ?6)
ORDER BY t0.c1, t0.c5

-- Postgres
SELECT t0.c2 AS c0, t8.c1 AS c1, (t0.c1)::integer AS c2, t0.c4 AS c3, "tq_v1"."days_between"(t0.c1, $1::integer) AS c4
FROM (SELECT t1."paid" AS c0, t1."date" AS c1, t1."number" AS c2, t1."customer_id" AS c3, t1."amount" AS c4, t1."id" AS c5 FROM "t_acme"."invoice" AS t1
WHERE (NOT t1."deleted") AND (EXISTS (SELECT 1
FROM (SELECT t3."user_id" AS c0, t3."active" AS c1, t3."role_id" AS c2 FROM "t_acme"."role_assignment" AS t3
WHERE (NOT t3."deleted")) AS t2
LEFT
JOIN (SELECT t5."id" AS c0, t5."code" AS c1 FROM "t_acme"."role" AS t5
WHERE (NOT t5."deleted")) AS t4 ON (t4.c0 = t2.c2)
WHERE (t2.c0 = $2::uuid) AND t2.c1 AND ((t4.c1 = $3::text) OR (t4.c1 = $4::text) OR (t4.c1 = $5::text))) OR (t1."project_id" IN (SELECT t6.c0 AS c0
FROM (SELECT t7."id" AS c0, t7."manager_id" AS c1, t7."manager2_id" AS c2 FROM "t_acme"."project" AS t7
WHERE (NOT t7."deleted")) AS t6
WHERE ((t6.c1 = $2::uuid) OR (t6.c2 = $2::uuid)))))) AS t0
LEFT
JOIN (SELECT t9."id" AS c0, t9."name" AS c1 FROM "t_acme"."customer" AS t9
WHERE (NOT t9."deleted")) AS t8 ON (t8.c0 = t0.c3)
WHERE (NOT t0.c0) AND (t0.c1 < $6::integer)
ORDER BY t0.c1, t0.c5
