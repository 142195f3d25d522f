//! Content of a recovery file.

use crate::{Kind, Part, is_refused};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Number of parts of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Bytes of the file.
    pub bytes: u64,
    /// Intact events that are not repetitions, by contract.
    pub unique: BTreeMap<&'static str, u64>,
    /// Repetitions, by contract.
    pub repeated: BTreeMap<&'static str, u64>,
    /// Broken events and bytes that are not events, by the kind of damage.
    pub broken: BTreeMap<&'static str, u64>,
    /// Intact events that are not repetitions and are refused.
    pub refused: u64,
}

impl Counts {
    /// Counts a part.
    pub fn add(&mut self, part: &Part) {
        self.bytes += part.bytes.len() as u64;
        if matches!(part.kind, Kind::Intact(contract) if is_refused(contract, part.number)) {
            self.refused += 1;
        }
        let (counts, name) = match part.kind {
            Kind::Intact(contract) => (&mut self.unique, contract.name()),
            Kind::Repeated(contract) => (&mut self.repeated, contract.name()),
            Kind::Broken(way) => (&mut self.broken, way.name()),
        };
        *counts.entry(name).or_default() += 1;
    }

    /// The counts as JSON, with the seed of the file.
    #[must_use]
    pub fn to_json(&self, seed: u64) -> Value {
        let sum = |counts: &BTreeMap<_, u64>| counts.values().sum::<u64>();
        let (unique, repeated, broken) =
            (sum(&self.unique), sum(&self.repeated), sum(&self.broken));
        json!({
            "seed": seed,
            "bytes": self.bytes,
            "max_event_bytes": crate::MAX_EVENT_BYTES,
            "parts": unique + repeated + broken,
            "intact": unique + repeated,
            "unique": { "total": unique, "by_contract": self.unique },
            "repeated": { "total": repeated, "by_contract": self.repeated },
            "broken": { "total": broken, "by_way": self.broken },
            // However often it is repeated, each event is answered once.
            "answers": { "total": unique, "succeeded": unique - self.refused, "failed": self.refused },
        })
    }
}
