//! The comparison itself: what it compares with, and that it can fail.

use std::collections::BTreeSet;

use migration_events::Rejection;
use migration_events_differential::compare::check_with;
use migration_events_differential::contracts::{Accepted, Decode};
use migration_events_differential::mutate::Mutation;
use migration_events_differential::{
    CONTRACTS, Case, DISAGREEMENTS, Dice, check, contracts, generate,
};

#[test]
fn every_disagreement_has_an_example_that_fails_without_it_and_agrees_with_it() {
    for disagreement in DISAGREEMENTS {
        let name = disagreement.name;
        let (contract, message) = (disagreement.example)();
        let contract = contracts::named(contract).unwrap();
        let outcome =
            check(contract, &message).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        assert!(outcome.disagreements.contains(name), "{name} does not recognise its example");
        let others: Vec<_> = DISAGREEMENTS.iter().filter(|other| other.name != name).collect();
        assert!(check_with(contract, &message, &others).is_err(), "{name} makes no difference");
    }
}

#[test]
fn disagreements_have_names_of_their_own() {
    let names: BTreeSet<_> = DISAGREEMENTS.iter().map(|disagreement| disagreement.name).collect();
    assert_eq!(names.len(), DISAGREEMENTS.len());
}

#[test]
fn no_disagreement_is_about_a_plain_message() {
    for (name, sample) in [
        (
            "customer_incoming",
            &include_bytes!("../../../../schemas/pismo/samples/customer_incoming-1.json")[..],
        ),
        (
            "customer_outgoing",
            include_bytes!("../../../../schemas/pismo/samples/customer_outgoing-1.json"),
        ),
        (
            "accrual_incoming",
            include_bytes!("../../../../schemas/pismo/samples/accrual_incoming-1.json"),
        ),
        (
            "recurring_charge_plan_incoming",
            include_bytes!(
                "../../../../schemas/pismo/samples/recurring_charge_plan_incoming-1.json"
            ),
        ),
        (
            "CustomerCreated",
            include_bytes!("../../../../schemas/specsavers/samples/customer_created.json"),
        ),
    ] {
        let outcome = check(contracts::named(name).unwrap(), sample).unwrap();
        assert!(outcome.patched && outcome.disagreements.is_empty(), "{name}: {outcome:?}");
        // The published sample of the plan is what its deviation is for.
        assert_eq!(outcome.published, name != "recurring_charge_plan_incoming");
    }
}

#[test]
fn generated_documents_follow_the_contract() {
    for contract in CONTRACTS.iter() {
        for seed in 0..2_000 {
            let mut dice = Dice::seeded(seed);
            let message = generate::document(&contract.published.schema, &mut dice).to_text();
            let outcome = check(contract, message.as_bytes()).unwrap();
            assert!(outcome.published, "{}: {message}", contract.name);
            assert!(outcome.disagreements.is_empty(), "{}: {message}", contract.name);
        }
    }
}

#[test]
fn the_same_number_is_the_same_case() {
    let contract = contracts::named("CustomerCreated").unwrap();
    let case = |seed, number| Case::numbered(contract, seed, number);
    assert_eq!(case(3, 5), case(3, 5));
    assert_eq!(case(3, 5).message(contract), case(3, 5).message(contract));
    assert_ne!(case(3, 5), case(3, 6));
    assert_ne!(case(3, 5), case(4, 5));
    assert_ne!(case(3, 5), Case::numbered(contracts::named("OtpCode").unwrap(), 3, 5));
}

#[test]
fn every_mutation_changes_documents() {
    // They have all that there is to mutate, dates and UUIDs among it.
    for name in ["accrual_incoming", "recurring_charge_plan_incoming"] {
        let contract = contracts::named(name).unwrap();
        for mutation in Mutation::ALL {
            let changes = |seed| {
                let mut dice = Dice::seeded(seed);
                let before = generate::document(&contract.patched.schema, &mut dice);
                let mut after = before.clone();
                mutation.apply(&mut after, &contract.words, &mut dice);
                before != after
            };
            assert!((0..200).any(changes), "{}: {mutation:?}", contract.name);
        }
    }
}

#[test]
fn decoders_that_break_a_promise_are_found_out() {
    const VALID: &str = r#"{"code":"c","message":"m","status":"FAIL",
        "migration":{"id":"i","account_id":"a","version_date":"2021-08-11T11:25:00.000Z"}}"#;
    fn real(message: &[u8]) -> Result<Accepted, Rejection> {
        (contracts::named("customer_outgoing").unwrap().patched.decode)(message)
    }
    fn sloppy(message: &[u8], with: &str) -> Result<Accepted, Rejection> {
        real(message).map(|accepted| Accepted { text: with.to_owned(), ..accepted })
    }
    let broken = VALID.replace("FAIL", "FAILED");
    let cases: &[(&str, Decode, &str)] = &[
        (VALID, |_| real(b"{}"), "finds"),
        (VALID, |_| real(b"{"), "finds"),
        (VALID, |_| panic!(), "panic"),
        (VALID, |message| sloppy(message, "{}"), "writes something else"),
        (VALID, |message| sloppy(message, "{"), "writes no JSON"),
        (&broken, |_| real(VALID.as_bytes()), "accepts in spite of"),
        (&broken, |_| real(b"{}"), "does not find"),
        ("{", |_| real(VALID.as_bytes()), "accepts what is no JSON"),
        ("{", |_| real(b"{}"), "finds"),
        (r#"{"code":"c4n4ry"}"#, |_| real(br#"{"c4n4ry":1}"#), "shows a value"),
    ];
    for (message, decode, what) in cases {
        let mut contract = contracts::named("customer_outgoing").unwrap().clone();
        check(&contract, message.as_bytes()).unwrap();
        contract.patched.decode = *decode;
        match check(&contract, message.as_bytes()) {
            Err(failure) => assert!(failure.what.contains(what), "{message}: {failure}"),
            Ok(_) => panic!("not found: {message}, {what}"),
        }
    }
}
