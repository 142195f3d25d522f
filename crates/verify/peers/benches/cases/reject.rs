//! Messages that are rejected, with everything named that is wrong.

use std::hint::black_box;

use migration_events::{Event, pismo, specsavers};
use migration_events_peers::peers::validator;
use serde_json::Value;

use super::{CUSTOMER_CREATED, CUSTOMER_IN, CUSTOMER_OUT, Case, plan_as_published};
use crate::workload::{ACCRUAL, accruals, repeat};

pub(super) fn add(cases: &mut Vec<Case>) {
    let three = [("4588d1ec-", "4588d1ec"), ("\"PLATFORM\"", "\"OTHER\""), ("14.7", "\"14.7\"")];
    let contract = "accrual_incoming";
    case::<pismo::AccrualIncoming>(
        cases,
        contract,
        "accrual_incoming, 3 violations",
        ACCRUAL,
        &three,
    );
    let many = accruals(1_000);
    let name = "250 of 1000 accruals";
    case::<pismo::AccrualIncoming>(cases, contract, name, &many, &three[2..]);
    case::<pismo::CustomerIncoming>(
        cases,
        "customer_incoming",
        "customer_incoming",
        CUSTOMER_IN,
        &[("\"version_date\": \"", "\"version_date\": \"on ")],
    );
    case::<pismo::CustomerOutgoing>(
        cases,
        "customer_outgoing",
        "customer_outgoing",
        CUSTOMER_OUT,
        &[("\"SUCCESS\"", "\"DONE\"")],
    );
    case::<pismo::RecurringChargePlanIncoming>(
        cases,
        "recurring_charge_plan_incoming",
        "recurring_charge_plan",
        &plan_as_published(),
        &[("\"version_date\": \"", "\"version_date\": \"on ")],
    );
    case::<specsavers::CustomerCreated>(
        cases,
        "customer_created",
        "customer_created",
        CUSTOMER_CREATED,
        &[("com.specsavers.customer.created", "com.specsavers.customer.lost")],
    );
}

/// A message in which each text is replaced wherever it stands.
fn case<E: Event + 'static>(
    cases: &mut Vec<Case>,
    contract: &'static str,
    name: &str,
    message: &str,
    replaced: &[(&str, &str)],
) {
    let broken = replaced.iter().fold(message.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{name}: {from}");
        text.replace(from, to)
    });
    let ours = E::from_json(broken.as_bytes()).err().expect("it is broken");
    let found = complaints(contract, broken.as_bytes());
    // Both name the same number of places, unless ours stops listing them.
    assert_eq!(found.len(), ours.violations().len() + ours.omitted(), "{name}: {ours}");
    let (a, b) = (broken.clone().into_bytes(), broken.into_bytes());
    cases.push(Case {
        group: "reject",
        name: name.into(),
        against: "Value + iter_errors",
        ours: repeat(move || E::from_json(black_box(&a)).err().map(|it| it.to_string())),
        peer: repeat(move || complaints(contract, black_box(&b))),
    });
}

/// Place and text of each violation.
fn complaints(contract: &str, text: &[u8]) -> Vec<(String, String)> {
    let value: Value = serde_json::from_slice(text).expect("JSON");
    validator(contract)
        .iter_errors(&value)
        .map(|error| (error.instance_path().to_string(), error.to_string()))
        .collect()
}
