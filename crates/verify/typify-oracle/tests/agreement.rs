//! Values and messages through both sides; nothing differs but what is listed.

use migration_events::arbitrary::{messages, values};
use migration_events::{Event, pismo, specsavers};
use migration_events_differential::Case;
use migration_events_typify_oracle::{DIFFERENCES, Difference, PAIRS, compare, named};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// Values of ours, written, read and written by typify's type; and messages in any notation.
fn round_trips<T: Event + Debug>(contract: &str) {
    let pair = named(contract);
    let check = |text: &str| {
        // Nothing would be compared of what both reject.
        prop_assert!(T::from_json(text.as_bytes()).is_ok(), "{}", text);
        match compare(pair, text.as_bytes()) {
            Ok(_) => Ok(()),
            Err(difference) => Err(TestCaseError::fail(format!("{difference}\n{text}"))),
        }
    };
    TestRunner::default().run(&values::<T>(), |value| check(&value.to_json())).unwrap();
    TestRunner::default().run(&messages::<T>(), |message| check(&message)).unwrap();
}

macro_rules! round_trips {
    ($($test:ident: $event:ty as $contract:literal,)+) => {
        $(#[test]
        fn $test() {
            round_trips::<$event>($contract);
        })+

        #[test]
        fn every_contract_makes_round_trips() {
            let tested: Vec<&str> = vec![$($contract),+];
            for pair in PAIRS.iter() {
                assert!(tested.contains(&pair.contract.name), "{}", pair.contract.name);
            }
        }
    };
}

round_trips! {
    accrual_incoming: pismo::AccrualIncoming as "accrual_incoming",
    customer_incoming: pismo::CustomerIncoming as "customer_incoming",
    customer_outgoing: pismo::CustomerOutgoing as "customer_outgoing",
    recurring_charge_plan_incoming: pismo::RecurringChargePlanIncoming as "recurring_charge_plan_incoming",
    customer_created: specsavers::CustomerCreated as "CustomerCreated",
    customer_updated: specsavers::CustomerUpdated as "CustomerUpdated",
    customer_wallet_updated: specsavers::CustomerWalletUpdated as "CustomerWalletUpdated",
    password_reset: specsavers::PasswordReset as "PasswordReset",
    otp_code: specsavers::OtpCode as "OtpCode",
}

#[test]
fn mutated_messages_differ_as_listed() {
    let (mut hits, mut unlisted) = (BTreeMap::<Difference, usize>::new(), Vec::new());
    for pair in PAIRS.iter() {
        for number in 0..1000 {
            let message = Case::numbered(pair.contract, 1, number).message(pair.contract);
            match compare(pair, &message) {
                Ok(found) => found.into_iter().for_each(|it| *hits.entry(it).or_default() += 1),
                Err(difference) => {
                    let message = String::from_utf8_lossy(&message).into_owned();
                    unlisted.push(format!("{}: {difference}\n{message}", pair.contract.name));
                }
            }
        }
    }
    println!("{hits:#?}");
    assert!(unlisted.is_empty(), "{} differ:\n{}", unlisted.len(), unlisted.join("\n"));
    // Rare ones are proven by their examples alone.
    let (shown, listed) = (hits.len(), DIFFERENCES.len());
    assert!(shown * 3 >= listed * 2, "messages show {shown} of {listed} differences");
}

#[test]
fn each_example_shows_its_difference_alone() {
    let mut listed = BTreeSet::new();
    for entry in DIFFERENCES {
        assert!(!entry.reason.is_empty());
        assert!(listed.insert(entry.difference), "listed twice: {:?}", entry.difference);
        let found = compare(named(entry.contract), entry.example);
        assert_eq!(found, Ok(BTreeSet::from([entry.difference])), "{:?}", entry.difference);
    }
}
