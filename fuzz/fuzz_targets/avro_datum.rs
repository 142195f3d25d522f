//! Any bytes as a datum: what is decoded is written, and decoded to the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events::boost::AccountMigrationEvent;

fuzz_target!(|datum: &[u8]| {
    match AccountMigrationEvent::from_avro(datum) {
        Ok(event) => {
            let written = event.to_avro();
            // Integers may have been longer than they need to be.
            assert!(written.len() <= datum.len());
            assert_eq!(AccountMigrationEvent::from_avro(&written), Ok(event));
        }
        Err(error) => {
            assert!(error.offset() <= datum.len());
            let _ = (error.to_string(), format!("{error:?}"), error.pointer());
        }
    }
});
