use crate::failure::Failure;
use crate::storage::{Head, rows};
use query_lang::TenantSchema;
use sqlx::PgConnection;
use sync_protocol::{Cursor, ErrorCode};

/// Whether a client's cursor is a place in this tenant's history.
///
/// # Errors
/// `history_changed` when the server was restored since, `resync_required` when what changed since is no longer kept.
pub(crate) async fn check_cursor(
    connection: &mut PgConnection,
    schema: &TenantSchema,
    head: &Head,
    cursor: Option<&Cursor>,
) -> Result<(), Failure> {
    let Some(cursor) = cursor else { return Ok(()) };
    if cursor.history_id != head.history_id || cursor.seq > head.seq {
        return Err(history_changed());
    }
    if cursor.seq < head.min_seq {
        return Err(Failure::new(
            ErrorCode::ResyncRequired,
            "This device was away for so long that the changes since are no longer kept. It fetches everything anew.",
        ));
    }
    match rows::mark_at(connection, schema, cursor.seq).await? {
        Some(mark) if mark == cursor.mark => Ok(()),
        _ => Err(history_changed()),
    }
}

fn history_changed() -> Failure {
    Failure::new(
        ErrorCode::HistoryChanged,
        "The server was restored from a backup. The device compares everything and offers again what is missing.",
    )
}
