//! Events of a stream as typed values.

use super::events::{Events, Flow};
use super::splitter::{Located, Splitter, Step};
use super::{Error, Place};
use migration_events_runtime::{Decoder, Event};
use std::io::Read;
use std::iter::FusedIterator;
use std::marker::PhantomData;

/// Returns the next event if it can be decoded and its end found in one pass. Otherwise it has to be
/// split off first.
///
/// A macro, so that a typed event, which is large, is moved only once.
macro_rules! next {
    ($splitter:expr, $decoder:expr, $wrap:expr) => {
        let (splitter, decoder): (&mut Splitter, &Decoder) = ($splitter, $decoder);
        if let Some(mut reader) = splitter.ahead().and_then(|text| decoder.reader(text))
            && let Ok(event) = T::decode(&mut reader)
        {
            let end = reader.position();
            if decoder.allows(end)
                && let Some(Located { offset, len, place }) = splitter.accept(end)
            {
                return $wrap(Ok(Decoded { offset, len, place, item: None, event }));
            }
        }
    };
}
#[cfg(feature = "async")]
pub(super) use next;

/// A typed event of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<T> {
    /// Byte offset of its first byte in the stream; of a compressed stream, after decompression; of an
    /// Avro container file, that of its block.
    pub offset: u64,
    /// Bytes of its text, or of its datum, decompressed.
    pub len: usize,
    /// The place in a dump.
    pub place: Option<Place>,
    /// Index of the datum in its block, in an Avro container file.
    pub item: Option<u64>,
    /// The event.
    pub event: T,
}

/// Typed events of a stream, see [`Events::decode`].
///
/// It ends after the last event, or after an error of the reader.
#[derive(Debug)]
pub struct DecodedEvents<R, T> {
    events: Events<R>,
    decoder: Decoder,
    event: PhantomData<fn() -> T>,
}

impl<R> Events<R> {
    /// Decodes each event, as [`Event::from_json`] does.
    #[must_use]
    pub fn decode<T: Event>(self) -> DecodedEvents<R, T> {
        self.decode_with(Decoder::new())
    }

    /// Decodes each event with the limits and the strictness of `decoder`.
    #[must_use]
    pub fn decode_with<T: Event>(self, decoder: Decoder) -> DecodedEvents<R, T> {
        DecodedEvents { events: self, decoder, event: PhantomData }
    }
}

impl<R: Read, T: Event> Iterator for DecodedEvents<R, T> {
    type Item = Result<Decoded<T>, Error>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            next!(&mut self.events.splitter, &self.decoder, Some);
            match split(&mut self.events.splitter, &self.decoder) {
                Some(item) => return Some(item),
                None => match self.events.flow() {
                    Flow::On => {}
                    Flow::End => return None,
                    Flow::Failed(error) => return Some(Err(error)),
                },
            }
        }
    }
}

impl<R: Read, T: Event> FusedIterator for DecodedEvents<R, T> {}

/// The next event or fault; `None` when the splitter needs more bytes or is at the end.
#[cold]
pub(super) fn split<T: Event>(
    splitter: &mut Splitter,
    decoder: &Decoder,
) -> Option<Result<Decoded<T>, Error>> {
    Some(match splitter.step() {
        Step::More | Step::End => return None,
        Step::Fault(fault) => Err(fault.into()),
        Step::Piece(located) => {
            let Located { offset, len, place } = located;
            match decoder.decode(splitter.piece(located).text.as_bytes()) {
                Ok(event) => Ok(Decoded { offset, len, place, item: None, event }),
                Err(rejection) => Err(Error::Rejected { offset, len, place, rejection }),
            }
        }
    })
}
