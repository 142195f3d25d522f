//! Progress display on a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Write};

/// A bar on standard error, or nothing if that is not a terminal.
pub(crate) fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template(
        "{msg} {wide_bar} {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}, {eta}",
    );
    let bar = ProgressBar::no_length();
    style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
}

/// Writes above a bar, which may be on the same terminal.
pub(crate) struct Above<W> {
    pub(crate) bar: ProgressBar,
    pub(crate) out: W,
}

impl<W: Write> Write for Above<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bar.suspend(|| self.out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bar.suspend(|| self.out.flush())
    }
}
