//! Comparison of two AsyncAPI documents: channels, operations and messages, and their schemas.
//!
//! A channel is known by its address, or by its key if it has none; a message by the name that its event has; an
//! operation by its key, or by its channel and its direction.

mod channels;
mod comparison;
mod messages;

use super::change::Change;
use super::version::Version;
use crate::Options;
use crate::error::Error;
use channels::Channels;
use comparison::{Comparison, with_side};

/// Compares two versions.
pub(super) fn compare(
    old: &Version<'_>,
    new: &Version<'_>,
    options: &Options,
) -> Result<Vec<Change>, Error> {
    with_side(old, options, |of_old| {
        with_side(new, options, |of_new| {
            let mut comparison = Comparison::of(&of_old, &of_new);
            let channels = Channels::of(&of_old.outline, &of_new.outline);
            comparison.channels(&channels);
            comparison.operations(&channels);
            comparison.messages(&channels);
            comparison.finish().map_err(|problems| new.located(problems))
        })
    })
}
