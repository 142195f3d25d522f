//! Outcome events of a service's own contracts: built in one expression, or not at all.

use migration_events_outcomes::{
    MeterMoved, Operation, PaymentMoved, RoofMoved, RoofOperation, Status, TariffMoved, meter_moved,
};
use migration_events_runtime::outcome::{Failure, Success};
use migration_events_runtime::{Event, Outcome};
use std::borrow::Cow;

fn migration() -> meter_moved::Migration {
    meter_moved::Migration { id: "m-1".into() }
}

fn entity() -> meter_moved::Entity {
    meter_moved::Entity { meter: 7 }
}

#[test]
fn senseless_outcomes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/outcomes/sensible.rs");
    cases.compile_fail("tests/outcomes/senseless/*.rs");
    // Together, since each set of cases compiles the dependencies.
    cases.compile_fail("tests/features/*.rs");
}

#[test]
fn every_sensible_shape_follows_the_contract() {
    let created = MeterMoved::succeeded("M-1", "moved", migration()).created(entity());
    assert_eq!(
        created.to_json(),
        r#"{"operation":"CREATION","status":"SUCCESS","code":"M-1","message":"moved","migration":{"id":"m-1"},"entity":{"meter":7}}"#
    );
    let updated = MeterMoved::succeeded("M-1", "moved", migration()).updated(entity());
    assert_eq!(updated.operation, Some(Operation::Update));
    let failed = MeterMoved::failed("M-2", "no such meter", migration());
    assert_eq!(
        failed.to_json(),
        r#"{"status":"FAIL","code":"M-2","message":"no such meter","migration":{"id":"m-1"}}"#
    );
    for outcome in [created, updated, failed] {
        outcome.check().unwrap();
        assert_eq!(MeterMoved::from_json(outcome.to_json().as_bytes()).unwrap(), outcome);
    }
}

#[test]
fn a_contract_that_does_not_say_what_came_of_it_has_outcomes_too() {
    let done = TariffMoved::succeeded("T-1", "moved", "m-1").created(());
    assert_eq!(done.status, Status::Success);
    assert_eq!(done.migration, "m-1");
    assert!(done.extra.is_empty());
    assert_eq!(TariffMoved::failed("T-2", "gone", "m-1").status, Status::Fail);
}

#[test]
fn optional_members_are_filled() {
    let done = RoofMoved::succeeded("R-1", "moved", "m-1").updated(());
    assert_eq!(
        done.to_json(),
        r#"{"message":"moved","migration":"m-1","status":"SUCCESS","operation":"MENDED"}"#
    );
    let failed = RoofMoved::failed("R-2", "gone", "m-1");
    assert_eq!(failed.operation, RoofOperation::Unknown);
    assert_eq!(failed.status, Some(Status::Fail));
    failed.check().unwrap();
}

#[derive(Debug)]
struct NoSuchMeter;

impl Failure for NoSuchMeter {
    fn code(&self) -> Cow<'_, str> {
        "M-2".into()
    }

    fn message(&self) -> Cow<'_, str> {
        "no such meter".into()
    }
}

#[test]
fn an_error_becomes_a_failed_outcome() {
    fn handle(number: &str) -> Result<Success<meter_moved::Entity>, NoSuchMeter> {
        let meter = number.parse().map_err(|_| NoSuchMeter)?;
        Ok(Success::updated("M-1", "moved", meter_moved::Entity { meter }))
    }

    let done = MeterMoved::from_result(handle("7"), migration());
    assert_eq!((done.state, done.operation), (Status::Success, Some(Operation::Update)));
    assert_eq!(done.entity, Some(entity()));
    let failed = MeterMoved::from_result(handle("seven"), migration());
    assert_eq!(failed, MeterMoved::failed("M-2", "no such meter", migration()));
    let boxed: Result<_, Box<dyn Failure>> = Err(Box::new(NoSuchMeter));
    assert_eq!(MeterMoved::from_result(boxed, migration()), failed);
}

#[test]
fn services_can_answer_any_event() {
    let at = migration_events_runtime::Timestamp::parse("2021-08-11T11:25:00.000Z").unwrap();
    let done = PaymentMoved::succeeded("P-1", "moved", "m-1").created(at);
    assert!(done.to_json().contains(r#""at":"2021-08-11T11:25:00.000Z""#));
    let failed = PaymentMoved::failed("P-2", "bounced", "m-1");
    assert!(failed.to_json().contains(r#""at":null"#));
    for outcome in [done, failed] {
        outcome.check().unwrap();
    }
}
