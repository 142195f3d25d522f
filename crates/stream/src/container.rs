//! An iterator over the datums of an Avro object container file.

use super::{Decoded, Error};
use migration_events_avro::container::{Reader, ReaderBuilder};
use migration_events_runtime::avro::AvroContract;
use std::fmt;
use std::io::Read;
use std::iter::FusedIterator;

/// Typed events of an Avro object container file (Avro specification, “Object Container Files”), one at
/// a time, with one block in memory.
///
/// Returns the same items as [`DecodedEvents`](super::DecodedEvents) does for JSON, so that one function can
/// handle both: the offset of an event is that of its block, and `item` is its index in the block. It
/// continues after a broken block as [`avro::container`](migration_events_avro::container) describes. The
/// header is read with the first event; the file may be of another version of the schema.
///
/// There is no asynchronous counterpart: a block has to be complete before its first event can be read,
/// and most are compressed, so this is work for a thread that may block (`spawn_blocking` of tokio, with
/// a channel for the events).
///
/// ```
/// use migration_events::avro::container::Writer;
/// use migration_events::boost::{AccountMigrationEvent, Dump};
/// use migration_events::stream::{ContainerEvents, Error};
///
/// # let dump = include_bytes!("../../../schemas/boost/samples/kafka_dump.json");
/// # let event = Dump::from_json(dump).unwrap().messages().next().unwrap().event.unwrap();
/// # let mut writer = Writer::builder(Vec::new()).marker(*b"sync marker 0001").build().unwrap();
/// # for _ in 0..3 {
/// #     writer.append(&event).unwrap();
/// #     writer.flush().unwrap();
/// # }
/// # let mut file: Vec<u8> = writer.into_inner().unwrap();
/// // A file of three blocks with one event each. The length of the second block is overwritten.
/// # let blocks: Vec<usize> = (0..file.len()).filter(|at| file[..*at].ends_with(b"sync marker 0001")).collect();
/// # let second = blocks[1];
/// file[second] = 0xff;
///
/// let (mut accepted, mut broken) = (Vec::new(), Vec::new());
/// for outcome in ContainerEvents::<_, AccountMigrationEvent>::new(file.as_slice()) {
///     match outcome {
///         Ok(decoded) => accepted.push(decoded.offset),
///         Err(Error::Container(error)) => broken.push(error.offset()),
///         Err(error) => return Err(error),
///     }
/// }
/// assert_eq!(accepted.len(), 2);
/// assert_eq!(broken, [second as u64]);
/// # Ok::<(), migration_events::stream::Error>(())
/// ```
pub struct ContainerEvents<R, T> {
    state: State<R, T>,
}

enum State<R, T> {
    /// The header was not read yet.
    Before(ReaderBuilder<R, T>),
    Within(Box<Reader<R, T>>),
    Ended,
}

impl<R: Read, T: AvroContract> ContainerEvents<R, T> {
    /// The events of a file, with the limits of [`Reader::new`]. The reader needs no buffer of its own.
    #[must_use]
    pub fn new(reader: R) -> Self {
        Self::with(Reader::builder(reader))
    }

    /// The events of a file, with the limits of `builder`.
    #[must_use]
    pub fn with(builder: ReaderBuilder<R, T>) -> Self {
        Self { state: State::Before(builder) }
    }

    /// The reader of the file, which knows its header; `None` before the first event and after the last.
    #[must_use]
    pub fn reader(&self) -> Option<&Reader<R, T>> {
        match &self.state {
            State::Within(reader) => Some(reader),
            State::Before(_) | State::Ended => None,
        }
    }
}

impl<R: Read, T: AvroContract> Iterator for ContainerEvents<R, T> {
    type Item = Result<Decoded<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Before(_))
            && let State::Before(builder) = std::mem::replace(&mut self.state, State::Ended)
        {
            match builder.build() {
                Ok(reader) => self.state = State::Within(Box::new(reader)),
                Err(error) => return Some(Err(error.into())),
            }
        }
        let State::Within(reader) = &mut self.state else { return None };
        let item = match reader.next() {
            Some(Ok(event)) => {
                let position = Reader::position(reader);
                let (offset, len, item) = (position.block, position.len, Some(position.item));
                return Some(Ok(Decoded { offset, len, place: None, item, event }));
            }
            Some(Err(error)) => Some(Err(error.into())),
            None => None,
        };
        if item.is_none() {
            self.state = State::Ended;
        }
        item
    }
}

impl<R: Read, T: AvroContract> FusedIterator for ContainerEvents<R, T> {}

impl<R, T> fmt::Debug for ContainerEvents<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ContainerEvents");
        match &self.state {
            State::Within(reader) => shown.field("reader", reader).finish(),
            State::Before(_) | State::Ended => shown.finish_non_exhaustive(),
        }
    }
}
