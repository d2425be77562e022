//! Every limit of the wire, in one place, checked by both sides.

use serde::{Deserialize, Serialize};

/// Mutations in one group: a group is one local transaction, applied whole or not at all.
pub const GROUP_MUTATIONS_MAX: usize = 500;
/// Bytes of one group as JSON.
pub const GROUP_BYTES_MAX: usize = 1024 * 1024;
/// Groups in one push.
pub const PUSH_GROUPS_MAX: usize = 500;
/// Bytes of a request or answer body before compression.
pub const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Decompressed bytes for one compressed byte, above [`RATIO_FREE_BYTES`].
pub const RATIO_MAX: usize = 100;
/// Bodies up to this size may have any ratio.
pub const RATIO_FREE_BYTES: usize = 256 * 1024;
/// Rows and bytes of one page of a pull.
pub const PAGE_ROWS_MAX: usize = 2_000;
pub const PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Ids that one pull may ask for by name.
pub const WANT_IDS_MAX: usize = 2_000;
/// Bytes of one text value of a row.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Bytes of a query's text.
pub const QUERY_BYTES_MAX: usize = 64 * 1024;
/// Rows and milliseconds of one query on the server.
pub const QUERY_ROWS_MAX: usize = 100_000;
pub const QUERY_TIME_MS_MAX: u64 = 15_000;
/// Queries that run at once for one person, for one company, and on one node of the server.
pub const QUERIES_PER_PERSON_MAX: usize = 4;
pub const QUERIES_PER_COMPANY_MAX: usize = 16;
pub const QUERIES_PER_NODE_MAX: usize = 32;
/// Bytes of one sealed segment.
pub const SEGMENT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Segments in one answer of `segments/fetch`.
pub const SEGMENTS_PER_FETCH_MAX: usize = 64;
/// Bytes of the sealed directory, and slots of one vault.
pub const DIRECTORY_BYTES_MAX: usize = 256 * 1024;
pub const VAULT_SLOTS_MAX: usize = 16;
/// Characters of a user name, a tenant name, a device name, a code.
pub const NAME_CHARACTERS_MAX: usize = 100;
/// Days that a tombstone, history and an outcome are kept.
pub const TOMBSTONE_DAYS: u32 = 180;
/// Days that a client keeps what was acknowledged, to offer it to a restored server.
pub const ACKNOWLEDGED_DAYS: u32 = 35;
/// A pull that would delete more than both of these stops and asks.
pub const MASS_DELETE_ROWS: usize = 50;
pub const MASS_DELETE_PERCENT: usize = 20;

/// What a server tells of its limits, so that a client can refuse before it commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub group_mutations: usize,
    pub group_bytes: usize,
    pub push_groups: usize,
    pub segment_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            group_mutations: GROUP_MUTATIONS_MAX,
            group_bytes: GROUP_BYTES_MAX,
            push_groups: PUSH_GROUPS_MAX,
            segment_bytes: SEGMENT_BYTES_MAX,
        }
    }
}
