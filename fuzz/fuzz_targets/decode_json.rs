//! Any bytes as a message: the product and the oracle agree. The first byte chooses the contract.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events_differential::{CONTRACTS, check};

fuzz_target!(|input: &[u8]| {
    let Some((first, message)) = input.split_first() else { return };
    let contract = &CONTRACTS[usize::from(*first) % CONTRACTS.len()];
    if let Err(failure) = check(contract, message) {
        panic!("{failure}");
    }
});
