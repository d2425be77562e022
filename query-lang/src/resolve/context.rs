/// Where a text stands; the same grammar means the same in each, but not everything is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// A person's query: everything.
    Query,
    /// Over `Current`; queries, but no signals.
    Calculated,
    /// Over `Current`; queries, but no signals.
    Rule,
    /// Over `Current` and `CurrentUser`; no signals and no clock, because a device must find the same rows tomorrow.
    Permission,
}

impl Context {
    pub(crate) fn allows_signals(self) -> bool {
        self == Context::Query
    }

    pub(crate) fn allows_clock(self) -> bool {
        self != Context::Permission
    }

    /// May it name views and sets that people saved? A text of the model knows the model's own only.
    pub(crate) fn allows_saved(self) -> bool {
        self == Context::Query
    }

    /// May a parameter appear?
    pub(crate) fn allows_parameters(self) -> bool {
        self == Context::Query
    }
}
