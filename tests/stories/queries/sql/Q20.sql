-- Q20 Remaining vacation days per person

-- SQLite
SELECT (CASE WHEN ((coalesce(t28.c0, '') = '') AND (coalesce(t28.c1, '') = '')) THEN t28.c2 ELSE tq_trim((coalesce(t28.c0, '') || ?1 || coalesce(t28.c1, ''))) END) AS c0, t28.c3 AS c1, t28.c4 AS c2, tq_subtract(t28.c3, t28.c4) AS c3
FROM (SELECT t0.c1 AS c0, t0.c2 AS c1, t0.c3 AS c2, t0.c4 AS c3, (SELECT tq_sum(t2.c3) AS c0
FROM (SELECT t3."user_id" AS c0, (CASE WHEN ((t3."user_id" = ?2) OR (t3."user_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."department_id" AS c0, t5."id" AS c1 FROM "main"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "main"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c0)
WHERE (t6.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2, t9."id" AS c3 FROM "main"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "main"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = ?2) AND t8.c1 AND (t10.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "main"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "main"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = ?2) AND t12.c1 AND (t14.c1 = ?4))) THEN t3."kind" END) AS c1, t3."from" AS c2, (CASE WHEN ((t3."user_id" = ?2) OR (t3."user_id" IN (SELECT t16.c1 AS c0
FROM (SELECT t17."department_id" AS c0, t17."id" AS c1 FROM "main"."user" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."lead_id" AS c1 FROM "main"."department" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c0)
WHERE (t18.c1 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "main"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "main"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = ?2) AND t20.c1 AND (t22.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "main"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "main"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = ?2) AND t24.c1 AND (t26.c1 = ?4))) THEN t3."days" END) AS c3 FROM "main"."absence" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = t0.c0) AND (t2.c1 = ?5) AND (tq_year(t2.c2) = ?6)) AS c4, t0.c0 AS c5
FROM (SELECT t1."id" AS c0, t1."firstname" AS c1, t1."lastname" AS c2, t1."username" AS c3, (CASE WHEN ((t1."id" = ?7) OR (t1."department_id" IN (SELECT t29.c1 AS c0
FROM (SELECT t30."lead_id" AS c0, t30."id" AS c1 FROM "main"."department" AS t30
WHERE (NOT t30."deleted")) AS t29
WHERE (t29.c0 = ?2)))
OR EXISTS (SELECT 1
FROM (SELECT t32."user_id" AS c0, t32."active" AS c1, t32."role_id" AS c2, t32."id" AS c3 FROM "main"."role_assignment" AS t32
WHERE (NOT t32."deleted")) AS t31
LEFT
JOIN (SELECT t34."id" AS c0, t34."code" AS c1 FROM "main"."role" AS t34
WHERE (NOT t34."deleted")) AS t33 ON (t33.c0 = t31.c2)
WHERE (t31.c0 = ?2) AND t31.c1 AND (t33.c1 = ?3))
OR EXISTS (SELECT 1
FROM (SELECT t36."user_id" AS c0, t36."active" AS c1, t36."role_id" AS c2, t36."id" AS c3 FROM "main"."role_assignment" AS t36
WHERE (NOT t36."deleted")) AS t35
LEFT
JOIN (SELECT t38."id" AS c0, t38."code" AS c1 FROM "main"."role" AS t38
WHERE (NOT t38."deleted")) AS t37 ON (t37.c0 = t35.c2)
WHERE (t35.c0 = ?2) AND t35.c1 AND (t37.c1 = ?4))) THEN t1."vacation_days" END) AS c4 FROM "main"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t28
ORDER BY (CASE WHEN ((coalesce(t28.c0, '') = '') AND (coalesce(t28.c1, '') = '')) THEN t28.c2 ELSE tq_trim((coalesce(t28.c0, '') || ?1 || coalesce(t28.c1, ''))) END), t28.c5

-- Postgres
SELECT (CASE WHEN ((coalesce(t28.c0, '') = '') AND (coalesce(t28.c1, '') = '')) THEN t28.c2 ELSE "tq_v1"."trim"((coalesce(t28.c0, '') || $1::text || coalesce(t28.c1, ''))) END) AS c0, t28.c3 AS c1, t28.c4 AS c2, "tq_v1"."subtract"(t28.c3, t28.c4) AS c3
FROM (SELECT t0.c1 AS c0, t0.c2 AS c1, t0.c3 AS c2, t0.c4 AS c3, (SELECT "tq_v1"."narrow"(coalesce(sum(t2.c3), 0)) AS c0
FROM (SELECT t3."user_id" AS c0, (CASE WHEN ((t3."user_id" = $2::uuid) OR (t3."user_id" IN (SELECT t4.c1 AS c0
FROM (SELECT t5."department_id" AS c0, t5."id" AS c1 FROM "t_acme"."user" AS t5
WHERE (NOT t5."deleted")) AS t4
LEFT
JOIN (SELECT t7."id" AS c0, t7."lead_id" AS c1 FROM "t_acme"."department" AS t7
WHERE (NOT t7."deleted")) AS t6 ON (t6.c0 = t4.c0)
WHERE (t6.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t9."user_id" AS c0, t9."active" AS c1, t9."role_id" AS c2, t9."id" AS c3 FROM "t_acme"."role_assignment" AS t9
WHERE (NOT t9."deleted")) AS t8
LEFT
JOIN (SELECT t11."id" AS c0, t11."code" AS c1 FROM "t_acme"."role" AS t11
WHERE (NOT t11."deleted")) AS t10 ON (t10.c0 = t8.c2)
WHERE (t8.c0 = $2::uuid) AND t8.c1 AND (t10.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t13."user_id" AS c0, t13."active" AS c1, t13."role_id" AS c2, t13."id" AS c3 FROM "t_acme"."role_assignment" AS t13
WHERE (NOT t13."deleted")) AS t12
LEFT
JOIN (SELECT t15."id" AS c0, t15."code" AS c1 FROM "t_acme"."role" AS t15
WHERE (NOT t15."deleted")) AS t14 ON (t14.c0 = t12.c2)
WHERE (t12.c0 = $2::uuid) AND t12.c1 AND (t14.c1 = $4::text))) THEN t3."kind" END) AS c1, t3."from" AS c2, (CASE WHEN ((t3."user_id" = $2::uuid) OR (t3."user_id" IN (SELECT t16.c1 AS c0
FROM (SELECT t17."department_id" AS c0, t17."id" AS c1 FROM "t_acme"."user" AS t17
WHERE (NOT t17."deleted")) AS t16
LEFT
JOIN (SELECT t19."id" AS c0, t19."lead_id" AS c1 FROM "t_acme"."department" AS t19
WHERE (NOT t19."deleted")) AS t18 ON (t18.c0 = t16.c0)
WHERE (t18.c1 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t21."user_id" AS c0, t21."active" AS c1, t21."role_id" AS c2, t21."id" AS c3 FROM "t_acme"."role_assignment" AS t21
WHERE (NOT t21."deleted")) AS t20
LEFT
JOIN (SELECT t23."id" AS c0, t23."code" AS c1 FROM "t_acme"."role" AS t23
WHERE (NOT t23."deleted")) AS t22 ON (t22.c0 = t20.c2)
WHERE (t20.c0 = $2::uuid) AND t20.c1 AND (t22.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t25."user_id" AS c0, t25."active" AS c1, t25."role_id" AS c2, t25."id" AS c3 FROM "t_acme"."role_assignment" AS t25
WHERE (NOT t25."deleted")) AS t24
LEFT
JOIN (SELECT t27."id" AS c0, t27."code" AS c1 FROM "t_acme"."role" AS t27
WHERE (NOT t27."deleted")) AS t26 ON (t26.c0 = t24.c2)
WHERE (t24.c0 = $2::uuid) AND t24.c1 AND (t26.c1 = $4::text))) THEN t3."days" END) AS c3 FROM "t_acme"."absence" AS t3
WHERE (NOT t3."deleted")) AS t2
WHERE (t2.c0 = t0.c0) AND (t2.c1 = $5::text) AND ("tq_v1"."year"(t2.c2) = $6::bigint)) AS c4, t0.c0 AS c5
FROM (SELECT t1."id" AS c0, t1."firstname" AS c1, t1."lastname" AS c2, t1."username" AS c3, (CASE WHEN ((t1."id" = $7::uuid) OR (t1."department_id" IN (SELECT t29.c1 AS c0
FROM (SELECT t30."lead_id" AS c0, t30."id" AS c1 FROM "t_acme"."department" AS t30
WHERE (NOT t30."deleted")) AS t29
WHERE (t29.c0 = $2::uuid)))
OR EXISTS (SELECT 1
FROM (SELECT t32."user_id" AS c0, t32."active" AS c1, t32."role_id" AS c2, t32."id" AS c3 FROM "t_acme"."role_assignment" AS t32
WHERE (NOT t32."deleted")) AS t31
LEFT
JOIN (SELECT t34."id" AS c0, t34."code" AS c1 FROM "t_acme"."role" AS t34
WHERE (NOT t34."deleted")) AS t33 ON (t33.c0 = t31.c2)
WHERE (t31.c0 = $2::uuid) AND t31.c1 AND (t33.c1 = $3::text))
OR EXISTS (SELECT 1
FROM (SELECT t36."user_id" AS c0, t36."active" AS c1, t36."role_id" AS c2, t36."id" AS c3 FROM "t_acme"."role_assignment" AS t36
WHERE (NOT t36."deleted")) AS t35
LEFT
JOIN (SELECT t38."id" AS c0, t38."code" AS c1 FROM "t_acme"."role" AS t38
WHERE (NOT t38."deleted")) AS t37 ON (t37.c0 = t35.c2)
WHERE (t35.c0 = $2::uuid) AND t35.c1 AND (t37.c1 = $4::text))) THEN t1."vacation_days" END) AS c4 FROM "t_acme"."user" AS t1
WHERE (NOT t1."deleted")) AS t0) AS t28
ORDER BY (CASE WHEN ((coalesce(t28.c0, '') = '') AND (coalesce(t28.c1, '') = '')) THEN t28.c2 ELSE "tq_v1"."trim"((coalesce(t28.c0, '') || $1::text || coalesce(t28.c1, ''))) END) COLLATE "C", t28.c5
