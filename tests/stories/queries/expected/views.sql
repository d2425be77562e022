-- The company as a person sees it, in Postgres' own types: dates, instants, intervals and exact numbers, so that the expected
-- rows share neither the functions nor the arithmetic of the language. {tables} is the company's schema, {here} the one of
-- these views; who asks is the setting `expected.me`.

CREATE SCHEMA {here};
SET search_path = {here};
SET TimeZone = 'UTC';
SET IntervalStyle = 'postgres';

CREATE FUNCTION me() RETURNS uuid STABLE LANGUAGE sql AS $$ SELECT current_setting('expected.me')::uuid $$;
CREATE FUNCTION day(stored integer) RETURNS date IMMUTABLE LANGUAGE sql AS $$ SELECT DATE '1970-01-01' + stored $$;
CREATE FUNCTION instant(stored bigint) RETURNS timestamptz IMMUTABLE LANGUAGE sql
  AS $$ SELECT TIMESTAMPTZ '1970-01-01 00:00:00+00' + make_interval(secs => 0.000001 * stored) $$;
CREATE FUNCTION number(stored bigint) RETURNS numeric IMMUTABLE LANGUAGE sql AS $$ SELECT stored * 0.000001 $$;
CREATE FUNCTION hours(length interval) RETURNS numeric IMMUTABLE LANGUAGE sql
  AS $$ SELECT round(extract(epoch FROM length) / 3600, 6) $$;

-- Sums of nothing are zero.
CREATE AGGREGATE total(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0');
CREATE AGGREGATE total(interval) (SFUNC = interval_pl, STYPE = interval, INITCOND = '0');

-- Master data is everybody's to read.
CREATE VIEW role AS SELECT id, code, name FROM {tables}.role WHERE NOT deleted;
CREATE VIEW role_assignment AS SELECT user_id, role_id FROM {tables}.role_assignment WHERE NOT deleted AND active;
CREATE VIEW department AS SELECT id, code, name, name_fold, lead_id FROM {tables}.department WHERE NOT deleted;
CREATE VIEW customer AS
  SELECT id, code, name, name_fold, number(hourly_rate) AS hourly_rate, closed FROM {tables}.customer WHERE NOT deleted;
CREATE VIEW project AS
  SELECT id, customer_id, code, name, name_fold, manager_id, manager2_id, day(start_date) AS start_date, day(end_date) AS end_date,
         number(budget_hours) AS budget_hours, number(hourly_rate) AS hourly_rate, closed
  FROM {tables}.project WHERE NOT deleted;
CREATE VIEW task AS SELECT id, name, number(hourly_rate) AS hourly_rate FROM {tables}.task WHERE NOT deleted;
CREATE VIEW weight AS SELECT id, number(factor) AS factor FROM {tables}.weight WHERE NOT deleted;
CREATE VIEW holiday AS SELECT id, country, day(date) AS date, name FROM {tables}.holiday WHERE NOT deleted;

CREATE FUNCTION has_role(VARIADIC codes text[]) RETURNS boolean STABLE LANGUAGE sql AS $$
  SELECT EXISTS (SELECT FROM {here}.role_assignment a JOIN {here}.role r ON r.id = a.role_id
                 WHERE a.user_id = {here}.me() AND r.code = ANY (codes)) $$;
CREATE FUNCTION leads(person uuid) RETURNS boolean STABLE LANGUAGE sql AS $$
  SELECT EXISTS (SELECT FROM {tables}."user" u JOIN {here}.department d ON d.id = u.department_id
                 WHERE u.id = person AND NOT u.deleted AND d.lead_id = {here}.me()) $$;
CREATE FUNCTION manages(project uuid) RETURNS boolean STABLE LANGUAGE sql AS $$
  SELECT EXISTS (SELECT FROM {here}.project p WHERE p.id = project AND {here}.me() IN (p.manager_id, p.manager2_id)) $$;

-- Colleagues' names are for everybody; cost, contract and vacation are not.
CREATE VIEW person AS
  SELECT id, username,
         CASE WHEN coalesce(firstname, '') = '' AND coalesce(lastname, '') = '' THEN username
              ELSE trim(coalesce(firstname, '') || ' ' || coalesce(lastname, '')) END AS name,
         department_id, active, country,
         CASE WHEN id = me() OR has_role('HumanResourcesAdmin', 'ProjectController', 'Admin') THEN number(hourly_cost) END AS hourly_cost,
         CASE WHEN id = me() OR leads(id) OR has_role('HumanResourcesAdmin', 'Admin') THEN day(hired_on) END AS hired_on,
         CASE WHEN id = me() OR leads(id) OR has_role('HumanResourcesAdmin', 'Admin') THEN number(vacation_days) END AS vacation_days
  FROM {tables}."user" WHERE NOT deleted;
CREATE VIEW absence AS
  SELECT id, user_id, day("from") AS first, day("to") AS last, approved,
         CASE WHEN user_id = me() OR leads(user_id) OR has_role('HumanResourcesAdmin', 'Admin') THEN kind END AS kind,
         CASE WHEN user_id = me() OR leads(user_id) OR has_role('HumanResourcesAdmin', 'Admin') THEN number(days) END AS days
  FROM {tables}.absence WHERE NOT deleted;
CREATE VIEW invoice AS
  SELECT id, number, customer_id, project_id, day(date) AS date, number(amount) AS amount, paid
  FROM {tables}.invoice
  WHERE NOT deleted AND (manages(project_id) OR has_role('BillingAdmin', 'ProjectController', 'Admin'));
CREATE VIEW weekly_hours AS
  SELECT user_id, day(valid_from) AS valid_from,
         ARRAY[number(monday), number(tuesday), number(wednesday), number(thursday), number(friday), number(saturday), number(sunday)] AS hours
  FROM {tables}.weekly_hours
  WHERE NOT deleted AND (user_id = me() OR leads(user_id) OR has_role('ProjectController', 'HumanResourcesAdmin', 'Admin'));

-- A timer that runs has neither duration nor hours.
CREATE VIEW timesheet AS
  SELECT t.id, t.user_id, instant(t."begin") AS begin, instant(t."end") AS finish, t.utc_offset, day(t.date) AS date,
         instant(t."end") - instant(t."begin") AS duration, hours(instant(t."end") - instant(t."begin")) AS hours,
         t.description, t.project_id, t.task_id, t.invoice_id, t.weight_id, t.billable, t.home_office, t.duration_only,
         number(t.journey_km) AS journey_km, instant(t.created) AS created,
         CASE WHEN t.billable
              THEN round(hours(instant(t."end") - instant(t."begin")) *
                         coalesce(number(t.hourly_rate_billed), number(t.hourly_rate), k.hourly_rate, p.hourly_rate, c.hourly_rate, 0), 6)
              ELSE 0 END AS revenue
  FROM {tables}.timesheet t
  LEFT JOIN task k ON k.id = t.task_id
  LEFT JOIN project p ON p.id = t.project_id
  LEFT JOIN customer c ON c.id = p.customer_id
  WHERE NOT t.deleted AND (t.user_id = me() OR manages(t.project_id) OR leads(t.user_id)
                           OR has_role('ProjectController', 'BillingAdmin', 'HumanResourcesAdmin', 'Admin'));

-- Signals are on the device alone; the test copies them.
CREATE TABLE activity (begin timestamptz, finish timestamptz, date date, state text COLLATE "C");
CREATE TABLE active_window (begin timestamptz, finish timestamptz, date date, program text COLLATE "C", title text COLLATE "C");

-- Day by day: the hours of the weekday in the week that is valid on the day, less as much for each holiday of the person's country.
CREATE FUNCTION planned(who uuid, first date, last date) RETURNS numeric STABLE LANGUAGE sql AS $$
  SELECT {here}.total(w.hours[extract(isodow FROM d)] *
                      (1 - (SELECT count(*) FROM {here}.holiday h JOIN {here}.person u ON u.country = h.country
                            WHERE u.id = who AND h.date = d::date)))
  FROM generate_series(first, last, INTERVAL '1 day') d
  JOIN {here}.weekly_hours w ON w.user_id = who
    AND w.valid_from = (SELECT max(v.valid_from) FROM {here}.weekly_hours v WHERE v.user_id = who AND v.valid_from <= d::date) $$;
CREATE FUNCTION days(first date, last date) RETURNS TABLE (day date) STABLE LANGUAGE sql
  AS $$ SELECT d::date FROM generate_series(first, last, INTERVAL '1 day') d $$;
-- What two stretches of time share; a missing end is now.
CREATE FUNCTION shared(a tstzrange, b tstzrange) RETURNS interval IMMUTABLE LANGUAGE sql
  AS $$ SELECT CASE WHEN isempty(a * b) THEN INTERVAL '0' ELSE upper(a * b) - lower(a * b) END $$;
-- Nulls and accents do not matter to a search.
CREATE FUNCTION plain(words text) RETURNS text IMMUTABLE LANGUAGE sql
  AS $$ SELECT replace(translate(lower(words), 'ÄÖÜÉÁäöüéèàá', 'aoueaaoueeaa'), 'ß', 'ss') COLLATE "C" $$;
