//! Places of events in a dump.

/// Where in a dump an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Place {
    /// Number of the partition: its member `partition` where that comes before `messages`, else the
    /// key.
    pub partition: i64,
    /// Place in the partition, from 0; a broken part counts as one message.
    pub index: usize,
}
