-- Text by code points. A result above 64 KiB is null.

CREATE OR REPLACE FUNCTION tq_v1.short(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN octet_length(x) <= 65536 THEN x END;

CREATE OR REPLACE FUNCTION tq_v1.list_of(list text[], separator text) RETURNS text IMMUTABLE PARALLEL SAFE
RETURN (SELECT tq_v1.short(string_agg(e, separator ORDER BY e COLLATE "C")) FROM unnest(list) AS e);
CREATE OR REPLACE FUNCTION tq_v1.distinct_list_of(list text[], separator text) RETURNS text IMMUTABLE PARALLEL SAFE
RETURN (SELECT tq_v1.short(string_agg(DISTINCT e COLLATE "C", separator ORDER BY e COLLATE "C")) FROM unnest(list) AS e);
CREATE OR REPLACE FUNCTION tq_v1.distinct_of(list anyarray) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql
AS $$ SELECT count(DISTINCT e) FROM unnest(list) AS e $$;

CREATE OR REPLACE FUNCTION tq_v1.concat(a text, b text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(coalesce(a, '') || coalesce(b, ''));
CREATE OR REPLACE FUNCTION tq_v1.len(x text) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN char_length(x)::bigint;
CREATE OR REPLACE FUNCTION tq_v1.clamp(x bigint) RETURNS integer IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN x < 0 THEN 0 WHEN x > 16777216 THEN 16777216 ELSE x::integer END;
CREATE OR REPLACE FUNCTION tq_v1.left(x text, count bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(pg_catalog.left(x, tq_v1.clamp(count)));
CREATE OR REPLACE FUNCTION tq_v1.right(x text, count bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(pg_catalog.right(x, tq_v1.clamp(count)));
CREATE OR REPLACE FUNCTION tq_v1.mid(x text, start bigint, count bigint) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(substr(x, CASE WHEN start < 1 THEN 1 ELSE tq_v1.clamp(start) END, tq_v1.clamp(count)));
CREATE OR REPLACE FUNCTION tq_v1.trim(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(btrim(x, {white_space}));
CREATE OR REPLACE FUNCTION tq_v1.trim_start(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(ltrim(x, {white_space}));
CREATE OR REPLACE FUNCTION tq_v1.trim_end(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(rtrim(x, {white_space}));

-- The size is known before the text is made.
CREATE OR REPLACE FUNCTION tq_v1.replace(x text, old text, new text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN old = '' OR new IS NULL THEN CASE WHEN new IS NOT NULL THEN tq_v1.short(x) END
    WHEN octet_length(x) + (octet_length(x) - octet_length(pg_catalog.replace(x, old, '')))::bigint
        / octet_length(old) * (octet_length(new) - octet_length(old)) <= 65536
        THEN pg_catalog.replace(x, old, new)
END;
CREATE OR REPLACE FUNCTION tq_v1.index_of(x text, part text) RETURNS bigint IMMUTABLE PARALLEL SAFE COST 1
RETURN strpos(x, part)::bigint;
CREATE OR REPLACE FUNCTION tq_v1.pad_left(x text, length bigint, fill text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE
    WHEN x IS NULL OR length IS NULL OR fill IS NULL THEN NULL
    WHEN length <= char_length(x) OR fill = '' THEN tq_v1.short(x)
    WHEN length <= char_length(x) + 65536 THEN tq_v1.short(lpad(x, tq_v1.clamp(length), fill))
END;

-- Every letter above ASCII once: looked up in a table and replaced. A letter that is a target is never a source.
CREATE OR REPLACE FUNCTION tq_v1.map_letters(x text, result text, sources text, targets text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    rest text COLLATE "C" := regexp_replace(x, '[\x01-\x7f]+', '', 'g');
    letter text COLLATE "C";
    place integer;
BEGIN
    WHILE rest <> '' LOOP
        letter := pg_catalog.left(rest, 1);
        rest := pg_catalog.replace(rest, letter, '');
        place := strpos(sources, letter);
        IF place > 0 THEN
            result := pg_catalog.replace(result, letter, substr(targets, place, 1));
        END IF;
    END LOOP;
    RETURN result;
END $$;

CREATE OR REPLACE FUNCTION tq_v1.lower_letters(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN tq_v1.map_letters(x, pg_catalog.lower(x COLLATE "C"), {lower_from}, {lower_to});
END $$;
CREATE OR REPLACE FUNCTION tq_v1.upper_letters(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN tq_v1.map_letters(x, pg_catalog.replace(pg_catalog.upper(x COLLATE "C"), U&'\00DF', 'SS'), {upper_from}, {upper_to});
END $$;
CREATE OR REPLACE FUNCTION tq_v1.fold_letters(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    result text COLLATE "C" := tq_v1.map_letters(x, pg_catalog.lower(x COLLATE "C"), {fold_from}, {fold_to});
    long text[] := {fold_long};
    i integer;
BEGIN
    IF result ~ {fold_long_letters} THEN
        FOR i IN 1 .. array_length(long, 1) LOOP
            result := regexp_replace(result, '[' || long[i][1] || ']', long[i][2], 'g');
        END LOOP;
    END IF;
    RETURN result;
END $$;

CREATE OR REPLACE FUNCTION tq_v1.lower(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(CASE WHEN octet_length(x) = char_length(x) THEN pg_catalog.lower(x COLLATE "C") ELSE tq_v1.lower_letters(x) END);
CREATE OR REPLACE FUNCTION tq_v1.upper(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(CASE WHEN octet_length(x) = char_length(x) THEN pg_catalog.upper(x COLLATE "C") ELSE tq_v1.upper_letters(x) END);
CREATE OR REPLACE FUNCTION tq_v1.folded(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN octet_length(x) = char_length(x) THEN pg_catalog.lower(x COLLATE "C") ELSE tq_v1.fold_letters(x) END;
CREATE OR REPLACE FUNCTION tq_v1.fold(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.short(tq_v1.folded(x));

CREATE OR REPLACE FUNCTION tq_v1.starts_with_folded(x text, start text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN pg_catalog.starts_with(x, start);
CREATE OR REPLACE FUNCTION tq_v1.ends_with_folded(x text, part text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN pg_catalog.right(x, char_length(part)) = part COLLATE "C";
-- A backslash at the end is an error of LIKE; here it stands for itself.
CREATE OR REPLACE FUNCTION tq_v1.pattern(x text) RETURNS text IMMUTABLE PARALLEL SAFE COST 1
RETURN x || CASE WHEN (octet_length(x) - octet_length(rtrim(x, '\'))) % 2 = 1 THEN '\' ELSE '' END;
CREATE OR REPLACE FUNCTION tq_v1.like_folded(x text, part text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN (x COLLATE "C") LIKE tq_v1.pattern(part) ESCAPE '\';
CREATE OR REPLACE FUNCTION tq_v1.contains(x text, part text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN strpos(tq_v1.folded(x), tq_v1.folded(part)) > 0;
CREATE OR REPLACE FUNCTION tq_v1.starts_with(x text, start text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.starts_with_folded(tq_v1.folded(x), tq_v1.folded(start));
CREATE OR REPLACE FUNCTION tq_v1.ends_with(x text, part text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.ends_with_folded(tq_v1.folded(x), tq_v1.folded(part));
CREATE OR REPLACE FUNCTION tq_v1.like(x text, part text) RETURNS boolean IMMUTABLE PARALLEL SAFE COST 1
RETURN tq_v1.like_folded(tq_v1.folded(x), tq_v1.folded(part));
