-- What the home knows of itself: whose it is, client, cursor, switches. Values are JSON.
CREATE TABLE main.home_setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Changes that the server has not settled, as they travel (JSON of the wire). Those with one group_no were one local
-- transaction.
CREATE TABLE main.home_outbox (
  no INTEGER NOT NULL PRIMARY KEY,
  group_no INTEGER NOT NULL,
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  mutation TEXT NOT NULL
) STRICT;
CREATE INDEX main.home_outbox_row ON home_outbox (entity, id, no);

-- Local transactions that the server took over, kept to be offered again to a server that was restored.
CREATE TABLE main.home_acknowledged (
  no INTEGER NOT NULL PRIMARY KEY,
  answered INTEGER NOT NULL,
  mutations TEXT NOT NULL
) STRICT;
CREATE INDEX main.home_acknowledged_answered ON home_acknowledged (answered);

-- Local transactions that were not applied, with the person's values: [{mutation, outcome}].
CREATE TABLE main.home_inbox (
  no INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  answered INTEGER NOT NULL,
  refusals TEXT NOT NULL
) STRICT;

-- The rows that the inbox speaks of, for the mark beside them.
CREATE TABLE main.home_inbox_row (
  no INTEGER NOT NULL,
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (entity, id, no)
) STRICT, WITHOUT ROWID;

-- The server's version of each row that has unsettled changes. version is JSON; null: the server has no such row, or
-- the person may not see it.
CREATE TABLE main.home_shadow (
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  version TEXT,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;

-- Pages of a running pull, published with the last one. version null: the row left the person's sight.
CREATE TABLE main.home_staged (
  entity TEXT NOT NULL,
  id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  version TEXT,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;

-- All ids of an entity that are visible now, 16 bytes each.
CREATE TABLE main.home_visible (
  entity TEXT NOT NULL PRIMARY KEY,
  ids BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What can be undone, newest last, as JSON: each row of a local transaction before and after, or an entry of the inbox
-- that was let go.
CREATE TABLE main.home_journal (
  no INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  taken TEXT NOT NULL,
  undone INTEGER NOT NULL
) STRICT;
CREATE INDEX main.home_journal_open ON home_journal (no) WHERE undone = 0;

-- Segments of the person's devices, sealed. A number's bytes never change once they are here. hour: hours since
-- 1970-01-01 UTC; null: not known before the bytes are here.
CREATE TABLE main.home_segment (
  device BLOB NOT NULL,
  no INTEGER NOT NULL,
  hour INTEGER,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB,
  sent INTEGER NOT NULL,
  PRIMARY KEY (device, no)
) STRICT;
CREATE INDEX main.home_segment_hour ON home_segment (hour);
CREATE INDEX main.home_segment_missing ON home_segment (device, no) WHERE bytes IS NULL;
CREATE INDEX main.home_segment_unsent ON home_segment (device, no) WHERE sent = 0;

-- Sealed keys of hours that are no segment yet: an hour has several when its recorder was started again.
CREATE TABLE main.home_hour (
  no INTEGER NOT NULL PRIMARY KEY,
  hour INTEGER NOT NULL,
  sealed_key BLOB NOT NULL
) STRICT;

-- Their sealed records; position counts from 0 under each key.
CREATE TABLE main.home_record (
  hour_no INTEGER NOT NULL,
  position INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (hour_no, position)
) STRICT, WITHOUT ROWID;

-- The company's model as the server gave it; the tables of the entities were made from it.
CREATE TABLE main.home_model (
  version INTEGER NOT NULL PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;
