-- Q20 Remaining vacation days per person

-- SQLite
SELECT (CASE WHEN ((coalesce(t20.c0, '') = '') AND (coalesce(t20.c1, '') = '')) THEN t20.c2 ELSE tq_trim((coalesce(t20.c0, '') || ?1 || coalesce(t20.c1, ''))) END) AS c0, t20.c3 AS c1, t20.c4 AS c2, tq_subtract(t20.c3, t20.c4) AS c3
FROM (SELECT t0.c1 AS c0, t0.c2 AS c1, t0.c3 AS c2, t0.c4 AS c3, (SELECT tq_sum(t2.c3) AS c0
FROM (SELECT t3."user_id" AS c0, (CASE WHEN ((t3."user_id" = ?2) OR (t3."user_id" IN (SELECT t4.c0 AS c0
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
WHERE (t8.c0 = ?2) AND t8.c1 AND ((t10.c1 = ?3) OR (t10.c1 = ?4)))) THEN t3."kind" END) AS c1, t3."from" AS c2, (CASE WHEN ((t3."user_id" = ?2) OR (t3."user_id" IN (SELECT t12.c0 AS c0
FROM (SELECT t13."id" AS c0, t13."department_id" AS c1 FROM "main"."user" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."lead_id" AS c1 FROM "main"."department" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c1)
WHERE (t14.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2 FROM "main"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "main"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = ?2) AND t16.c1 AND ((t18.c1 = ?3) OR (t18.c1 = ?4)))) THEN t3."days" END) AS c3 FROM "main"."absence" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = t0.c0) AND (t2.c1 = ?5) AND (tq_year(t2.c2) = ?6)) AS c4, t0.c0 AS c5
FROM (SELECT t1."id" AS c0, t1."firstname" AS c1, t1."lastname" AS c2, t1."username" AS c3, (CASE WHEN ((t1."id" = ?7) OR (t1."department_id" IN (SELECT t21.c0 AS c0
FROM (SELECT t22."id" AS c0, t22."lead_id" AS c1 FROM "main"."department" AS t22
WHERE (NOT t22."deleted")) AS t21
WHERE (t21.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t24."user_id" AS c0, t24."active" AS c1, t24."role_id" AS c2 FROM "main"."role_assignment" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."code" AS c1 FROM "main"."role" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c2)
WHERE (t23.c0 = ?2) AND t23.c1 AND ((t25.c1 = ?3) OR (t25.c1 = ?4)))) THEN t1."vacation_days" END) AS c4 FROM "main"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t20
ORDER BY (CASE WHEN ((coalesce(t20.c0, '') = '') AND (coalesce(t20.c1, '') = '')) THEN t20.c2 ELSE tq_trim((coalesce(t20.c0, '') || ?1 || coalesce(t20.c1, ''))) END), t20.c5

-- Postgres
SELECT (CASE WHEN ((coalesce(t20.c0, '') = '') AND (coalesce(t20.c1, '') = '')) THEN t20.c2 ELSE "tq_v1"."trim"((coalesce(t20.c0, '') || $1::text || coalesce(t20.c1, ''))) END) AS c0, t20.c3 AS c1, t20.c4 AS c2, "tq_v1"."subtract"(t20.c3, t20.c4) AS c3
FROM (SELECT t0.c1 AS c0, t0.c2 AS c1, t0.c3 AS c2, t0.c4 AS c3, (SELECT "tq_v1"."narrow"(coalesce(sum(t2.c3), 0)) AS c0
FROM (SELECT t3."user_id" AS c0, (CASE WHEN ((t3."user_id" = $2::uuid) OR (t3."user_id" IN (SELECT t4.c0 AS c0
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
WHERE (t8.c0 = $2::uuid) AND t8.c1 AND ((t10.c1 = $3::text) OR (t10.c1 = $4::text)))) THEN t3."kind" END) AS c1, t3."from" AS c2, (CASE WHEN ((t3."user_id" = $2::uuid) OR (t3."user_id" IN (SELECT t12.c0 AS c0
FROM (SELECT t13."id" AS c0, t13."department_id" AS c1 FROM "t_acme"."user" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."lead_id" AS c1 FROM "t_acme"."department" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c1)
WHERE (t14.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t17."user_id" AS c0, t17."active" AS c1, t17."role_id" AS c2 FROM "t_acme"."role_assignment" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."code" AS c1 FROM "t_acme"."role" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c2)
WHERE (t16.c0 = $2::uuid) AND t16.c1 AND ((t18.c1 = $3::text) OR (t18.c1 = $4::text)))) THEN t3."days" END) AS c3 FROM "t_acme"."absence" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = t0.c0) AND (t2.c1 = $5::text) AND ("tq_v1"."year"(t2.c2) = $6::bigint)) AS c4, t0.c0 AS c5
FROM (SELECT t1."id" AS c0, t1."firstname" AS c1, t1."lastname" AS c2, t1."username" AS c3, (CASE WHEN ((t1."id" = $7::uuid) OR (t1."department_id" IN (SELECT t21.c0 AS c0
FROM (SELECT t22."id" AS c0, t22."lead_id" AS c1 FROM "t_acme"."department" AS t22
WHERE (NOT t22."deleted")) AS t21
WHERE (t21.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t24."user_id" AS c0, t24."active" AS c1, t24."role_id" AS c2 FROM "t_acme"."role_assignment" AS t24
WHERE (NOT t24."deleted")) AS t23
LEFT
JOIN (SELECT t26."id" AS c0, t26."code" AS c1 FROM "t_acme"."role" AS t26
WHERE (NOT t26."deleted")) AS t25 ON (t25.c0 = t23.c2)
WHERE (t23.c0 = $2::uuid) AND t23.c1 AND ((t25.c1 = $3::text) OR (t25.c1 = $4::text)))) THEN t1."vacation_days" END) AS c4 FROM "t_acme"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t20
ORDER BY (CASE WHEN ((coalesce(t20.c0, '') = '') AND (coalesce(t20.c1, '') = '')) THEN t20.c2 ELSE "tq_v1"."trim"((coalesce(t20.c0, '') || $1::text || coalesce(t20.c1, ''))) END) COLLATE "C", t20.c5
