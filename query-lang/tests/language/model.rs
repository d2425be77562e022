//! A small company's model, built by hand: what the standard model says of the entities that queries meet most.

use query_lang::Type;
use query_lang::catalogue::{
    BackReference, Catalogue, Entity, EntityAlias, EntityId, Identifier, NamedFunction, NamedQuery, Permissions,
    Property, PropertyKind, Rule, Source,
};

const ENTITIES: [(&str, &str); 13] = [
    ("User", "user"),
    ("Department", "department"),
    ("Role", "role"),
    ("RoleAssignment", "role_assignment"),
    ("Customer", "customer"),
    ("Project", "project"),
    ("Task", "task"),
    ("Timesheet", "timesheet"),
    ("Weight", "weight"),
    ("Invoice", "invoice"),
    ("Absence", "absence"),
    ("Holiday", "holiday"),
    ("Signal.Activity", "activity"),
];

/// `name: column type`, a `?` after the type: may be null, a `~`: has a fold column, `= expression`: calculated.
const PROPERTIES: &[(&str, &[&str])] = &[
    (
        "User",
        &[
            "Username username Text",
            "Firstname firstname Text?",
            "Lastname lastname Text?",
            "Name = Current.Firstname + \" \" + Current.Lastname : Text",
            "Department department_id Department?",
            "Active active Bool",
            "HourlyCost hourly_cost Decimal?",
            "Country country Text?",
            "HiredOn hired_on Date?",
            "VacationDays vacation_days Decimal?",
            "CompletedUntil completed_until Date?",
        ],
    ),
    ("Department", &["Code code Text", "Name name Text~", "Lead lead_id User?"]),
    ("Role", &["Code code Text", "Name name Text~"]),
    ("RoleAssignment", &["User user_id User", "Role role_id Role", "Active active Bool"]),
    ("Customer", &["Code code Text", "Name name Text~", "HourlyRate hourly_rate Decimal?", "Closed closed Bool"]),
    (
        "Project",
        &[
            "Customer customer_id Customer?",
            "Code code Text",
            "Name name Text~",
            "Description description Text?",
            "Manager manager_id User?",
            "Manager2 manager2_id User?",
            "StartDate start_date Date?",
            "EndDate end_date Date?",
            "BudgetHours budget_hours Decimal?",
            "HourlyRate hourly_rate Decimal?",
            "Billable billable Bool",
            "Closed closed Bool",
            "FullName = Current.Customer.Code + \".\" + Current.Code : Text",
        ],
    ),
    ("Task", &["Project project_id Project?", "Code code Text", "Name name Text~", "HourlyRate hourly_rate Decimal?"]),
    (
        "Timesheet",
        &[
            "User user_id User",
            "Begin begin_at DateTime",
            "End end_at DateTime?",
            "UtcOffset utc_offset Int",
            "DurationOnly duration_only Bool",
            "Date date Date",
            "Duration = Current.End - Current.Begin : Duration",
            "Hours = Hours(Current.Duration) : Decimal",
            "Description description Text?~",
            "Project project_id Project?",
            "Task task_id Task?",
            "HomeOffice home_office Bool",
            "JourneyKm journey_km Decimal?",
            "Billable billable Bool",
            "HourlyRate hourly_rate Decimal?",
            "HourlyRateBilled hourly_rate_billed Decimal?",
            "HourlyRateActual = Current.HourlyRateBilled ?? Current.HourlyRate ?? Current.Task.HourlyRate ?? Current.Project.HourlyRate ?? Current.Project.Customer.HourlyRate : Decimal",
            "Revenue = If(Current.Billable, Current.Hours * Current.HourlyRateActual, 0) : Decimal",
            "Invoice invoice_id Invoice?",
            "Weight weight_id Weight?",
        ],
    ),
    ("Weight", &["Name name Text", "Factor factor Decimal"]),
    (
        "Invoice",
        &[
            "Number number Text",
            "Customer customer_id Customer",
            "Date date Date",
            "Amount amount Decimal",
            "Paid paid Bool",
        ],
    ),
    (
        "Absence",
        &[
            "User user_id User",
            "Kind kind Text",
            "From from_date Date",
            "To to_date Date",
            "Days days Decimal",
            "Approved approved Bool",
        ],
    ),
    ("Holiday", &["Country country Text", "Date date Date", "Name name Text"]),
    (
        "Signal.Activity",
        &[
            "Begin begin_at DateTime",
            "End end_at DateTime",
            "Duration duration Duration",
            "Date date Date",
            "State state Text",
        ],
    ),
];

/// Entity, name, the other entity, its relation.
const BACK_REFERENCES: [(&str, &str, &str, &str); 9] = [
    ("User", "Timesheets", "Timesheet", "User"),
    ("User", "Absences", "Absence", "User"),
    ("User", "RoleAssignments", "RoleAssignment", "User"),
    ("Department", "Users", "User", "Department"),
    ("Customer", "Projects", "Project", "Customer"),
    ("Customer", "Invoices", "Invoice", "Customer"),
    ("Project", "Timesheets", "Timesheet", "Project"),
    ("Project", "Tasks", "Task", "Project"),
    ("Invoice", "Timesheets", "Timesheet", "Invoice"),
];

const ALIASES: [(&str, &str, Option<&str>); 3] = [
    ("User", "UserDetail", None),
    ("Absence", "Vacation", Some("Current.Kind = \"Vacation\"")),
    ("Task", "WorkItem", None),
];

const PROPERTY_ALIASES: [(&str, &str, &str); 3] =
    [("Timesheet", "Begin", "BeginTime"), ("Timesheet", "End", "EndTime"), ("Project", "Name", "ProjectName")];

const TIMESHEET_READ: [&str; 4] = [
    "Current.User = CurrentUser",
    "Current.Project.Manager = CurrentUser Or Current.Project.Manager2 = CurrentUser",
    "Current.User.Department.Lead = CurrentUser",
    "HasRole(\"ProjectController\") Or HasRole(\"Admin\")",
];

pub(crate) fn catalogue() -> Catalogue {
    let mut entities: Vec<Entity> = ENTITIES.iter().map(|(name, table)| entity(name, table)).collect();
    for (name, relation, target, property) in BACK_REFERENCES {
        let target = id(target);
        let property = entities[target.0 as usize].property(property).expect("a relation").0;
        let reference = BackReference { name: relation.to_owned(), entity: target, property };
        entities[id(name).0 as usize].back_references.push(reference);
    }
    let mut catalogue = Catalogue::new(1, entities);
    catalogue.sets.push(NamedQuery {
        name: "OpenProjects".to_owned(),
        saved: false,
        text: "From P In Project Where Not P.Closed Select P".to_owned(),
    });
    catalogue.views.push(NamedQuery {
        name: "Booked".to_owned(),
        saved: false,
        text: "Parameters @from As Date, @to As Date = Today() From T In Timesheet Where T.Date >= @from And T.Date <= @to Group By T.Project Into Hours = Sum(T.Hours) Select { Project, Hours }".to_owned(),
    });
    for (name, text) in [
        ("Broken", "From C In Custmer Select C.Name"),
        ("Unread", "From C In Customer Selct C.Name"),
        ("Open projects", "From P In Project Where Not P.Closed Select { P.Code }"),
    ] {
        catalogue.views.push(NamedQuery { name: name.to_owned(), saved: true, text: text.to_owned() });
    }
    catalogue.functions.push(NamedFunction {
        name: "BookedHours".to_owned(),
        parameters: vec![("user".to_owned(), "User".to_owned()), ("day".to_owned(), "Date".to_owned())],
        body: "Sum(From T In Timesheet Where T.User = user And T.Date = day Select T.Hours)".to_owned(),
    });
    catalogue
}

pub(crate) fn id(name: &str) -> EntityId {
    EntityId(ENTITIES.iter().position(|(known, _)| *known == name).expect("an entity") as u32)
}

fn entity(name: &str, table: &str) -> Entity {
    let written = PROPERTIES.iter().find(|(known, _)| *known == name).expect("its properties").1;
    let system = ["Id id Guid", "Created created DateTime", "CreatedBy created_by User"];
    let signal = name.starts_with("Signal");
    let system = system.iter().take(if signal { 1 } else { 3 });
    let properties = system.chain(written).map(|text| property(name, text)).collect();
    let aliases = ALIASES.iter().filter(|(of, ..)| *of == name);
    let aliases = aliases.map(|(_, alias, condition)| EntityAlias {
        name: (*alias).to_owned(),
        condition: condition.map(str::to_owned),
    });
    Entity {
        name: name.to_owned(),
        aliases: aliases.collect(),
        table: Identifier::new(table).expect("a physical name"),
        source: if signal { Source::Signal } else { Source::Tenant },
        properties,
        back_references: Vec::new(),
        display: if written.iter().any(|text| text.starts_with("Name")) { "Current.Name" } else { "Text(1)" }
            .to_owned(),
        permissions: permissions(name),
        rules: rules(name),
    }
}

fn permissions(name: &str) -> Permissions {
    let read = match name {
        "Timesheet" => TIMESHEET_READ.iter().map(|text| (*text).to_owned()).collect(),
        "Absence" => {
            vec!["Current.User = CurrentUser".to_owned(), "Current.User.Department.Lead = CurrentUser".to_owned()]
        }
        "Invoice" => vec!["HasRole(\"BillingAdmin\")".to_owned()],
        _ => vec!["True".to_owned()],
    };
    let own = "Current.User = CurrentUser And Current.Invoice = Null And Current.Date > (CurrentUser.CompletedUntil ?? #1900-01-01#)";
    let write = if name == "Timesheet" { vec![own.to_owned()] } else { Vec::new() };
    Permissions { read, insert: write.clone(), update: write.clone(), delete: write }
}

fn rules(name: &str) -> Vec<Rule> {
    if name != "Timesheet" {
        return Vec::new();
    }
    let rule = |code: &str, condition: &str| Rule {
        code: code.to_owned(),
        condition: condition.to_owned(),
        properties: vec!["Begin".to_owned(), "End".to_owned()],
        message: "The booking cannot be saved as it is.".to_owned(),
        warning: false,
        policy: None,
        on_change: false,
    };
    let length = "Current.End = Null Or (Current.End > Current.Begin And Current.End - Current.Begin <= 24h)";
    let overlap = "Not Exists(From T In Current.User.Timesheets Where T.Id <> Current.Id And Not T.DurationOnly And Overlaps(T.Begin, T.End, Current.Begin, Current.End))";
    let kept = "Previous = Null Or Previous.Project = Current.Project Or Previous.Hours < Current.Hours";
    vec![rule("length", length), rule("overlap", overlap), rule("kept", kept)]
}

fn property(entity: &str, text: &str) -> Property {
    let aliases = |name: &str| {
        let own = PROPERTY_ALIASES.iter().filter(|(of, known, _)| *of == entity && *known == name);
        own.map(|(_, _, alias)| (*alias).to_owned()).collect()
    };
    if let Some((name, rest)) = text.split_once(" = ") {
        let (expression, kind) = rest.rsplit_once(" : ").expect("a type");
        let kind = PropertyKind::Calculated { expression: expression.to_owned(), kind: kind_of(kind), nullable: true };
        return Property { name: name.to_owned(), aliases: aliases(name), kind, read: None };
    }
    let mut words = text.split(' ');
    let (name, column, kind) =
        (words.next().expect("name"), words.next().expect("column"), words.next().expect("type"));
    let fold = kind.ends_with('~').then(|| Identifier::new(&format!("{column}_fold")).expect("a physical name"));
    let kind = kind.trim_end_matches('~');
    let nullable = kind.ends_with('?');
    let column = Identifier::new(column).expect("a physical name");
    let kind = kind_of(kind.trim_end_matches('?'));
    let kind = PropertyKind::Stored { column, kind, nullable, bytes_max: (name != "Description").then_some(400), fold };
    let hidden = (entity, name) == ("User", "HourlyCost");
    let read = hidden.then(|| "HasRole(\"ProjectController\")".to_owned());
    Property { name: name.to_owned(), aliases: aliases(name), kind, read }
}

fn kind_of(name: &str) -> Type {
    match name {
        "Bool" => Type::Bool,
        "Int" => Type::Int,
        "Decimal" => Type::Decimal,
        "Text" => Type::Text,
        "Date" => Type::Date,
        "DateTime" => Type::DateTime,
        "Duration" => Type::Duration,
        "Guid" => Type::Guid,
        entity => Type::Ref(id(entity)),
    }
}
