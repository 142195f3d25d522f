//! Any bytes as a topic dump: what is read is written, and read to the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events::boost::Dump;

fuzz_target!(|text: &[u8]| {
    match Dump::from_json(text) {
        Ok(dump) => {
            let written = dump.to_json();
            let again = Dump::from_json(written.as_bytes()).expect("what was written is a dump");
            assert_eq!(again.to_json(), written);
            assert!(again.messages().eq(dump.messages()));
        }
        Err(error) => drop((error.to_string(), format!("{error:?}"))),
    }
});
