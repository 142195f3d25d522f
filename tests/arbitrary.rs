//! Every generated type yields all that its contract allows, and only that.

use migration_events::arbitrary::{messages, values};
use migration_events::avro::{Datum, from_datum, to_datum};
use migration_events::json::{Decode, Encode, Reader};
use migration_events::{Described, Event, boost, pismo, specsavers};
use migration_events_support::json;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;
use std::fmt::Debug;

/// decode(encode(x)) == x, and encode(decode(text)) == text.
fn value_round_trip<T: Described + Decode + Encode + Debug + PartialEq>() {
    let mut runner = TestRunner::new(Config::with_cases(100));
    let result = runner.run(&values::<T>(), |value| {
        let mut text = String::new();
        value.encode(&mut text);
        let (mut reader, mut again) = (Reader::new(&text), String::new());
        let decoded = T::decode(&mut reader);
        prop_assert_eq!(decoded.as_ref().ok(), Some(&value), "{}", text);
        prop_assert!(reader.end().is_ok());
        decoded.unwrap().encode(&mut again);
        prop_assert_eq!(again, text);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{}: {error}", std::any::type_name::<T>()));
}

/// A text that somebody else wrote is read and written back with nothing lost.
fn event_round_trip<T: Event + Debug>() {
    let mut runner = TestRunner::new(Config::with_cases(200));
    let result = runner.run(&messages::<T>(), |message| {
        let event = T::from_json(message.as_bytes()).unwrap();
        prop_assert_eq!(event.violations().len(), 0);
        let written = json::parse(&event.to_json());
        prop_assert!(written.is_equivalent_to(&json::parse(&message)), "{}", message);
        Ok(())
    });
    result.unwrap();
}

fn datum_round_trip<T: Described + Datum + Debug + PartialEq>() {
    let mut runner = TestRunner::new(Config::with_cases(100));
    let result = runner.run(&values::<T>(), |value| {
        let datum = to_datum(&value);
        let decoded = from_datum::<T>(&datum);
        prop_assert_eq!(decoded.as_ref().ok(), Some(&value));
        prop_assert_eq!(to_datum(&decoded.unwrap()), datum);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{}: {error}", std::any::type_name::<T>()));
}

/// A test of each type of a family; there must be as many as the family has.
macro_rules! every_type {
    ($family:ident, $test:ident: $($($module:ident)::+),* $(,)?) => {
        #[test]
        fn $test() {
            $(value_round_trip::<$family::$($module)::+>();)*
            let mirror = include_str!(concat!("golden/generated/", stringify!($family), ".rs"));
            let listed = [$(stringify!($($module)::+)),*];
            let is_type = |line: &&str| {
                let line = line.trim_start();
                line.starts_with("pub struct ") || line.starts_with("pub enum ")
            };
            assert_eq!(listed.len(), mirror.lines().filter(is_type).count());
        }
    };
}

every_type!(pismo, every_type_of_pismo:
    AccrualIncoming, Origin, AuthorizationType, AccrualType, CustomerIncoming, CustomerOutgoing, Status,
    Operation, RecurringChargePlanIncoming, RenewMethod, accrual_incoming::Entity,
    accrual_incoming::Migration, accrual_incoming::Flag, accrual_incoming::FlagText,
    accrual_incoming::Accrual, customer_incoming::Entity, customer_incoming::Migration,
    customer_incoming::Person, customer_outgoing::Migration, customer_outgoing::Entity,
    recurring_charge_plan_incoming::Entity, recurring_charge_plan_incoming::Migration,
    recurring_charge_plan_incoming::Cycles,
);

every_type!(boost, every_type_of_boost:
    AccountMigrationEvent, MigrationStep, AccountMigrationCancelledEvent, EventMetadata,
    AccountMigrationCompletedEvent, AccountMigrationRollBackInitiatedEvent,
    AccountMigrationRolledBackEvent, AccountMigrationScheduledEvent, AccountMigrationValidatedEvent,
    BalanceRetrievedMigrationEvent,
);

every_type!(specsavers, every_type_of_specsavers:
    CustomerCreated, Environment, CustomerCreatedType, CustomerCreatedData, CustomerMeta, Customer, Gender,
    MarketingPreference, ContactInfo, Actor, UserType, MigratedCustomerInfo, AftercareStore, Address,
    CompanyDetails, StoreContactInfo, Coordinates, LineOfBusiness, CustomerUpdated,
    CustomerWalletUpdated, PasswordReset, OtpCode, Envelope,
);

#[test]
fn every_event_keeps_what_others_wrote() {
    event_round_trip::<pismo::CustomerIncoming>();
    event_round_trip::<pismo::CustomerOutgoing>();
    event_round_trip::<pismo::AccrualIncoming>();
    event_round_trip::<pismo::RecurringChargePlanIncoming>();
    event_round_trip::<boost::AccountMigrationEvent>();
    event_round_trip::<specsavers::CustomerCreated>();
    event_round_trip::<specsavers::CustomerUpdated>();
    event_round_trip::<specsavers::CustomerWalletUpdated>();
    event_round_trip::<specsavers::PasswordReset>();
    event_round_trip::<specsavers::OtpCode>();
}

#[test]
fn every_avro_type_keeps_its_datum() {
    datum_round_trip::<boost::AccountMigrationEvent>();
    datum_round_trip::<boost::MigrationStep>();
    datum_round_trip::<boost::EventMetadata>();
    datum_round_trip::<boost::AccountMigrationCancelledEvent>();
    datum_round_trip::<boost::AccountMigrationCompletedEvent>();
    datum_round_trip::<boost::AccountMigrationRollBackInitiatedEvent>();
    datum_round_trip::<boost::AccountMigrationRolledBackEvent>();
    datum_round_trip::<boost::AccountMigrationScheduledEvent>();
    datum_round_trip::<boost::AccountMigrationValidatedEvent>();
    datum_round_trip::<boost::BalanceRetrievedMigrationEvent>();
}

/// `count` random events.
fn sample<T: Event + Debug>(count: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    let any = values::<T>();
    (0..count).map(|_| any.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn the_whole_space_is_covered() {
    let events = sample::<pismo::CustomerOutgoing>(300);
    for status in pismo::Status::VALUES {
        assert!(events.iter().any(|event| event.status == *status));
    }
    let operations: BTreeSet<_> =
        events.iter().map(|event| format!("{:?}", event.operation)).collect();
    assert_eq!(operations.len(), pismo::Operation::VALUES.len() + 1, "{operations:?}");
    for is_present in [true, false] {
        assert!(events.iter().any(|event| event.entity.is_some() == is_present));
        assert!(events.iter().any(|event| event.code.is_empty() == is_present));
        assert!(events.iter().any(|event| event.message.is_ascii() == is_present));
    }

    let events = sample::<pismo::AccrualIncoming>(300);
    assert!(events.iter().any(|event| !event.extra.is_empty()));
    let accruals = || events.iter().flat_map(|event| &event.entity.accruals);
    assert!(accruals().any(|accrual| accrual.amount.is_sign_negative()));
    assert!(accruals().any(|accrual| accrual.amount.scale() > 20));
    assert!(accruals().any(|accrual| accrual.amount.to_string().len() > 25));
    for r#type in pismo::AccrualType::VALUES {
        assert!(accruals().any(|accrual| accrual.r#type == *r#type));
    }
    let versions = || events.iter().map(|event| event.entity.migration.version_date.to_string());
    assert!(versions().any(|version| version.starts_with("0000-")));
    assert!(versions().any(|version| version.starts_with("9999-")));
    assert!(versions().any(|version| version.contains(":60")));
    assert!(versions().any(|version| version.ends_with('z')));

    let events = sample::<boost::AccountMigrationEvent>(300);
    let steps: BTreeSet<_> = events.iter().map(|event| event.event.step().as_str()).collect();
    assert_eq!(steps.len(), boost::Step::VALUES.len());
}

#[test]
fn a_failure_is_shrunk_to_what_matters() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let found = runner.run(&any::<pismo::AccrualIncoming>(), |event| {
        prop_assert!(event.entity.accruals.len() < 2);
        Ok(())
    });
    let Err(proptest::test_runner::TestError::Fail(_, event)) = found else { panic!("{found:?}") };
    assert_eq!(event.entity.accruals.len(), 2);
    assert!(event.extra.is_empty());

    assert!(event.entity.accruals.iter().all(|accrual| accrual.amount.is_zero()));
}
