//! Streams of events: concatenated JSON, JSON lines, arrays and topic dumps, in constant memory.
//!
//! [`Events`] is an iterator over what a [`Read`](std::io::Read) gives; with the feature `async`,
//! [`AsyncEvents`] is a `Stream` over chunks of bytes; [`Splitter`] is what both are made of and does no
//! I/O. All of them tell the [`Layout`] by the first bytes, give each event with its byte offset, and go
//! on behind what is broken.
//!
//! ```
//! # #[cfg(feature = "pismo")] {
//! use migration_events::pismo::CustomerOutgoing;
//! use migration_events::stream::{Error, Events};
//!
//! # let sample = include_str!("../../../schemas/pismo/samples/customer_outgoing-1.json").trim();
//! // One behind the other; the second one breaks off.
//! let file = format!("{sample}{}{sample}", &sample[..100]);
//!
//! let (mut accepted, mut faults) = (Vec::new(), Vec::new());
//! for outcome in Events::new(file.as_bytes()).decode::<CustomerOutgoing>() {
//!     match outcome {
//!         Ok(decoded) => accepted.push((decoded.offset, decoded.event.status)),
//!         Err(Error::Fault(fault)) => faults.push(fault.offset),
//!         Err(error) => return Err(error),
//!     }
//! }
//! assert_eq!(accepted.len(), 2);
//! assert_eq!(faults, [sample.len() as u64]);
//! # }
//! # Ok::<(), migration_events::stream::Error>(())
//! ```
//!
//! # What is an event
//!
//! A JSON object by the grammar of RFC 8259, at the top of the stream, in an array, or among the
//! messages of a dump. White space between events is skipped, and in arrays commas; a byte order mark at
//! the start is, too. Anything else is reported.
//!
//! Repeated keys and the rules of the contract are checked by decoding; [`Events::decode`] does both in
//! one pass over the bytes.
//!
//! # Memory
//!
//! One event at most, up to [`Splitter::max_bytes`], and what was read at once (64 KiB). An event
//! beyond the limit is stepped over without being kept.
//!
//! # Behind a broken event
//!
//! Each broken event is reported once, with the reason and what was skipped, and the next intact one is
//! found. An intact event is never taken apart: evidence is looked for only in what is no JSON. Where an
//! object stands behind `:`, `[` or `,` of something broken, it could be a part of it or the next event;
//! then its first two keys decide: it is the next event if it begins like one that was seen before
//! ([`Splitter::example`] gives some to begin with). What follows the key `data`, `detail` or `payload`
//! is the payload of a broken envelope, and never read by itself.
//!
//! Some inputs cannot be distinguished, since the bytes are the same:
//!
//! * An event with a closing bracket too many at its end is an intact event, and a bracket between
//!   events, which is reported. If members follow the bracket, the whole of it is reported as
//!   [`Reason::ClosedEarly`]; so is an intact event before garbage that looks like a member, `,"":`.
//! * An envelope that is cut off directly before its payload, and then followed by an event without
//!   envelope, is an envelope that lacks a bracket: both are reported as one broken event.
//! * An event cut off where a value is expected, followed by one of a kind that was not seen yet, is
//!   one broken event. So is one cut off in a string behind a `:`, `[` or `,` of its text.
//! * An event with a closing bracket too many inside of an inner object, where the members that follow
//!   are members of the outer one then, is another intact event and a bracket behind it.
//! * Two events that are both broken, one directly behind the other, may be reported as one when the
//!   second one does not begin like an event.
//! * In an array or a dump, an event that is cut off inside of an array of its own goes on with the
//!   events behind it: that shows at the end, or at the limit of its size, and everything up to there is
//!   kept until then.
//!
//! # Avro
//!
//! Object container files are no texts: `ContainerEvents` (feature `avro`) gives the events of a file
//! with the same items and errors, and goes on behind broken blocks. Here such a file is one fault,
//! [`Reason::AvroContainer`]. It has no asynchronous counterpart: a block has to be there as a whole
//! before its first event is, and most are compressed, so it is work for a thread that may block.
//!
//! # gzip
//!
//! A stream that begins with `1f 8b` is decompressed (RFC 1952, any number of members) with the feature
//! `gzip`; offsets count the decompressed bytes. Without the feature it is one fault,
//! [`Reason::Compressed`].

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(feature = "async")]
mod asynchronous;
mod buffer;
#[cfg(feature = "avro")]
mod container;
mod events;
mod fault;
mod frame;
mod grammar;
mod heads;
mod inflate;
mod lost;
mod place;
mod splitter;
#[cfg(test)]
mod tests;
mod typed;

#[cfg(feature = "async")]
pub use asynchronous::{AsyncDecoded, AsyncEvents};
#[cfg(feature = "avro")]
pub use container::ContainerEvents;
pub use events::{Events, RawEvent, Taken};
pub use fault::{Error, Fault, Reason};
pub use frame::Layout;
pub use place::Place;
pub use splitter::{Piece, Splitter};
pub use typed::{Decoded, DecodedEvents};
