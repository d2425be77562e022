-- Texts of values. Native to_char depends on settings and is not used.

CREATE OR REPLACE FUNCTION tq_v1.two(x bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN lpad(x::text, 2, '0');

CREATE OR REPLACE FUNCTION tq_v1.text_of_int(x bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN x::text;
CREATE OR REPLACE FUNCTION tq_v1.text_of_decimal(x bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN trim_scale(x * 0.000001)::text;
CREATE OR REPLACE FUNCTION tq_v1.text_of_bool(x boolean) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN x THEN 'True' WHEN NOT x THEN 'False' END;
CREATE OR REPLACE FUNCTION tq_v1.text_of_date(x integer) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN lpad(tq_v1.year(x)::text, 4, '0') || '-' || tq_v1.two(tq_v1.month(x)) || '-' || tq_v1.two(tq_v1.day(x));
CREATE OR REPLACE FUNCTION tq_v1.text_of_time(x bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.two(x / 3600000000) || ':' || tq_v1.two(x / 60000000 % 60) || ':' || tq_v1.two(x / 1000000 % 60);
CREATE OR REPLACE FUNCTION tq_v1.text_of_date_time(instant bigint, utc_offset bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.text_of_date(tq_v1.date(instant, utc_offset)) || ' ' || tq_v1.text_of_time(tq_v1.time(instant, utc_offset));

CREATE OR REPLACE FUNCTION tq_v1.label(date integer, x bigint, format text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(replace(replace(replace(replace(replace(replace(replace(
    format,
    'ddd', U&'\0001'),
    'yyyy', lpad(tq_v1.year(date)::text, 4, '0')),
    'MM', tq_v1.two(tq_v1.month(date))),
    'dd', tq_v1.two(tq_v1.day(date))),
    'HH', tq_v1.two(x / 3600000000)),
    'mm', tq_v1.two(x / 60000000 % 60)),
    U&'\0001', substr('MonTueWedThuFriSatSun', (tq_v1.weekday(date) * 3 - 2)::integer, 3)));
CREATE OR REPLACE FUNCTION tq_v1.format_date(date integer, format text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.label(date, 0, format);
CREATE OR REPLACE FUNCTION tq_v1.format_instant(instant bigint, format text, utc_offset bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.label(tq_v1.date(instant, utc_offset), tq_v1.time(instant, utc_offset), format);
CREATE OR REPLACE FUNCTION tq_v1.format_number(x bigint, digits bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN digits BETWEEN 0 AND 6 THEN pg_catalog.round(tq_v1.round(x, digits) * 0.000001, digits::integer)::text END;
CREATE OR REPLACE FUNCTION tq_v1.clock(minutes bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN minutes < 0 THEN '-' ELSE '' END || (abs(minutes) / 60)::text || ':' || tq_v1.two(abs(minutes) % 60);
CREATE OR REPLACE FUNCTION tq_v1.format_duration(duration bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.clock(tq_v1.divide_whole(duration, 60000000));
