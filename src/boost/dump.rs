//! Topic dumps of the kafka-avro-cli kind.

use super::AccountMigrationEvent;
use crate::json::{Decode, Encode, Map, ObjectWriter, RawJson, Reader, Stop};
use crate::{Event, Rejection};
use std::collections::BTreeMap;

/// A dump of a topic: an object keyed by partition, `"0"`, `"1"`, … up to the first gap.
///
/// Messages stay text until [`messages`](Self::messages) decodes them, so a broken one affects no other.
///
/// ```
/// use migration_events::boost::{Dump, MigrationStep};
///
/// let dump = Dump::from_json(include_bytes!("../../schemas/boost/samples/kafka_dump.json"))?;
/// for message in dump.messages() {
///     match message.event {
///         Ok(event) => assert!(matches!(event.event, MigrationStep::Completed(_))),
///         Err(rejection) => eprintln!("{}/{}: {rejection}", message.partition, message.index),
///     }
/// }
/// # Ok::<(), migration_events::boost::DumpError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dump {
    /// The partitions, numbered from 0 without a gap.
    pub partitions: Vec<Partition>,
    /// Members that are not partitions: those after a gap, and those whose key is not a number.
    pub extra: Map<RawJson>,
}

/// Events of one partition of a dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// The writer's schema.
    pub schema: RawJson,
    /// The topic.
    pub topic: String,
    /// The partition's number.
    pub partition: i64,
    /// The key by which messages were selected, or null.
    pub key: RawJson,
    /// The messages in the Avro JSON encoding.
    pub messages: Vec<RawJson>,
    /// Further members.
    pub extra: Map<RawJson>,
}

/// A message of a dump, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Number of the partition.
    pub partition: i64,
    /// Place in the partition, from 0.
    pub index: usize,
    /// The event, or why it was rejected.
    pub event: Result<AccountMigrationEvent, Rejection>,
}

/// Text that is not a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a topic dump (byte {offset})")]
#[non_exhaustive]
pub struct DumpError {
    /// Where the text stops being a dump, in bytes.
    pub offset: usize,
}

impl Dump {
    /// Reads a dump; its messages are decoded by [`Dump::messages`].
    ///
    /// # Errors
    /// The text is not JSON, or has no partition `"0"`, or a partition lacks one of `schema`,
    /// `topic`, `partition`, `key` and `messages`.
    pub fn from_json(text: &[u8]) -> Result<Self, DumpError> {
        let text =
            std::str::from_utf8(text).map_err(|error| DumpError { offset: error.valid_up_to() })?;
        let mut reader = Reader::new(text);
        let dump = Self::decode(&mut reader).and_then(|dump| reader.end().map(|()| dump));
        match dump {
            Ok(dump) if !dump.partitions.is_empty() => Ok(dump),
            _ => Err(DumpError { offset: reader.position() }),
        }
    }

    /// Every message of every partition, decoded one by one.
    pub fn messages(&self) -> impl Iterator<Item = Message> {
        self.partitions.iter().flat_map(|partition| {
            partition.messages.iter().enumerate().map(|(index, message)| Message {
                partition: partition.partition,
                index,
                event: AccountMigrationEvent::from_json(message.as_str().as_bytes()),
            })
        })
    }

    /// The dump as JSON, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.encode(&mut out);
        out
    }
}

impl Decode for Dump {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut numbered = BTreeMap::new();
        let mut dump = Self::default();
        for (key, value) in Map::<RawJson>::decode(reader)? {
            match key.parse::<usize>() {
                Ok(number) if number.to_string() == key => drop(numbered.insert(number, value)),
                _ => drop(dump.extra.insert(key, value)),
            }
        }
        for (number, value) in numbered {
            if number == dump.partitions.len() {
                dump.partitions.push(value.read().map_err(|_| Stop::Mismatch)?);
            } else {
                dump.extra.insert(number.to_string(), value);
            }
        }
        Ok(dump)
    }
}

impl Encode for Dump {
    fn encode(&self, out: &mut String) {
        let mut object = ObjectWriter::new(out);
        for (number, partition) in self.partitions.iter().enumerate() {
            object.entry(&number.to_string(), partition);
        }
        for (key, value) in &self.extra {
            object.entry(key, value);
        }
        object.end();
    }
}

impl Decode for Partition {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut members: Map<RawJson> = Map::decode(reader)?;
        Ok(Self {
            schema: member(&mut members, "schema")?,
            topic: member(&mut members, "topic")?,
            partition: member(&mut members, "partition")?,
            key: member(&mut members, "key")?,
            messages: member(&mut members, "messages")?,
            extra: members,
        })
    }
}

fn member<T: Decode>(members: &mut Map<RawJson>, name: &str) -> Result<T, Stop> {
    let member = members.remove(name).ok_or(Stop::Mismatch)?;
    member.read().map_err(|_| Stop::Mismatch)
}

impl Encode for Partition {
    fn encode(&self, out: &mut String) {
        let mut object = ObjectWriter::new(out);
        object.member("\"schema\":", &self.schema);
        object.member("\"topic\":", &self.topic);
        object.member("\"partition\":", &self.partition);
        object.member("\"key\":", &self.key);
        object.member("\"messages\":", &self.messages);
        for (key, value) in &self.extra {
            object.entry(key, value);
        }
        object.end();
    }
}
