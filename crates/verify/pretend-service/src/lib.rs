//! A service that migrates connections of a water utility: its schemas, its events, its answers.

#![deny(warnings)]

use brook::{ConnectionIncoming, ConnectionOutgoing, connection_outgoing};
use events::outcome::{Failure, Success};
use events::{Event, Outcome, Rejection};
use std::borrow::Cow;
use std::collections::HashMap;

/// The events of the service, as its schemas describe them.
pub mod brook {
    include!(concat!(env!("OUT_DIR"), "/brook.rs"));
}

/// Why a connection is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Money is owed for it.
    Debt,
    /// Its meter cannot be read from afar.
    OldFirmware,
}

impl Failure for Refusal {
    fn code(&self) -> Cow<'_, str> {
        match self {
            Self::Debt => "BROOK-1".into(),
            Self::OldFirmware => "BROOK-2".into(),
        }
    }

    fn message(&self) -> Cow<'_, str> {
        match self {
            Self::Debt => "money is owed".into(),
            Self::OldFirmware => "the meter is too old".into(),
        }
    }
}

/// The connections that were taken, by serial number.
#[derive(Debug, Default)]
pub struct Register {
    numbers: HashMap<String, i64>,
}

impl Register {
    /// Decodes an event and answers it.
    ///
    /// # Errors
    /// The event breaks its contract, and does not say which migration it is about.
    pub fn answer(&mut self, message: &[u8]) -> Result<ConnectionOutgoing, Rejection> {
        match ConnectionIncoming::from_json(message) {
            Ok(event) => {
                let migration = connection_outgoing::Migration {
                    id: event.migration.id.clone(),
                    version_date: event.migration.version_date.clone(),
                };
                Ok(ConnectionOutgoing::from_result(self.take(&event), migration))
            }
            Err(rejection) => Err(rejection),
        }
    }

    fn take(
        &mut self,
        event: &ConnectionIncoming,
    ) -> Result<Success<connection_outgoing::Entity>, Refusal> {
        if event.debt.flatten().is_some_and(|debt| !debt.is_zero()) {
            return Err(Refusal::Debt);
        }
        if event.firmware.as_ref().is_some_and(|version| version.major < 2) {
            return Err(Refusal::OldFirmware);
        }
        let known = self.numbers.get(event.serial_number.as_str()).copied();
        let next = i64::try_from(self.numbers.len()).unwrap_or(i64::MAX);
        let connection = *self.numbers.entry(event.serial_number.to_string()).or_insert(next);
        let entity = connection_outgoing::Entity { connection };
        Ok(match known {
            None => Success::created("BROOK-0", "taken", entity),
            Some(_) => Success::updated("BROOK-0", "taken again", entity),
        })
    }
}
