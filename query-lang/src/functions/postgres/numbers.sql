-- Checked numbers. A Decimal is a bigint of millionths, a Duration one of microseconds. The first branch is for ordinary
-- sizes and stays in bigint; the last one is exact for all, in numeric.

CREATE OR REPLACE FUNCTION tq_v1.narrow(x numeric) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN x BETWEEN -9223372036854775808 AND 9223372036854775807 THEN x::bigint END;

CREATE OR REPLACE FUNCTION tq_v1.add(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN a BETWEEN -4000000000000000000 AND 4000000000000000000 AND b BETWEEN -4000000000000000000 AND 4000000000000000000 THEN a + b
    ELSE tq_v1.narrow(a::numeric + b::numeric)
END;

CREATE OR REPLACE FUNCTION tq_v1.subtract(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN a BETWEEN -4000000000000000000 AND 4000000000000000000 AND b BETWEEN -4000000000000000000 AND 4000000000000000000 THEN a - b
    ELSE tq_v1.narrow(a::numeric - b::numeric)
END;

CREATE OR REPLACE FUNCTION tq_v1.negate(a bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN a > -9223372036854775808 THEN -a END;

CREATE OR REPLACE FUNCTION tq_v1.multiply_int(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN a BETWEEN -2000000000 AND 2000000000 AND b BETWEEN -2000000000 AND 2000000000 THEN a * b
    ELSE tq_v1.narrow(a::numeric * b::numeric)
END;

-- a * b / 10^6, half away from zero.
CREATE OR REPLACE FUNCTION tq_v1.multiply(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN a BETWEEN -2000000000 AND 2000000000 AND b BETWEEN -2000000000 AND 2000000000
        THEN (a * b + CASE WHEN (a < 0) = (b < 0) THEN 500000 ELSE -500000 END) / 1000000
    ELSE tq_v1.narrow(div(2 * a::numeric * b::numeric + CASE WHEN (a < 0) = (b < 0) THEN 1000000 ELSE -1000000 END, 2000000))
END;

-- a * 10^6 / b, half away from zero.
CREATE OR REPLACE FUNCTION tq_v1.divide(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN b = 0 THEN NULL
    WHEN a BETWEEN -4000000000000 AND 4000000000000
        THEN (2000000 * a / b + CASE WHEN (a < 0) = (b < 0) THEN 1 ELSE -1 END) / 2
    ELSE tq_v1.narrow(div(div(2000000 * a::numeric, b::numeric) + CASE WHEN (a < 0) = (b < 0) THEN 1 ELSE -1 END, 2))
END;

-- a / b, half away from zero.
CREATE OR REPLACE FUNCTION tq_v1.divide_whole(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN b = 0 THEN NULL
    WHEN a BETWEEN -4000000000000000000 AND 4000000000000000000
        THEN (2 * a / b + CASE WHEN (a < 0) = (b < 0) THEN 1 ELSE -1 END) / 2
    ELSE tq_v1.narrow(div(div(2 * a::numeric, b::numeric) + CASE WHEN (a < 0) = (b < 0) THEN 1 ELSE -1 END, 2))
END;

CREATE OR REPLACE FUNCTION tq_v1.remainder(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN b <> 0 THEN a % b END;

CREATE OR REPLACE FUNCTION tq_v1.div(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN b = 0 THEN NULL WHEN b = -1 THEN tq_v1.negate(a) ELSE a / b END;

CREATE OR REPLACE FUNCTION tq_v1.abs(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN x > -9223372036854775808 THEN pg_catalog.abs(x) END;

CREATE OR REPLACE FUNCTION tq_v1.sign(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN x > 0 THEN 1 WHEN x < 0 THEN -1 WHEN x = 0 THEN 0 END;

CREATE OR REPLACE FUNCTION tq_v1.round_to_unit(x bigint, unit bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.add(
    x / unit * unit,
    CASE WHEN pg_catalog.abs(x % unit) * 2 < unit THEN 0 WHEN x < 0 THEN -unit ELSE unit END
);

CREATE OR REPLACE FUNCTION tq_v1.round(x bigint, digits bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN digits >= 6 THEN x
    WHEN digits < -12 THEN x * 0
    WHEN digits = 0 THEN tq_v1.round_to_unit(x, 1000000)
    WHEN digits = 1 THEN tq_v1.round_to_unit(x, 100000)
    WHEN digits = 2 THEN tq_v1.round_to_unit(x, 10000)
    ELSE tq_v1.round_to_unit(x, power(10::numeric, (6 - digits)::numeric)::bigint)
END;

CREATE OR REPLACE FUNCTION tq_v1.floor(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.subtract(x, ((x % 1000000) + 1000000) % 1000000);

CREATE OR REPLACE FUNCTION tq_v1.ceiling(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.add(x, (1000000 - (x % 1000000)) % 1000000);

CREATE OR REPLACE FUNCTION tq_v1.truncate(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN x / 1000000 * 1000000;

CREATE OR REPLACE FUNCTION tq_v1.decimal_of_int(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN x BETWEEN -9223372036854 AND 9223372036854 THEN x * 1000000 END;

CREATE OR REPLACE FUNCTION tq_v1.decimal_of_text(x text) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE WHEN x ~ '^[+-]?[0-9]{1,12}([.][0-9]{1,6})?$' THEN (x::numeric * 1000000)::bigint END;

CREATE OR REPLACE FUNCTION tq_v1.int_of_decimal(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN x / 1000000;

CREATE OR REPLACE FUNCTION tq_v1.int_of_text(x text) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE WHEN x ~ '^[+-]?[0-9]{1,18}$' THEN x::bigint END;

-- Of native sum and count; half away from zero.
CREATE OR REPLACE FUNCTION tq_v1.average(sum numeric, count bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN count > 0 THEN tq_v1.narrow(div(2 * sum + pg_catalog.sign(sum) * count, 2 * count::numeric)) END;

CREATE OR REPLACE FUNCTION tq_v1.least(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN a <= b THEN a WHEN b < a THEN b END;
CREATE OR REPLACE FUNCTION tq_v1.least(a integer, b integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN a <= b THEN a WHEN b < a THEN b END;
CREATE OR REPLACE FUNCTION tq_v1.least(a text, b text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN a <= b COLLATE "C" THEN a WHEN b < a COLLATE "C" THEN b END;
CREATE OR REPLACE FUNCTION tq_v1.greatest(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN a >= b THEN a WHEN b > a THEN b END;
CREATE OR REPLACE FUNCTION tq_v1.greatest(a integer, b integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN a >= b THEN a WHEN b > a THEN b END;
CREATE OR REPLACE FUNCTION tq_v1.greatest(a text, b text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN a >= b COLLATE "C" THEN a WHEN b > a COLLATE "C" THEN b END;
CREATE OR REPLACE FUNCTION tq_v1.between(x bigint, low bigint, high bigint) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN low IS NOT NULL AND high IS NOT NULL THEN x >= low AND x <= high END;
CREATE OR REPLACE FUNCTION tq_v1.between(x integer, low integer, high integer) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN low IS NOT NULL AND high IS NOT NULL THEN x >= low AND x <= high END;
CREATE OR REPLACE FUNCTION tq_v1.between(x text, low text, high text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN low IS NOT NULL AND high IS NOT NULL THEN x >= low COLLATE "C" AND x <= high COLLATE "C" END;
