//! Counts of events that were read and answered.

use migration_events::Contract;
use migration_events::pismo::Status;
use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, Default)]
pub(crate) struct Count {
    /// Accepted and rejected, by contract.
    contracts: BTreeMap<String, (usize, usize)>,
    /// Rejected before a contract could be made out.
    pub(crate) unreadable: usize,
    /// Of no contract that is known here.
    pub(crate) unknown: usize,
    /// Delivered again, of those that were accepted.
    pub(crate) repeated: usize,
    succeeded: usize,
    failed: usize,
}

impl Count {
    pub(crate) fn accepted(&mut self, contract: &Contract) {
        self.contracts.entry(contract.to_string()).or_default().0 += 1;
    }

    pub(crate) fn rejected(&mut self, contract: &Contract) {
        self.contracts.entry(contract.to_string()).or_default().1 += 1;
    }

    pub(crate) fn answered(&mut self, status: Status) {
        match status {
            Status::Success => self.succeeded += 1,
            Status::Fail => self.failed += 1,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let accepted: usize = self.contracts.values().map(|(accepted, _)| accepted).sum();
        let rejected: usize = self.contracts.values().map(|(_, rejected)| rejected).sum();
        let rejected = rejected + self.unreadable;
        let (unknown, answered) = (self.unknown, self.succeeded + self.failed);
        let events = accepted + rejected + unknown;
        writeln!(
            f,
            "{events} events: {accepted} accepted, {rejected} rejected, {unknown} unknown"
        )?;
        for (contract, (accepted, rejected)) in &self.contracts {
            writeln!(f, "  {contract}: {accepted} accepted, {rejected} rejected")?;
        }
        if self.unreadable > 0 {
            writeln!(f, "  of no contract: {} rejected", self.unreadable)?;
        }
        if self.repeated > 0 {
            writeln!(f, "  delivered again: {}", self.repeated)?;
        }
        writeln!(f, "{answered} answers: {} SUCCESS, {} FAIL", self.succeeded, self.failed)
    }
}
