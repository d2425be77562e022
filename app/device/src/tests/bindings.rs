//! The screens' types are written from the device's. `UPDATE_BINDINGS=1 cargo test -p device` writes the file anew.

use crate::view::*;
use crate::{DeviceError, ErrorCode, Problem, ProblemFix, ProblemLabel};
use ts_rs::{Config, TS};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/backend/bindings.ts");

fn bindings() -> String {
    let config = Config::default();
    macro_rules! declare {
        ($($type:ty),+ $(,)?) => {
            vec![$(format!("export {}", <$type as TS>::decl(&config))),+]
        };
    }
    let types = declare![
        Account,
        Named,
        TimesheetEntry,
        Day,
        Week,
        Warning,
        Saved,
        Undone,
        SignedIn,
        Ability,
        Desktop,
        RecordingState,
        ProgramPreview,
        FoundDevice,
        FoundVault,
        MassDeletion,
        SyncState,
        Status,
        Opening,
        SyncReport,
        InboxProperty,
        InboxChange,
        InboxEntry,
        PropertyKind,
        PropertyView,
        EntityView,
        ListRow,
        ListView,
        PutRow,
        QueryColumn,
        QueryResult,
        SavedQuery,
        PlanWork,
        PlanStep,
        QueryPlan,
        SignalStretch,
        ProblemLabel,
        ProblemFix,
        Problem,
        AskedParameter,
        QueryCheck,
        Suggestion,
        Meaning,
        Word,
        ErrorCode,
        DeviceError,
    ];
    let head = "// Written by a test of the device from its own types: change them there.\n";
    let json = "export type JsonValue = null | boolean | number | string;\n";
    format!("{head}{json}{}\n", types.join("\n"))
}

#[test]
fn the_screens_types_are_those_of_the_device() {
    let fresh = bindings();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(FILE, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap();
    assert!(kept == fresh, "{FILE} is stale: run UPDATE_BINDINGS=1 cargo test -p device");
}
