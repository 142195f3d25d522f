//! Any bytes as the text of a contract: the generator refuses it, or writes Rust that can be read.
//! The first byte chooses the frontend.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events_codegen::{Options, Source, generate};

fuzz_target!(|input: &[u8]| {
    let Some((first, text)) = input.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let file = if first % 2 == 0 { "contract-1.json" } else { "contract.avsc" };
    let source = Source { file: file.into(), text: text.into(), patch: None };
    if let Ok(rust) = generate(&[source], &Options::new("fuzz")) {
        syn::parse_file(&rust).expect("emitted text is Rust");
    }
});
