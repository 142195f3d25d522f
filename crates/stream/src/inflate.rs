//! Bytes on their way to the splitter, decompressed if they are gzip.

use super::splitter::Splitter;
#[cfg(feature = "gzip")]
use {super::splitter::GZIP, flate2::write::MultiGzDecoder, std::io::Write as _};

/// Number of compressed bytes read at once: DEFLATE expands one byte to at most 1032.
#[cfg(feature = "gzip")]
const AT_ONCE: usize = 512;

/// The bytes could not be decompressed.
#[derive(Debug)]
pub(super) struct Damaged;

#[derive(Debug)]
pub(super) struct Inflate {
    #[cfg(feature = "gzip")]
    state: State,
}

#[cfg(feature = "gzip")]
#[derive(Debug)]
enum State {
    /// Number of bytes that have matched the first bytes of gzip.
    Unknown(usize),
    Plain,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
}

#[cfg(not(feature = "gzip"))]
impl Inflate {
    pub(super) const fn new() -> Self {
        Self {}
    }

    /// Passes on the first bytes; returns the number of bytes taken.
    pub(super) fn feed(&mut self, bytes: &[u8], splitter: &mut Splitter) -> Result<usize, Damaged> {
        splitter.feed(bytes);
        Ok(bytes.len())
    }

    pub(super) fn finish(&mut self, splitter: &mut Splitter) -> Result<(), Damaged> {
        splitter.finish();
        Ok(())
    }
}

#[cfg(feature = "gzip")]
impl Inflate {
    pub(super) const fn new() -> Self {
        Self { state: State::Unknown(0) }
    }

    /// Passes on the first bytes; returns the number of bytes taken.
    pub(super) fn feed(&mut self, bytes: &[u8], splitter: &mut Splitter) -> Result<usize, Damaged> {
        match &mut self.state {
            State::Unknown(alike) => {
                let expected = &GZIP[*alike..];
                let same = expected.iter().zip(bytes).take_while(|(a, b)| a == b).count();
                let before = *alike;
                if same == expected.len() {
                    let mut decoder = MultiGzDecoder::new(Vec::new());
                    let written = decoder.write_all(&GZIP);
                    self.state = State::Gzip(Box::new(decoder));
                    return written.map(|()| same).map_err(|_| Damaged);
                }
                if same == bytes.len() {
                    *alike += same;
                    return Ok(same);
                }
                self.state = State::Plain;
                splitter.feed(&GZIP[..before]);
                Ok(0)
            }
            State::Plain => {
                splitter.feed(bytes);
                Ok(bytes.len())
            }
            State::Gzip(decoder) => {
                let bytes = &bytes[..bytes.len().min(AT_ONCE)];
                let written = decoder.write_all(bytes).and_then(|()| decoder.flush());
                splitter.feed(decoder.get_ref());
                decoder.get_mut().clear();
                written.map(|()| bytes.len()).map_err(|_| Damaged)
            }
        }
    }

    pub(super) fn finish(&mut self, splitter: &mut Splitter) -> Result<(), Damaged> {
        let finished = match &mut self.state {
            State::Unknown(alike) => {
                splitter.feed(&GZIP[..*alike]);
                Ok(())
            }
            State::Plain => Ok(()),
            State::Gzip(decoder) => {
                let finished = decoder.try_finish();
                splitter.feed(decoder.get_ref());
                decoder.get_mut().clear();
                finished.map_err(|_| Damaged)
            }
        };
        splitter.finish();
        finished
    }
}
