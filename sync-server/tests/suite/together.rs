use crate::company::Company;
use crate::device::{Device, fresh, row, text};
use crate::pushing::project;
use sync_protocol::{Cell, Mutation, Operation};
use uuid::Uuid;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What a group does to the row with this number.
#[derive(Clone, Copy)]
struct Move {
    kind: u64,
    row: usize,
}

fn moves(dice: &mut Dice) -> Vec<Move> {
    let mut rows = 0;
    let mut one = || {
        let kind = dice.throw(12);
        if kind < 3 && rows > 0 {
            return Move { kind, row: dice.throw(rows) as usize };
        }
        rows += 1;
        Move { kind: kind.max(3), row: rows as usize - 1 }
    };
    (0..40).map(|_| one()).collect()
}

fn group(device: &mut Device<'_>, one: Move, id: Uuid, project: Uuid) -> Vec<Mutation> {
    let mut booking = |name: &str, cell: Cell| {
        let mut booking = Mutation { id, ..device.booking(project, 8) };
        booking.set.insert(name.to_owned(), cell);
        booking
    };
    match one.kind {
        0 => vec![device.delete("Timesheet", id, 0)],
        1 => vec![device.describe((id, 0), "work", "more")],
        2 => vec![device.mutation(Operation::Restore, "Timesheet", (id, 0), &[], &[])],
        3 => vec![booking("End", Cell::Int(0))],
        4 => vec![booking("Project", row(fresh()))],
        5 => vec![booking("UtcOffset", Cell::Int(100_000))],
        6 => vec![booking("Location", text("Linz")), device.describe((id, 0), "work", "more")],
        _ => vec![booking("Location", Cell::Null)],
    }
}

/// Outcomes of the moves, with a group after each (if `apart`) that is never written together with others.
async fn outcomes(device: &mut Device<'_>, moves: &[Move], project: Uuid, apart: bool) -> Vec<String> {
    let ids: Vec<Uuid> = moves.iter().map(|_| fresh()).collect();
    let (mut groups, mut is_move) = (Vec::new(), Vec::new());
    for one in moves {
        let group = group(device, *one, ids[one.row], project);
        is_move.extend(group.iter().map(|_| true));
        groups.push(group);
        if apart {
            groups.push(vec![device.delete("Timesheet", fresh(), 1)]);
            is_move.push(false);
        }
    }
    let outcomes = device.push_groups(groups).await;
    outcomes.into_iter().zip(is_move).filter(|(_, is_move)| *is_move).map(|(outcome, _)| outcome).collect()
}

#[tokio::test]
async fn groups_that_are_written_together_have_the_outcomes_of_groups_written_one_by_one() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let employee = company.person("employee", &[]).await;
    let mut dice = Dice(7);
    for _ in 0..10 {
        let moves = moves(&mut dice);
        let together = outcomes(&mut Device::new(&company, employee.user), &moves, project, false).await;
        let apart = outcomes(&mut Device::new(&company, employee.user), &moves, project, true).await;
        assert_eq!(together, apart);
        assert!(together.iter().any(|outcome| outcome == "applied"));
    }
}

#[tokio::test]
async fn pushes_of_many_devices_at_once_are_all_there() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let employee = company.person("employee", &[]).await;
    let push = |device: u64| {
        let mut device = (device, Device::new(&company, employee.user));
        async move {
            for hour in 0..5 {
                let bookings: Vec<Mutation> =
                    (0..10).map(|_| device.1.booking(project, (device.0 + hour) as i64)).collect();
                assert_eq!(device.1.push(&bookings).await, ["applied"; 10]);
            }
        }
    };
    futures::future::join_all((0..6).map(push)).await;
    let told = Device::new(&company, employee.user).pull().await;
    assert_eq!(told.ids("Timesheet").len(), 300);
}
