use uuid::Uuid;

/// Whose vault it is. Everything sealed is bound to it and opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Owner {
    pub tenant: Uuid,
    /// Id of the person's `User` row.
    pub user: Uuid,
}
