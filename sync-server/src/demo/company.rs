//! Who and what is in the demo company: plain data.

/// A person with the roles that the name says.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) department: &'static str,
    pub(super) roles: &'static [&'static str],
}

pub(super) const PEOPLE: [Person; 5] = [
    Person { name: "employee", department: "DEV", roles: &["User"] },
    Person { name: "colleague", department: "DEV", roles: &["User"] },
    Person { name: "lead", department: "DEV", roles: &["User", "ProjectManager", "DepartmentLead"] },
    Person { name: "billing", department: "OFF", roles: &["User", "BillingAdmin"] },
    Person {
        name: "admin",
        department: "OFF",
        roles: &["User", "Admin", "AccountAdmin", "BaseDataAdmin", "HumanResourcesAdmin"],
    },
];

/// Who leads the departments and manages the projects.
pub(super) const LEAD: &str = "lead";

/// Code and name.
pub(super) const DEPARTMENTS: [(&str, &str); 3] = [("CON", "Consulting"), ("DEV", "Development"), ("OFF", "Office")];

pub(super) struct Customer {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) country: &'static str,
    /// Per hour.
    pub(super) rate: i64,
    pub(super) projects: &'static [Project],
}

pub(super) struct Project {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) billable: bool,
    pub(super) budget_hours: i64,
    pub(super) tasks: &'static [Task],
}

/// Code, name, and what people write who worked on it.
pub(super) struct Task(pub(super) &'static str, pub(super) &'static str, pub(super) &'static [&'static str]);

const BUILD: Task = Task(
    "DEV",
    "Development",
    &[
        "Implemented the import",
        "Fixed what the last test found",
        "New list with filters",
        "Made the search faster",
        "Upgraded libraries",
    ],
);
const DESIGN: Task = Task(
    "DSN",
    "Design",
    &[
        "Sketches for the start page",
        "Data model for the second stage",
        "Reviewed the concept",
        "Interface between the two systems",
    ],
);
const TEST: Task =
    Task("TST", "Test", &["Acceptance test", "Test cases for the release", "Checked the figures with the customer"]);
const MEETING: Task =
    Task("MTG", "Meetings", &["Weekly meeting", "Planning of the next weeks", "Workshop", "Call about open questions"]);
const SUPPORT: Task = Task(
    "SUP",
    "Support",
    &["Helped with the month-end", "Looked into slow reports", "Restored a deleted folder", "Questions by phone"],
);
const REPORT: Task =
    Task("RPT", "Reports", &["Monthly report", "New figures for the board", "Export for the accountant"]);
const ADMINISTRATION: Task =
    Task("ADM", "Administration", &["Mail and planning", "Timesheets and travel costs", "Ordered hardware"]);
const TRAINING: Task = Task("TRN", "Training", &["Course", "Read up on the new framework", "Introduced a colleague"]);

pub(super) const CUSTOMERS: [Customer; 8] = [
    Customer {
        code: "ALP",
        name: "Alpine Rail",
        country: "Austria",
        rate: 110,
        projects: &[
            Project {
                code: "TICKETS",
                name: "Ticket machines",
                billable: true,
                budget_hours: 1200,
                tasks: &[BUILD, DESIGN, TEST, MEETING],
            },
            Project {
                code: "PLAN",
                name: "Timetable planning",
                billable: true,
                budget_hours: 800,
                tasks: &[BUILD, DESIGN, MEETING],
            },
            Project { code: "ARCARE", name: "Maintenance", billable: true, budget_hours: 200, tasks: &[SUPPORT, TEST] },
        ],
    },
    Customer {
        code: "BRK",
        name: "Brook Insurance",
        country: "Germany",
        rate: 125,
        projects: &[
            Project {
                code: "CLAIMS",
                name: "Claims desk",
                billable: true,
                budget_hours: 1500,
                tasks: &[BUILD, DESIGN, TEST, MEETING, REPORT],
            },
            Project {
                code: "PORTAL",
                name: "Customer portal",
                billable: true,
                budget_hours: 900,
                tasks: &[BUILD, DESIGN, TEST],
            },
        ],
    },
    Customer {
        code: "CDR",
        name: "Cedar Furniture",
        country: "Germany",
        rate: 95,
        projects: &[
            Project {
                code: "SHOP",
                name: "Web shop",
                billable: true,
                budget_hours: 600,
                tasks: &[BUILD, DESIGN, SUPPORT],
            },
            Project {
                code: "STOCK",
                name: "Stock keeping",
                billable: true,
                budget_hours: 300,
                tasks: &[BUILD, TEST, REPORT],
            },
        ],
    },
    Customer {
        code: "DLT",
        name: "Delta Clinics",
        country: "Switzerland",
        rate: 140,
        projects: &[
            Project {
                code: "ROSTER",
                name: "Duty roster",
                billable: true,
                budget_hours: 700,
                tasks: &[BUILD, DESIGN, TEST, MEETING],
            },
            Project {
                code: "LAB",
                name: "Laboratory interface",
                billable: true,
                budget_hours: 250,
                tasks: &[BUILD, TEST],
            },
        ],
    },
    Customer {
        code: "EDG",
        name: "Edge Machines",
        country: "Austria",
        rate: 105,
        projects: &[
            Project {
                code: "SENSORS",
                name: "Sensor data",
                billable: true,
                budget_hours: 1000,
                tasks: &[BUILD, DESIGN, REPORT],
            },
            Project { code: "SPARE", name: "Spare parts", billable: true, budget_hours: 400, tasks: &[BUILD, SUPPORT] },
        ],
    },
    Customer {
        code: "FJD",
        name: "Fjord Shipping",
        country: "Norway",
        rate: 130,
        projects: &[
            Project {
                code: "FREIGHT",
                name: "Freight papers",
                billable: true,
                budget_hours: 500,
                tasks: &[BUILD, DESIGN, TEST, MEETING],
            },
            Project {
                code: "CUSTOMS",
                name: "Customs check",
                billable: true,
                budget_hours: 350,
                tasks: &[DESIGN, MEETING],
            },
        ],
    },
    Customer {
        code: "GRV",
        name: "Grove City Council",
        country: "Germany",
        rate: 90,
        projects: &[
            Project {
                code: "PERMITS",
                name: "Building permits",
                billable: true,
                budget_hours: 1100,
                tasks: &[BUILD, DESIGN, TEST, MEETING],
            },
            Project { code: "MAPS", name: "Street maps", billable: true, budget_hours: 300, tasks: &[BUILD, REPORT] },
            Project { code: "GRCARE", name: "Support contract", billable: true, budget_hours: 150, tasks: &[SUPPORT] },
        ],
    },
    Customer {
        code: "INT",
        name: "Our own company",
        country: "Austria",
        rate: 0,
        projects: &[
            Project {
                code: "OFFICE",
                name: "Office",
                billable: false,
                budget_hours: 0,
                tasks: &[ADMINISTRATION, MEETING],
            },
            Project { code: "LEARN", name: "Learning", billable: false, budget_hours: 0, tasks: &[TRAINING] },
            Project {
                code: "WEBSITE",
                name: "Our website",
                billable: false,
                budget_hours: 120,
                tasks: &[BUILD, DESIGN],
            },
            Project { code: "OFFERS", name: "Offers", billable: false, budget_hours: 0, tasks: &[DESIGN, MEETING] },
        ],
    },
];
