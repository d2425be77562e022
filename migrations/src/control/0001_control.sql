-- Instants are microseconds since 1970-01-01 UTC. Names are compared in lower case: name_key is the lower-case name.

CREATE TABLE control.database (
  id uuid PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  -- Address of the definition and of the traffic login. None: the database that the server was started with.
  definition_address text,
  traffic_address text,
  tenants_max integer NOT NULL,
  created bigint NOT NULL
);

CREATE TABLE control.tenant (
  id uuid PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL UNIQUE,
  created bigint NOT NULL
);

-- Where a tenant's rows are. A stale epoch writes nothing.
CREATE TABLE control.placement (
  tenant uuid PRIMARY KEY REFERENCES control.tenant (id),
  database uuid NOT NULL REFERENCES control.database (id),
  schema text COLLATE "C" NOT NULL UNIQUE,
  write_role text COLLATE "C" NOT NULL,
  read_role text COLLATE "C" NOT NULL,
  epoch bigint NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('creating', 'active', 'fenced', 'retired')),
  changed bigint NOT NULL
);

-- Who may sign in. Without a login key: invited, and the invitation was not taken up yet.
CREATE TABLE control.account (
  tenant uuid NOT NULL REFERENCES control.tenant (id),
  "user" uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  auth_version integer NOT NULL DEFAULT 1,
  login_key bytea CHECK (octet_length(login_key) = 32),
  salt bytea CHECK (octet_length(salt) = 16),
  kdf_memory_kib integer,
  kdf_passes integer,
  kdf_lanes integer,
  disabled boolean NOT NULL DEFAULT false,
  created bigint NOT NULL,
  PRIMARY KEY (tenant, "user"),
  UNIQUE (tenant, name_key)
);

CREATE TABLE control.invitation (
  code_hash bytea PRIMARY KEY,
  tenant uuid NOT NULL,
  "user" uuid NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  used bigint,
  FOREIGN KEY (tenant, "user") REFERENCES control.account (tenant, "user") ON DELETE CASCADE
);

-- Given to known and unknown names alike, so there is no reference to an account.
CREATE TABLE control.challenge (
  nonce bytea PRIMARY KEY,
  tenant_key text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  expires bigint NOT NULL,
  used bigint
);
CREATE INDEX challenge_expires ON control.challenge (expires);

-- Attempts to sign in within a window of time, by account or by network.
CREATE TABLE control.attempt (
  scope text COLLATE "C" NOT NULL CHECK (scope IN ('account', 'network')),
  subject text COLLATE "C" NOT NULL,
  window_start bigint NOT NULL,
  attempts integer NOT NULL,
  PRIMARY KEY (scope, subject, window_start)
);
CREATE INDEX attempt_window ON control.attempt (window_start);

CREATE TABLE control.device (
  tenant uuid NOT NULL,
  id uuid NOT NULL,
  "user" uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  session_key bytea NOT NULL CHECK (octet_length(session_key) = 32),
  recorder_key bytea CHECK (octet_length(recorder_key) = 32),
  created bigint NOT NULL,
  last_seen bigint NOT NULL,
  retired bigint,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, "user") REFERENCES control.account (tenant, "user") ON DELETE CASCADE
);
CREATE INDEX device_of_user ON control.device (tenant, "user");

CREATE TABLE control.session (
  token_hash bytea PRIMARY KEY,
  tenant uuid NOT NULL,
  "user" uuid NOT NULL,
  device uuid NOT NULL,
  created bigint NOT NULL,
  last_used bigint NOT NULL,
  expires bigint NOT NULL,
  revoked bigint,
  FOREIGN KEY (tenant, "user") REFERENCES control.account (tenant, "user") ON DELETE CASCADE,
  FOREIGN KEY (tenant, device) REFERENCES control.device (tenant, id) ON DELETE CASCADE
);
CREATE INDEX session_of_user ON control.session (tenant, "user");
CREATE INDEX session_expires ON control.session (expires);

-- Sealed bytes that the server cannot open; number is compared and set. slots and devices are the wire's JSON.
CREATE TABLE control.vault (
  tenant uuid NOT NULL,
  "user" uuid NOT NULL,
  number bigint NOT NULL,
  slots text NOT NULL,
  directory text NOT NULL,
  devices text NOT NULL,
  changed bigint NOT NULL,
  PRIMARY KEY (tenant, "user"),
  FOREIGN KEY (tenant, "user") REFERENCES control.account (tenant, "user") ON DELETE CASCADE
);

-- What administrators did. detail holds names and counts, never a secret or a row's content.
CREATE TABLE control.audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  actor text NOT NULL,
  action text COLLATE "C" NOT NULL,
  tenant uuid,
  detail text NOT NULL
);
CREATE INDEX audit_tenant ON control.audit (tenant, id);
