//! Bytes on their way to the splitter, decompressed if they are gzip.

use super::splitter::Splitter;
#[cfg(feature = "gzip")]
use {super::splitter::GZIP, flate2::write::GzDecoder, std::io::Write as _};

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
    Gzip(Box<GzDecoder<Vec<u8>>>),
    /// After a member: the number of bytes that have matched the first bytes of the next one.
    Between(usize),
    /// Zeros after the last member, as a tape or a block device pads a file; gzip(1) ignores them too.
    Padding,
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
                    return self.member().map(|()| same);
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
                let mut taken = 0;
                // Takes nothing more once its member has ended.
                let written = loop {
                    match decoder.write(&bytes[taken..]) {
                        Ok(0) => break decoder.flush(),
                        Ok(count) => taken += count,
                        Err(error) => break Err(error),
                    }
                    if taken == bytes.len() {
                        break decoder.flush();
                    }
                };
                let ended = written.is_ok() && taken < bytes.len();
                let finished = if ended { decoder.try_finish() } else { Ok(()) };
                splitter.feed(decoder.get_ref());
                decoder.get_mut().clear();
                if ended {
                    self.state = State::Between(0);
                }
                written.and(finished).map(|()| taken).map_err(|_| Damaged)
            }
            State::Between(0) if bytes.first() == Some(&0) => {
                self.state = State::Padding;
                Ok(0)
            }
            State::Between(alike) => {
                let expected = &GZIP[*alike..];
                let same = expected.iter().zip(bytes).take_while(|(a, b)| a == b).count();
                if same == expected.len() {
                    return self.member().map(|()| same);
                }
                *alike += same;
                if same == bytes.len() { Ok(same) } else { Err(Damaged) }
            }
            State::Padding => {
                if bytes.iter().all(|byte| *byte == 0) {
                    Ok(bytes.len())
                } else {
                    Err(Damaged)
                }
            }
        }
    }

    /// Begins a member, whose first bytes were read.
    fn member(&mut self) -> Result<(), Damaged> {
        let mut decoder = GzDecoder::new(Vec::new());
        let written = decoder.write_all(&GZIP);
        self.state = State::Gzip(Box::new(decoder));
        written.map_err(|_| Damaged)
    }

    pub(super) fn finish(&mut self, splitter: &mut Splitter) -> Result<(), Damaged> {
        let finished = match &mut self.state {
            State::Unknown(alike) => {
                splitter.feed(&GZIP[..*alike]);
                Ok(())
            }
            State::Plain | State::Padding | State::Between(0) => Ok(()),
            State::Between(_) => Err(Damaged),
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
