//! Streams with damaged bytes: nothing is found that was not sent, and nothing is found twice.

use migration_events_recovery::{Damage, Found, damaged};

#[test]
fn damaged_streams_hold_no_made_up_events() {
    let mut found = Found::default();
    for seed in 0..12 {
        found += damaged(seed, 300);
    }
    assert_eq!((found.made, found.doubled, found.unexplained), (0, 0, 0), "{found:?}");
    assert_eq!((found.sent, found.damaged), (3_600, 279));
    // Events after those that are cut off before their payload, or after a value.
    let lost: u64 = found.lost.values().sum();
    assert!(lost <= 3 && found.lost.keys().all(|damage| *damage == Damage::Cut), "{found:?}");
}
