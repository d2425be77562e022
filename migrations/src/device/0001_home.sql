-- What the home knows of itself: tenant, user, client, cursor, settings. One row a key.
CREATE TABLE main.home_setting (
  key TEXT NOT NULL PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- The company's model as the server gave it; the tables of the entities were made from the newest one.
CREATE TABLE main.home_model (
  version INTEGER NOT NULL PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

-- Changes that the server has not answered. Mutations with one group_no were one local transaction.
-- set_values and was_values are JSON objects of cells by property name, as on the wire.
CREATE TABLE main.home_outbox (
  no INTEGER NOT NULL PRIMARY KEY,
  group_no INTEGER NOT NULL,
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('put', 'delete', 'restore')),
  base INTEGER NOT NULL,
  set_values TEXT NOT NULL,
  was_values TEXT NOT NULL,
  at INTEGER NOT NULL,
  model_version INTEGER NOT NULL
) STRICT;
CREATE INDEX main.home_outbox_row ON home_outbox (id);

-- Answered changes, kept to be offered again to a server that was restored. outcome is the wire's JSON.
CREATE TABLE main.home_acknowledged (
  no INTEGER NOT NULL PRIMARY KEY,
  group_no INTEGER NOT NULL,
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  op TEXT NOT NULL,
  base INTEGER NOT NULL,
  set_values TEXT NOT NULL,
  was_values TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  answered INTEGER NOT NULL
) STRICT;
CREATE INDEX main.home_acknowledged_answered ON home_acknowledged (answered);

-- What was not applied, with the person's values. state: open, or how the person settled it.
CREATE TABLE main.home_inbox (
  no INTEGER NOT NULL PRIMARY KEY,
  group_no INTEGER NOT NULL,
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  op TEXT NOT NULL,
  base INTEGER NOT NULL,
  set_values TEXT NOT NULL,
  was_values TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  answered INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'mine', 'theirs', 'edited'))
) STRICT;
CREATE INDEX main.home_inbox_row ON home_inbox (id);
CREATE INDEX main.home_inbox_open ON home_inbox (state, answered);

-- The server's version of each row that has unanswered changes: what the row becomes when they are not applied.
-- cells is a JSON object by property name; missing: the server has no such row, or the person may not see it.
CREATE TABLE main.home_shadow (
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  cells TEXT,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;

-- Pages of a running pull, published with the last one. gone: the row left the person's sight.
CREATE TABLE main.home_staging (
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  cells TEXT,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;

-- Local transactions that can be undone, newest last: the rows' cells before and after, by property name.
CREATE TABLE main.home_journal (
  no INTEGER NOT NULL PRIMARY KEY,
  group_no INTEGER NOT NULL,
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  before_cells TEXT,
  after_cells TEXT,
  at INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX main.home_journal_group ON home_journal (group_no);

-- Segments of the person's devices, sealed. A number's bytes never change once they are here.
CREATE TABLE main.home_segment (
  device BLOB NOT NULL,
  no INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  bytes BLOB,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('to_send', 'sent', 'to_fetch', 'here', 'deleted')),
  PRIMARY KEY (device, no)
) STRICT;
CREATE INDEX main.home_segment_state ON home_segment (state);
CREATE INDEX main.home_segment_hour ON home_segment (hour);

-- Sealed records of the running hour, and of a crash before they became a segment. at: microseconds UTC.
CREATE TABLE main.home_record (
  no INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX main.home_record_at ON home_record (at);
