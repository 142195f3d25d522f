//! Streams of events: those of `migration-events-stream`.

pub use migration_events_stream::*;
