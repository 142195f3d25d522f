//! Any bytes as the choices of the generator and of the mutations: the product and the oracle agree.
//! The first byte chooses the contract.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events_differential::{CONTRACTS, case, check};

fuzz_target!(|input: &[u8]| {
    let Some((first, choices)) = input.split_first() else { return };
    let contract = &CONTRACTS[usize::from(*first) % CONTRACTS.len()];
    let message = case::from_bytes(contract, choices);
    if let Err(failure) = check(contract, &message) {
        panic!("{failure}\nmessage: {}", String::from_utf8_lossy(&message));
    }
});
