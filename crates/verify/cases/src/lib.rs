//! A pretend user of the generator: small contracts, one for each feature of their languages.

#![deny(warnings)]
#![warn(clippy::pedantic)]

/// JSON Schema, draft-07 and 2019-09.
pub mod json {
    include!(concat!(env!("OUT_DIR"), "/json.rs"));
}

/// Avro.
pub mod avro {
    include!(concat!(env!("OUT_DIR"), "/avro.rs"));
}

/// `AsyncAPI` 3.0 and 3.1.
pub mod asyncapi {
    include!(concat!(env!("OUT_DIR"), "/asyncapi.rs"));
}

/// `OpenAPI` 3.0.
pub mod openapi {
    include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
}

/// Contracts whose types the options of the build choose.
pub mod chosen {
    include!(concat!(env!("OUT_DIR"), "/chosen.rs"));
}
