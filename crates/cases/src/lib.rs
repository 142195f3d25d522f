//! A pretend user of the generator: small contracts, one for each feature of their languages.

#![deny(warnings)]
#![warn(clippy::pedantic)]
#![allow(
    clippy::option_option,
    clippy::too_many_lines,
    clippy::similar_names,
    clippy::single_match_else,
    clippy::doc_markdown,
    reason = "matters of taste that generated code leaves to the contract: absent and null are \
              two things, and names and texts are the publisher's"
)]

/// JSON Schema, draft-07 and 2019-09.
pub mod json {
    include!(concat!(env!("OUT_DIR"), "/json.rs"));
}

/// Avro.
pub mod avro {
    include!(concat!(env!("OUT_DIR"), "/avro.rs"));
}

/// AsyncAPI 3.0.
pub mod asyncapi {
    include!(concat!(env!("OUT_DIR"), "/asyncapi.rs"));
}
