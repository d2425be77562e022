use super::{Out, tell, wait};
use crate::arguments::{Format, Inbox, Sync};
use crate::failure::Failure;
use crate::{answer, rows};
use device::view::{InboxChange, InboxEntry, SyncReport};
use device::{Device, SettledValue};

pub(super) fn sync(device: &Device, asked: &Sync, out: Out<'_>) -> Result<(), Failure> {
    let report = match (asked.accept_deletions, asked.keep_rows) {
        (true, _) => wait(device.sync_with_deletion())??,
        (_, true) => wait(device.sync_keeping_rows())??,
        _ => wait(device.sync())??,
    };
    if let Some(deletion) = &report.mass_deletion {
        return Err(Failure::Input(format!(
            "the server would take away {} of the {} rows here, so nothing was changed; if that is right: `daybook sync --accept-deletions`, else `daybook sync --keep-rows` offers them to the server again",
            deletion.rows, deletion.of
        )));
    }
    writeln!(out, "{}", sentence(&report))?;
    report.segments_held_up.iter().for_each(|reason| tell(reason));
    if report.refused > 0 {
        tell("the server did not take everything over: `daybook inbox` shows what, with your values");
    }
    Ok(())
}

fn sentence(report: &SyncReport) -> String {
    let mut parts = vec![format!("sent {}", report.pushed), format!("received {}", report.pulled)];
    let further = [
        (report.refused, "not taken over"),
        (report.segments_sent, "segments sent"),
        (report.segments_fetched, "segments received"),
    ];
    parts.extend(further.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    format!("synced: {}", parts.join(", "))
}

pub(super) fn inbox(device: &Device, asked: &Inbox, out: Out<'_>) -> Result<(), Failure> {
    if let Some(entry) = &asked.take_mine {
        settle(device, entry, &asked.set)?;
        writeln!(out, "your values go again with the next sync")?;
        return Ok(());
    }
    if let Some(entry) = &asked.take_theirs {
        device.take_theirs(entry)?;
        writeln!(out, "your values were let go; `daybook undo` brings them back")?;
        return Ok(());
    }
    let entries = device.inbox()?;
    if asked.shown.format != Format::Table {
        return answer::write(out, asked.shown.format, &rows::inbox(&entries));
    }
    for line in lines(&entries) {
        writeln!(out, "{}", answer::plain(&line))?;
    }
    Ok(())
}

/// Values that were typed stand in every row of the entry that has the property.
fn settle(device: &Device, entry: &str, set: &[(String, String)]) -> Result<(), Failure> {
    let found = device.inbox()?.into_iter().find(|found| found.id == *entry.trim());
    let changes = found.map(|found| found.changes).unwrap_or_default();
    let mut values = Vec::new();
    for (property, text) in set {
        let before = values.len();
        let named =
            |change: &&InboxChange| change.properties.iter().any(|known| known.name.eq_ignore_ascii_case(property));
        values.extend(changes.iter().filter(named).map(|change| SettledValue {
            row: change.row.clone(),
            property: property.clone(),
            text: text.clone(),
        }));
        if values.len() == before {
            return Err(Failure::Input(format!("no row of this entry changes {property}: look at the inbox again")));
        }
    }
    Ok(device.settle_with(entry, &values)?)
}

/// What was not taken over, why, and both sides of every value.
fn lines(entries: &[InboxEntry]) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in entries {
        lines.push(format!("{} of {}", entry.id, entry.at));
        for change in &entry.changes {
            lines.push(format!("  {} {} {}: {}", change.operation, change.entity, change.title, change.message));
            for property in &change.properties {
                let side = |value: &Option<String>| value.as_deref().unwrap_or("(nothing)").to_owned();
                lines.push(format!(
                    "    {}: mine {}, now {}",
                    property.name,
                    side(&property.mine),
                    side(&property.theirs)
                ));
            }
        }
    }
    if lines.is_empty() {
        return vec!["nothing waits for you".to_owned()];
    }
    lines.push("`daybook inbox --take-mine ID` sends yours again, `--take-theirs ID` lets them go".to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_only_what_happened() {
        let mut report = SyncReport { pushed: 2, pulled: 14, ..SyncReport::default() };
        assert_eq!(sentence(&report), "synced: sent 2, received 14");
        (report.refused, report.segments_sent) = (1, 3);
        assert_eq!(sentence(&report), "synced: sent 2, received 14, 1 not taken over, 3 segments sent");
    }
}
