-- 62135596800000000 microseconds lie between 0001-01-01 and 1970-01-01: added, a local time is not negative, and division
-- and remainder are those of the calendar.

CREATE OR REPLACE FUNCTION tq_v1.instant(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN x BETWEEN -62135596800000000 AND 253402300799999999 THEN x END;

CREATE OR REPLACE FUNCTION tq_v1.shift(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN a BETWEEN -4000000000000000000 AND 4000000000000000000 AND b BETWEEN -4000000000000000000 AND 4000000000000000000
        THEN tq_v1.instant(a + b)
END;
CREATE OR REPLACE FUNCTION tq_v1.shift_back(a bigint, b bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN a BETWEEN -4000000000000000000 AND 4000000000000000000 AND b BETWEEN -4000000000000000000 AND 4000000000000000000
        THEN tq_v1.instant(a - b)
END;

CREATE OR REPLACE FUNCTION tq_v1.local(instant bigint, utc_offset bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN utc_offset BETWEEN -1440 AND 1440 AND instant BETWEEN -1000000000000000000 AND 1000000000000000000
        THEN tq_v1.instant(instant + utc_offset * 60000000)
END;

CREATE OR REPLACE FUNCTION tq_v1.date(instant bigint, utc_offset bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN ((tq_v1.local(instant, utc_offset) + 62135596800000000) / 86400000000 - 719162)::integer;
CREATE OR REPLACE FUNCTION tq_v1.time(instant bigint, utc_offset bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN (tq_v1.local(instant, utc_offset) + 62135596800000000) % 86400000000;
CREATE OR REPLACE FUNCTION tq_v1.hour_of(instant bigint, utc_offset bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.time(instant, utc_offset) / 3600000000;
CREATE OR REPLACE FUNCTION tq_v1.hour_of_time(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN x / 3600000000;
CREATE OR REPLACE FUNCTION tq_v1.minute_of(instant bigint, utc_offset bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.time(instant, utc_offset) / 60000000 % 60;
CREATE OR REPLACE FUNCTION tq_v1.minute_of_time(x bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN x / 60000000 % 60;

CREATE OR REPLACE FUNCTION tq_v1.at(date integer, x bigint, utc_offset bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN date BETWEEN -719162 AND 2932896 AND x BETWEEN 0 AND 86399999999 AND utc_offset BETWEEN -1440 AND 1440
        THEN tq_v1.instant(date * 86400000000 + x - utc_offset * 60000000)
END;

CREATE OR REPLACE FUNCTION tq_v1.add_days_to_instant(instant bigint, count bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.shift(instant, tq_v1.multiply_int(count, 86400000000));
CREATE OR REPLACE FUNCTION tq_v1.add_hours(instant bigint, count bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.shift(instant, tq_v1.multiply_int(count, 3600000000));
CREATE OR REPLACE FUNCTION tq_v1.add_minutes(instant bigint, count bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.shift(instant, tq_v1.multiply_int(count, 60000000));
CREATE OR REPLACE FUNCTION tq_v1.add_seconds(instant bigint, count bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.shift(instant, tq_v1.multiply_int(count, 1000000));

CREATE OR REPLACE FUNCTION tq_v1.round_instant(instant bigint, step bigint, utc_offset bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN step BETWEEN 1 AND 86400000000 THEN tq_v1.shift(
        instant,
        CASE
            WHEN ((tq_v1.local(instant, utc_offset) % step) + step) % step * 2 >= step
                THEN step - ((tq_v1.local(instant, utc_offset) % step) + step) % step
            ELSE -(((tq_v1.local(instant, utc_offset) % step) + step) % step)
        END
    )
END;
CREATE OR REPLACE FUNCTION tq_v1.round_instant_to_minutes(instant bigint, minutes bigint, utc_offset bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN minutes BETWEEN 1 AND 1440 THEN tq_v1.round_instant(instant, minutes * 60000000, utc_offset) END;

-- The nearest multiple of twice a unit by halves: it cannot overflow.
CREATE OR REPLACE FUNCTION tq_v1.hours(duration bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN (duration / 1800 + CASE WHEN duration < 0 THEN -1 ELSE 1 END) / 2;
CREATE OR REPLACE FUNCTION tq_v1.minutes(duration bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN (duration / 30 + CASE WHEN duration < 0 THEN -1 ELSE 1 END) / 2;
CREATE OR REPLACE FUNCTION tq_v1.duration(hours bigint, minutes bigint, seconds bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.narrow(hours::numeric * 3600 + minutes::numeric * 60 + seconds::numeric);
CREATE OR REPLACE FUNCTION tq_v1.round_duration(duration bigint, step bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN step BETWEEN 1 AND 86400000000 THEN tq_v1.multiply_int(tq_v1.divide_whole(duration, step), step) END;

CREATE OR REPLACE FUNCTION tq_v1.overlap(begin1 bigint, end1 bigint, begin2 bigint, end2 bigint, now bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN begin1 IS NOT NULL AND begin2 IS NOT NULL AND now IS NOT NULL
        THEN greatest(0, least(coalesce(end1, now), coalesce(end2, now)) - greatest(begin1, begin2))
END;

CREATE OR REPLACE FUNCTION tq_v1.offset_in(instant bigint, starts bigint[], offsets bigint[]) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN offsets[width_bucket(instant, starts)];
