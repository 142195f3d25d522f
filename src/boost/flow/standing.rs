//! Flows among those of their account.

use super::{Flow, Progress};
use serde::{Deserialize, Serialize};

/// The standing of a flow among those of its account. The `serde` form is `"current"` or `"superseded"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is the newest, and takes further steps.
    Current,
    /// A newer one has taken its place.
    Superseded,
}

/// Effect of an event on a [`Tracker`](super::Tracker), and the flows that it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied<'t> {
    /// Effect of the event.
    pub progress: Progress,
    /// The flow of the event, which is current; `None` if the event had been seen.
    pub flow: Option<&'t Flow>,
    /// The flow whose place it has taken.
    pub superseded: Option<&'t Flow>,
}

impl<'t> Applied<'t> {
    /// The flows to store, with their standing: none, one, or two after a restart. The one that is superseded comes
    /// first, so that no account has two current ones in between.
    pub fn changed(&self) -> impl Iterator<Item = (&'t Flow, Standing)> + use<'t> {
        let superseded = self.superseded.map(|flow| (flow, Standing::Superseded));
        superseded.into_iter().chain(self.flow.map(|flow| (flow, Standing::Current)))
    }
}

/// Two flows of one account that are both said to be the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("two current flows of one account")]
pub struct SecondCurrentFlow;
