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
RETURN tq_v1.short(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    format,
    'yyyy', U&'\0001'),
    'yy', U&'\0002'),
    'MMMM', U&'\0003'),
    'MMM', U&'\0004'),
    'MM', U&'\0005'),
    'M', U&'\0006'),
    'dddd', U&'\0007'),
    'ddd', U&'\0008'),
    'dd', U&'\000E'),
    'd', U&'\000F'),
    'HH', U&'\0010'),
    'H', U&'\0011'),
    'hh', U&'\0012'),
    'h', U&'\0013'),
    'mm', U&'\0014'),
    'm', U&'\0015'),
    'ss', U&'\0016'),
    's', U&'\0017'),
    'tt', U&'\0018'),
    't', U&'\0019'),
    U&'\0001', lpad(tq_v1.year(date)::text, 4, '0')),
    U&'\0002', tq_v1.two(tq_v1.year(date) % 100)),
    U&'\0003', split_part('January February March April May June July August September October November December', ' ', tq_v1.month(date)::integer)),
    U&'\0004', substr('JanFebMarAprMayJunJulAugSepOctNovDec', (tq_v1.month(date) * 3 - 2)::integer, 3)),
    U&'\0005', tq_v1.two(tq_v1.month(date))),
    U&'\0006', tq_v1.month(date)::text),
    U&'\0007', split_part('Monday Tuesday Wednesday Thursday Friday Saturday Sunday', ' ', tq_v1.weekday(date)::integer)),
    U&'\0008', substr('MonTueWedThuFriSatSun', (tq_v1.weekday(date) * 3 - 2)::integer, 3)),
    U&'\000E', tq_v1.two(tq_v1.day(date))),
    U&'\000F', tq_v1.day(date)::text),
    U&'\0010', tq_v1.two(x / 3600000000)),
    U&'\0011', (x / 3600000000)::text),
    U&'\0012', tq_v1.two(((x / 3600000000 + 11) % 12 + 1))),
    U&'\0013', ((x / 3600000000 + 11) % 12 + 1)::text),
    U&'\0014', tq_v1.two(x / 60000000 % 60)),
    U&'\0015', (x / 60000000 % 60)::text),
    U&'\0016', tq_v1.two(x / 1000000 % 60)),
    U&'\0017', (x / 1000000 % 60)::text),
    U&'\0018', CASE WHEN x / 3600000000 < 12 THEN 'AM' ELSE 'PM' END),
    U&'\0019', CASE WHEN x / 3600000000 < 12 THEN 'A' ELSE 'P' END));
CREATE OR REPLACE FUNCTION tq_v1.format_date(date integer, format text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.label(date, 0, format);
CREATE OR REPLACE FUNCTION tq_v1.format_instant(instant bigint, format text, utc_offset bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.label(tq_v1.date(instant, utc_offset), tq_v1.time(instant, utc_offset), format);
CREATE OR REPLACE FUNCTION tq_v1.format_number(x bigint, digits bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN digits BETWEEN 0 AND 6 THEN pg_catalog.round(tq_v1.round(x, digits) * 0.000001, digits::integer)::text END;
CREATE OR REPLACE FUNCTION tq_v1.in_groups(whole text, rest text, separator text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(regexp_replace(whole, '(?<=\d)(?=(\d{3})+$)', replace(separator, '\', '\\'), 'g') || substr(rest, length(whole) + 1));
CREATE OR REPLACE FUNCTION tq_v1.format_number_in_groups(x bigint, digits bigint, separator text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.in_groups(split_part(tq_v1.format_number(x, digits), '.', 1), tq_v1.format_number(x, digits), separator);
CREATE OR REPLACE FUNCTION tq_v1.clock(minutes bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN minutes < 0 THEN '-' ELSE '' END || (abs(minutes) / 60)::text || ':' || tq_v1.two(abs(minutes) % 60);
CREATE OR REPLACE FUNCTION tq_v1.format_duration(duration bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.clock(tq_v1.divide_whole(duration, 60000000));
