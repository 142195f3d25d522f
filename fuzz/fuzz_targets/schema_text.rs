//! Any bytes as the text of a contract: the generator refuses it, or writes Rust that can be read.
//! The first byte chooses the language: JSON (JSON Schema, or AsyncAPI by its content), Avro, YAML.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events_codegen::{Options, Source, generate};

fuzz_target!(|input: &[u8]| {
    let Some((first, text)) = input.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let file = ["contract-1.json", "contract.avsc", "contract.yaml"][usize::from(first % 3)];
    let source = Source { file: file.into(), text: text.into(), patch: None };
    match generate(&[source], &Options::new("fuzz")) {
        Ok(rust) => drop(syn::parse_file(&rust).expect("emitted text is Rust")),
        Err(error) => {
            for problem in error.problems() {
                assert!(problem.position.is_some(), "{problem}");
            }
        }
    }
});
