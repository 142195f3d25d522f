//! A `Stream` of the events in chunks of bytes.

use super::inflate::{Damaged, Inflate};
use super::splitter::{Located, Splitter, Step};
use super::typed::{next, split};
use super::{Decoded, Error, Fault, RawEvent};
use futures_core::Stream;
use migration_events_runtime::{Decoder, Event};
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The events of a stream of chunks of bytes, as texts: the body of an HTTP response, an object of an
/// object storage, a `ReaderStream` around an `AsyncRead` of tokio.
///
/// Like [`Events`](super::Events), except for the source of the bytes. It polls for a chunk once every event
/// of the earlier chunks was returned; dropping it loses only the bytes that it holds. The stream of chunks
/// must be `Unpin`, which `Box::pin` makes it.
///
/// ```
/// use futures_util::{StreamExt, stream};
/// use migration_events::stream::AsyncEvents;
/// use std::io;
///
/// # futures_executor::block_on(async {
/// let body = stream::iter([Ok::<_, io::Error>("{\"id\": 1}{\"i"), Ok("d\": 2}")]);
/// let mut events = AsyncEvents::new(body);
/// assert_eq!(&*events.next().await.unwrap()?.text, "{\"id\": 1}");
/// assert_eq!(events.next().await.unwrap()?.offset, 9);
/// assert!(events.next().await.is_none());
/// # Ok::<(), migration_events::stream::Error>(())
/// # }).unwrap();
/// ```
pub struct AsyncEvents<S, B> {
    source: Source<S, B>,
    splitter: Splitter,
}

/// Typed events of a stream of chunks, see [`AsyncEvents::decode`].
pub struct AsyncDecoded<S, B, T> {
    events: AsyncEvents<S, B>,
    decoder: Decoder,
    event: PhantomData<fn() -> T>,
}

struct Source<S, B> {
    chunks: S,
    inflate: Inflate,
    chunk: Option<(B, usize)>,
    ended: bool,
    damaged: bool,
}

impl<S, B> fmt::Debug for AsyncEvents<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncEvents").field("splitter", &self.splitter).finish_non_exhaustive()
    }
}

impl<S, B, T> fmt::Debug for AsyncDecoded<S, B, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncDecoded").field("events", &self.events).finish_non_exhaustive()
    }
}

impl<S, B> AsyncEvents<S, B> {
    /// The events of a stream whose layout is detected from its first bytes, each up to
    /// [`Splitter::DEFAULT_MAX_BYTES`] long.
    #[must_use]
    pub fn new(chunks: S) -> Self {
        Self::with(Splitter::new(), chunks)
    }

    /// The events that `splitter` finds, with its layout and limit.
    #[must_use]
    pub fn with(splitter: Splitter, chunks: S) -> Self {
        let inflate = Inflate::new();
        Self {
            source: Source { chunks, inflate, chunk: None, ended: false, damaged: false },
            splitter,
        }
    }

    /// Decodes each event, as [`Event::from_json`] does.
    ///
    /// ```
    /// use futures_util::{StreamExt, stream};
    /// use migration_events::pismo::CustomerIncoming;
    /// use migration_events::stream::AsyncEvents;
    /// use std::io;
    ///
    /// # futures_executor::block_on(async {
    /// # let sample = &include_bytes!("../../../schemas/pismo/samples/customer_incoming-1.json")[..];
    /// let body = stream::iter([Ok::<_, io::Error>(sample)]);
    /// let mut events = AsyncEvents::new(body).decode::<CustomerIncoming>();
    /// while let Some(decoded) = events.next().await {
    ///     assert_eq!(decoded?.event.entity.migration.id, "31a2d");
    /// }
    /// # Ok::<(), migration_events::stream::Error>(())
    /// # }).unwrap();
    /// ```
    #[must_use]
    pub fn decode<T: Event>(self) -> AsyncDecoded<S, B, T> {
        self.decode_with(Decoder::new())
    }

    /// Decodes each event with the limits and the strictness of `decoder`.
    #[must_use]
    pub fn decode_with<T: Event>(self, decoder: Decoder) -> AsyncDecoded<S, B, T> {
        AsyncDecoded { events: self, decoder, event: PhantomData }
    }
}

impl<S, B, E> Source<S, B>
where
    S: Stream<Item = Result<B, E>> + Unpin,
    B: AsRef<[u8]>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    /// Passes the next bytes to the splitter, which has nothing left; `None` at the end.
    fn flow(
        &mut self,
        splitter: &mut Splitter,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<(), Error>>> {
        if std::mem::take(&mut self.damaged) {
            return Poll::Ready(Some(Err(Fault::gzip(splitter).into())));
        }
        if let Some((chunk, at)) = &mut self.chunk {
            let rest = chunk.as_ref().get(*at..).unwrap_or_default();
            if !rest.is_empty() {
                match self.inflate.feed(rest, splitter) {
                    Ok(count) => *at += count,
                    Err(Damaged) => self.end(true, splitter),
                }
                return Poll::Ready(Some(Ok(())));
            }
            self.chunk = None;
        }
        if self.ended {
            return Poll::Ready(None);
        }
        match ready!(Pin::new(&mut self.chunks).poll_next(context)) {
            None => {
                let finished = self.inflate.finish(splitter);
                self.end(finished.is_err(), splitter);
            }
            Some(Ok(chunk)) => self.chunk = Some((chunk, 0)),
            Some(Err(error)) => {
                self.ended = true;
                splitter.stop();
                let error = io::Error::other(error);
                return Poll::Ready(Some(Err(Error::Io { offset: splitter.fed(), error })));
            }
        }
        Poll::Ready(Some(Ok(())))
    }

    fn end(&mut self, damaged: bool, splitter: &mut Splitter) {
        self.ended = true;
        self.damaged = damaged;
        self.chunk = None;
        splitter.finish();
    }
}

impl<S, B, E> Stream for AsyncEvents<S, B>
where
    S: Stream<Item = Result<B, E>> + Unpin,
    B: AsRef<[u8]> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = Result<RawEvent, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { source, splitter } = self.get_mut();
        loop {
            match splitter.step() {
                Step::Piece(located) => {
                    return Poll::Ready(Some(Ok(RawEvent::of(splitter.piece(located)))));
                }
                Step::Fault(fault) => return Poll::Ready(Some(Err(fault.into()))),
                Step::More | Step::End => match ready!(source.flow(splitter, context)) {
                    None => return Poll::Ready(None),
                    Some(Ok(())) => {}
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                },
            }
        }
    }
}

impl<S, B, E, T> Stream for AsyncDecoded<S, B, T>
where
    S: Stream<Item = Result<B, E>> + Unpin,
    B: AsRef<[u8]> + Unpin,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
    T: Event,
{
    type Item = Result<Decoded<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { events: AsyncEvents { source, splitter }, decoder, .. } = self.get_mut();
        loop {
            next!(splitter, decoder, |item| Poll::Ready(Some(item)));
            match split(splitter, decoder) {
                Some(item) => return Poll::Ready(Some(item)),
                None => match ready!(source.flow(splitter, context)) {
                    None => return Poll::Ready(None),
                    Some(Ok(())) => {}
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                },
            }
        }
    }
}
