mod conditions;
mod documents;
mod editor;
mod fuzz;
mod isolation;
mod limits;
mod linear;
mod model;
mod parameters;
mod signals;

#[path = "../../fuzz/src/drive.rs"]
mod drive;

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
