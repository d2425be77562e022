use super::Roles;
use query_lang::{Identifier, TenantSchema};

/// `{schema}`, `{write}`, `{read}`, `{traffic}` stand for validated names.
const TABLES: &[&str] = &[
    r#"CREATE SCHEMA "{schema}""#,
    // The gate: alone in its table, rewritten by each transaction, so pages keep room for the next version.
    r#"CREATE TABLE "{schema}"."sync_head" (
  "only" boolean PRIMARY KEY DEFAULT true CHECK ("only"),
  "seq" bigint NOT NULL,
  "min_seq" bigint NOT NULL,
  "history_id" uuid NOT NULL,
  "placement_epoch" bigint NOT NULL,
  "model_version" bigint NOT NULL,
  "state" text COLLATE "C" NOT NULL CHECK ("state" IN ('active', 'fenced', 'retired')),
  "move_id" uuid
) WITH (fillfactor = 10)"#,
    r#"CREATE TABLE "{schema}"."sync_log" (
  "seq" bigint PRIMARY KEY,
  "mark" uuid NOT NULL,
  "at" bigint NOT NULL,
  "by" uuid
)"#,
    r#"CREATE TABLE "{schema}"."sync_client" (
  "client" uuid PRIMARY KEY,
  "user" uuid NOT NULL,
  "last_no" bigint NOT NULL,
  "acknowledged" bigint NOT NULL,
  "seen" bigint NOT NULL
)"#,
    r#"CREATE TABLE "{schema}"."sync_outcome" (
  "client" uuid NOT NULL REFERENCES "{schema}"."sync_client" ("client") DEFERRABLE INITIALLY DEFERRED,
  "no" bigint NOT NULL,
  "content_hash" bytea NOT NULL,
  "outcome" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("client", "no")
)"#,
    r#"CREATE TABLE "{schema}"."sync_segment" (
  "user" uuid NOT NULL,
  "device" uuid NOT NULL,
  "no" bigint NOT NULL,
  "size" bigint NOT NULL,
  "sha256" text COLLATE "C" NOT NULL,
  "seq" bigint NOT NULL,
  "deleted" boolean NOT NULL DEFAULT false,
  PRIMARY KEY ("user", "device", "no")
)"#,
    r#"CREATE INDEX "sync_segment_seq" ON "{schema}"."sync_segment" ("user", "seq")"#,
    r#"CREATE TABLE "{schema}"."sync_model" (
  "version" bigint PRIMARY KEY,
  "text" text COLLATE "C" NOT NULL,
  "at" bigint NOT NULL,
  "by" uuid
)"#,
    // pg_current_xact_id is the transaction's own, above any savepoint: the gate is passed before the first of them.
    r#"CREATE FUNCTION "{schema}"."sync_assert_gate"() RETURNS trigger LANGUAGE plpgsql AS $gate$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "{schema}"."sync_head" AS h
    WHERE h."seq" = NEW."seq" AND h.xmin = pg_catalog.pg_current_xact_id()::pg_catalog.xid
  ) THEN
    RAISE EXCEPTION 'a row was written past the gate' USING ERRCODE = 'DB001';
  END IF;
  RETURN NULL;
END
$gate$"#,
    r#"CREATE CONSTRAINT TRIGGER "sync_gate" AFTER INSERT OR UPDATE ON "{schema}"."sync_segment" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "{schema}"."sync_assert_gate"()"#,
    r#"CREATE CONSTRAINT TRIGGER "sync_gate" AFTER INSERT ON "{schema}"."sync_log" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "{schema}"."sync_assert_gate"()"#,
];

const ROLES: &[&str] = &[
    r#"DO $roles$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = '{write}') THEN
    CREATE ROLE "{write}" NOLOGIN NOINHERIT;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = '{read}') THEN
    CREATE ROLE "{read}" NOLOGIN NOINHERIT;
  END IF;
END
$roles$"#,
    r#"GRANT "{write}", "{read}" TO "{traffic}""#,
    r#"GRANT USAGE ON SCHEMA "{schema}" TO "{write}", "{read}""#,
    r#"GRANT SELECT, UPDATE ("seq") ON "{schema}"."sync_head" TO "{write}""#,
    r#"GRANT SELECT, INSERT ON "{schema}"."sync_log" TO "{write}""#,
    r#"GRANT SELECT, INSERT, UPDATE ON "{schema}"."sync_client", "{schema}"."sync_segment" TO "{write}""#,
    r#"GRANT SELECT, INSERT, DELETE ON "{schema}"."sync_outcome" TO "{write}""#,
    r#"GRANT SELECT ON "{schema}"."sync_model" TO "{write}""#,
    r#"GRANT SELECT ON "{schema}"."sync_head", "{schema}"."sync_log", "{schema}"."sync_client", "{schema}"."sync_outcome", "{schema}"."sync_segment", "{schema}"."sync_model" TO "{read}""#,
];

/// The schema with its system tables, the tenant's roles and their rights. The first row of `sync_head` is the
/// caller's. `traffic` is the login that may take the roles on. One transaction; after [`super::database_setup`].
pub fn create(schema: &TenantSchema, traffic: &Identifier) -> Vec<String> {
    TABLES.iter().chain(ROLES).map(|statement| filled(statement, schema, traffic)).collect()
}

/// The schema with everything in it. Undoes a creation that failed half-way, too.
pub fn drop(schema: &TenantSchema) -> Vec<String> {
    vec![format!("DROP SCHEMA IF EXISTS \"{}\" CASCADE", schema.as_str())]
}

/// The roles, when no database of the cluster has the tenant's schema any more.
pub fn drop_roles(schema: &TenantSchema) -> Vec<String> {
    let Roles { write, read } = Roles::of(schema);
    vec![format!("DROP ROLE IF EXISTS \"{write}\""), format!("DROP ROLE IF EXISTS \"{read}\"")]
}

fn filled(statement: &str, schema: &TenantSchema, traffic: &Identifier) -> String {
    let Roles { write, read } = Roles::of(schema);
    statement
        .replace("{schema}", schema.as_str())
        .replace("{write}", write.as_str())
        .replace("{read}", read.as_str())
        .replace("{traffic}", traffic.as_str())
}
