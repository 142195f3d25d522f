//! The decoders agree with the oracle, on cases that are the same everywhere.

use migration_events_differential::shrink::shrink;
use migration_events_differential::{Case, check, contracts};

/// Of each contract; the binary runs as many as one likes.
const CASES: u64 = 3_000;

fn agrees(name: &str) {
    let contract = contracts::named(name).unwrap();
    let (mut accepted, mut rejected, mut broken) = (0, 0, 0);
    for number in 0..CASES {
        let case = Case::numbered(contract, 0, number);
        match check(contract, &case.message(contract)) {
            Ok(outcome) if !outcome.json => broken += 1,
            Ok(outcome) if outcome.patched => accepted += 1,
            Ok(_) => rejected += 1,
            Err(failure) => {
                let (message, failure) = shrink(contract, case, failure);
                panic!("case {number}: {failure}\n{}", String::from_utf8_lossy(&message));
            }
        }
    }
    // A generator that only makes one kind of message would compare nothing.
    let enough = CASES / 50;
    assert!(accepted > enough && rejected > enough && broken > enough);
}

macro_rules! contracts {
    ($($test:ident: $name:literal,)*) => {
        $(#[test]
        fn $test() {
            agrees($name);
        })*

        #[test]
        fn every_contract_is_compared() {
            let tested = [$($name),*];
            for contract in contracts::CONTRACTS.iter() {
                assert!(tested.contains(&contract.name), "{}", contract.name);
            }
        }
    };
}

contracts! {
    customer_incoming_agrees: "customer_incoming",
    customer_outgoing_agrees: "customer_outgoing",
    accrual_incoming_agrees: "accrual_incoming",
    recurring_charge_plan_incoming_agrees: "recurring_charge_plan_incoming",
    customer_created_agrees: "CustomerCreated",
    customer_updated_agrees: "CustomerUpdated",
    customer_wallet_updated_agrees: "CustomerWalletUpdated",
    password_reset_agrees: "PasswordReset",
    otp_code_agrees: "OtpCode",
}
