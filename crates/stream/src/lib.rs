//! Streams of events: concatenated JSON, JSON lines, arrays and topic dumps, in constant memory.
//!
//! [`Events`] is an iterator over the events that a [`Read`](std::io::Read) yields; with the feature
//! `async`, [`AsyncEvents`] is a `Stream` of the events in chunks of bytes. Both are made of [`Splitter`],
//! which does no I/O. All three detect the [`Layout`] from the first bytes, return each event with its byte
//! offset, and continue after a broken part.
//!
//! ```
//! use migration_events::pismo::CustomerOutgoing;
//! use migration_events::stream::{Error, Events};
//!
//! # let sample = include_str!("../../../schemas/pismo/samples/customer_outgoing-1.json").trim();
//! // Three events without a separator; the second one is cut off.
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
//! # Ok::<(), migration_events::stream::Error>(())
//! ```
//!
//! # What is an event
//!
//! A JSON object by the grammar of RFC 8259, at the top of the stream, in an array, or among the
//! messages of a dump. White space between events is skipped, and so are commas in arrays and a byte order
//! mark at the start. Anything else is reported.
//!
//! Repeated keys and the rules of the contract are checked by decoding; [`Events::decode`] does both in
//! one pass over the bytes.
//!
//! # Memory
//!
//! One event at most, up to [`Splitter::max_bytes`], and the bytes of one read (64 KiB). A longer event
//! is skipped without being kept.
//!
//! # After a broken event
//!
//! Each broken event is reported once, with the reason and the number of bytes skipped, and the next intact
//! one is found. An intact event is never taken apart: only text that is not JSON is searched for the
//! beginning of an event. An object after a `:`, `[` or `,` of broken text could be a part of it or the next
//! event, and so could one that stands where one damaged byte, a comma or a colon, would make it a part. Its
//! first two keys decide: it is the next event if an earlier event began with the same ones
//! ([`Splitter::example`] adds examples in advance).
//!
//! An object after the key `data`, `detail`, `Message` or `payload` is the payload of a broken envelope, and is
//! never read by itself, whatever it begins with. That holds if one byte of the key, its quotes, its colon, the
//! white space or the bracket after it is damaged, missing or too many. A payload that was taken for an event
//! would be processed twice when the event is sent again.
//!
//! Some inputs cannot be distinguished, since the bytes are the same:
//!
//! * An extra closing bracket at the end of an event leaves an intact event, and a bracket between
//!   events, which is reported. If members follow the bracket, all of it is reported as
//!   [`Reason::ClosedEarly`]; so is an intact event before garbage that looks like a member, `,"":` or `"":`.
//! * An envelope that is cut off directly before its payload, or before the colon before that, and the event after
//!   it look like an envelope that lacks a bracket: both are reported as one broken event, unless the cut is after
//!   the colon and the event after it begins with the same two keys as the envelope.
//! * An event cut off where a value, a key, a comma or a colon is expected, and the event after it, are reported
//!   as one if no earlier event began like the second. The same holds for an event cut off in a string, after a
//!   `:`, `[` or `,` of the string's text. An event on a line of its own is found after one that is cut off
//!   between two members, unless its first key is one of those that carry payloads.
//! * An extra closing bracket in an inner object, which makes the members that follow it members of the
//!   outer one, leaves another intact event, and a bracket after it.
//! * Two adjacent broken events may be reported as one when the second one does not begin like an event.
//! * In an array or a dump, an event that is cut off inside an array of its own continues with the
//!   events after it. This is detected at the end of the stream or at the limit of the event's size, and
//!   everything up to there is kept until then.
//!
//! # Avro
//!
//! Object container files are not text: `ContainerEvents` (feature `avro`) returns the events of such a file
//! with the same items and errors, and continues after broken blocks. The other readers report the file as
//! one fault, [`Reason::AvroContainer`]. `ContainerEvents` has no asynchronous counterpart: a block has to be
//! complete before its first event can be read, and most are compressed, so it is work for a thread that may
//! block.
//!
//! # gzip
//!
//! With the feature `gzip`, a stream that begins with `1f 8b` is decompressed (RFC 1952, any number of
//! members, and zeros after the last one, which gzip(1) ignores too); offsets count decompressed bytes. Without the feature it is one fault,
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
