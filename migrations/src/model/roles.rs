/// A role that rules and permissions of the standard model name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardRole {
    pub code: &'static str,
    pub name: &'static str,
}

/// Rows of `Role` that every company starts with.
pub const STANDARD_ROLES: [StandardRole; 9] = [
    StandardRole { code: "User", name: "User" },
    StandardRole { code: "ProjectManager", name: "Project manager" },
    StandardRole { code: "DepartmentLead", name: "Department lead" },
    StandardRole { code: "ProjectController", name: "Project controller" },
    StandardRole { code: "BillingAdmin", name: "Billing" },
    StandardRole { code: "HumanResourcesAdmin", name: "Human resources" },
    StandardRole { code: "BaseDataAdmin", name: "Base data" },
    StandardRole { code: "AccountAdmin", name: "Accounts" },
    StandardRole { code: "Admin", name: "Administrator" },
];
