mod conditions;
mod documents;
mod editor;
mod isolation;
mod limits;
mod model;
mod signals;

use query_lang::{Compiled, Diagnostic, Target, TenantSchema, compile};

fn sqlite(text: &str) -> Result<Compiled, Vec<Diagnostic>> {
    compile(text, &model::catalogue(), &Target::Sqlite)
}

fn postgres(text: &str) -> Result<Compiled, Vec<Diagnostic>> {
    compile(text, &model::catalogue(), &acme())
}

fn acme() -> Target {
    Target::Postgres(TenantSchema::new("t_acme").expect("a tenant's schema"))
}
