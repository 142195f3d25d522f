//! Any text as the schema of a writer, and any bytes after a newline as its datum. No text makes the parser
//! or the resolution panic or overflow the stack, and no datum the decoder.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events::avro::Resolution;
use migration_events::boost::AccountMigrationEvent;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (text, datum) = input.split_at(end);
    let datum = datum.get(1..).unwrap_or_default();
    let Ok(text) = str::from_utf8(text) else { return };
    match Resolution::<AccountMigrationEvent>::new(text) {
        Ok(resolution) => match resolution.decode(datum) {
            Ok(event) => {
                let written = event.to_avro();
                assert_eq!(AccountMigrationEvent::from_avro(&written), Ok(event));
            }
            Err(error) => drop((error.to_string(), format!("{error:?}"))),
        },
        Err(error) => drop((error.to_string(), format!("{error:?}"))),
    }
});
