//! Avro: values of logical types, the binary encoding, framings; container files and other writers' schemas with the
//! feature `avro`.

#[cfg(feature = "avro")]
pub use migration_events_avro::*;
pub use migration_events_runtime::avro::*;
