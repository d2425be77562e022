-- A Date is an integer of days since 1970-01-01, an instant a bigint of microseconds since then in UTC, an offset a bigint of
-- minutes. Native dates have no zone; what leaves the years 1 to 9999 is null before a native function sees it. Some remainders
-- change nothing where the condition above them holds: they keep the planner from failing when it folds a constant.

CREATE OR REPLACE FUNCTION tq_v1.native(days bigint) RETURNS date IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN days BETWEEN -719162 AND 2932896 THEN date '1970-01-01' + days::integer END;

CREATE OR REPLACE FUNCTION tq_v1.days(days bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN days BETWEEN -719162 AND 2932896 THEN days::integer END;

CREATE OR REPLACE FUNCTION tq_v1.year(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN extract(year FROM tq_v1.native(date))::bigint;
CREATE OR REPLACE FUNCTION tq_v1.quarter(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN extract(quarter FROM tq_v1.native(date))::bigint;
CREATE OR REPLACE FUNCTION tq_v1.month(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN extract(month FROM tq_v1.native(date))::bigint;
CREATE OR REPLACE FUNCTION tq_v1.day(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN extract(day FROM tq_v1.native(date))::bigint;
CREATE OR REPLACE FUNCTION tq_v1.weekday(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN ((date::bigint + 3) % 7 + 7) % 7 + 1;
CREATE OR REPLACE FUNCTION tq_v1.day_of_week(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.weekday(date) % 7;
CREATE OR REPLACE FUNCTION tq_v1.day_of_year(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN extract(doy FROM tq_v1.native(date))::bigint;
CREATE OR REPLACE FUNCTION tq_v1.iso_week(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN extract(week FROM tq_v1.native(date))::bigint;
CREATE OR REPLACE FUNCTION tq_v1.iso_year(date integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN extract(isoyear FROM tq_v1.native(date))::bigint;

CREATE OR REPLACE FUNCTION tq_v1.date_of(year bigint, month bigint, day bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN year BETWEEN 1 AND 9999 AND month BETWEEN 1 AND 12 AND day BETWEEN 1 AND
        CASE
            WHEN month IN (4, 6, 9, 11) THEN 30
            WHEN month <> 2 THEN 31
            WHEN year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0) THEN 29
            ELSE 28
        END
        THEN make_date((year % 10000)::integer, (month % 100)::integer, (day % 100)::integer) - date '1970-01-01'
END;

CREATE OR REPLACE FUNCTION tq_v1.add_days(date integer, count bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN count BETWEEN -4000000 AND 4000000 THEN tq_v1.days(date + count) END;
CREATE OR REPLACE FUNCTION tq_v1.add_weeks(date integer, count bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN count BETWEEN -600000 AND 600000 THEN tq_v1.days(date + 7 * count) END;

-- Postgres takes the last day of a shorter month too.
CREATE OR REPLACE FUNCTION tq_v1.add_months(date integer, count bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN extract(year FROM tq_v1.native(date)) * 12 + extract(month FROM tq_v1.native(date)) - 1 + count BETWEEN 12 AND 119999
        THEN (tq_v1.native(date) + make_interval(months => (count % 1000000)::integer))::date - date '1970-01-01'
END;
CREATE OR REPLACE FUNCTION tq_v1.add_quarters(date integer, count bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN count BETWEEN -40000 AND 40000 THEN tq_v1.add_months(date, 3 * count) END;
CREATE OR REPLACE FUNCTION tq_v1.add_years(date integer, count bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN count BETWEEN -10000 AND 10000 THEN tq_v1.add_months(date, 12 * count) END;

-- Weeks begin on the weekday `first`, 1 = Monday to 7 = Sunday.
CREATE OR REPLACE FUNCTION tq_v1.start_of_week(date integer, first bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.days(date - (tq_v1.weekday(date) - first + 7) % 7);
CREATE OR REPLACE FUNCTION tq_v1.end_of_week(date integer, first bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.days(date + 6 - (tq_v1.weekday(date) - first + 7) % 7);
CREATE OR REPLACE FUNCTION tq_v1.start_of_month(date integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN date_trunc('month', tq_v1.native(date)::timestamp)::date - date '1970-01-01';
CREATE OR REPLACE FUNCTION tq_v1.start_of_quarter(date integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN date_trunc('quarter', tq_v1.native(date)::timestamp)::date - date '1970-01-01';
CREATE OR REPLACE FUNCTION tq_v1.start_of_year(date integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN date_trunc('year', tq_v1.native(date)::timestamp)::date - date '1970-01-01';
CREATE OR REPLACE FUNCTION tq_v1.end_of_month(date integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN (date_trunc('month', tq_v1.native(date)::timestamp) + interval '1 month')::date - 1 - date '1970-01-01';
CREATE OR REPLACE FUNCTION tq_v1.end_of_quarter(date integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN (date_trunc('quarter', tq_v1.native(date)::timestamp) + interval '3 months')::date - 1 - date '1970-01-01';
CREATE OR REPLACE FUNCTION tq_v1.end_of_year(date integer) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN (date_trunc('year', tq_v1.native(date)::timestamp) + interval '1 year')::date - 1 - date '1970-01-01';

CREATE OR REPLACE FUNCTION tq_v1.days_between(a integer, b integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN b::bigint - a::bigint;

CREATE OR REPLACE FUNCTION tq_v1.months_between(a integer, b integer) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN (tq_v1.year(b) - tq_v1.year(a)) * 12 + tq_v1.month(b) - tq_v1.month(a) + CASE
    WHEN a <= b AND tq_v1.day(b) < tq_v1.day(a) THEN -1
    WHEN a > b AND tq_v1.day(b) > tq_v1.day(a) THEN 1
    ELSE 0
END;

-- Days of one weekday up to and with a day, counted from the first one of the year 1; the shift keeps the dividend above zero.
CREATE OR REPLACE FUNCTION tq_v1.weekdays_until(date bigint, weekday bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN (date - weekday + 4 + 7000000000) / 7;

CREATE OR REPLACE FUNCTION tq_v1.weekdays_between(a integer, b integer, weekday bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN weekday NOT BETWEEN 1 AND 7 THEN NULL
    WHEN a > b THEN 0 * weekday
    ELSE tq_v1.weekdays_until(b::bigint, weekday) - tq_v1.weekdays_until(a::bigint - 1, weekday)
END;
