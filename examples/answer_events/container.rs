//! Avro object container files, whose schema says what they hold: steps of account migrations.

use super::service::Service;
use migration_events::AnyEvent;
use migration_events::boost::AccountMigrationEvent;
use migration_events::stream::{ContainerEvents, Error};
use std::io::{self, Read};

/// Passes each event on. The outer error is one of writing, the inner one of reading.
pub(crate) fn read(
    file: &str,
    reader: impl Read,
    service: &mut Service<'_>,
) -> io::Result<Result<(), String>> {
    for event in ContainerEvents::<_, AccountMigrationEvent>::new(reader) {
        match event {
            Ok(decoded) => {
                let item = decoded.item.unwrap_or_default();
                let place = format!("{file}:{} item {item}", decoded.offset);
                service.event(&place, &AnyEvent::AccountMigration(Box::new(decoded.event)))?;
            }
            Err(Error::Container(error)) => {
                service.unreadable(&format!("{file}:{}", error.offset()), &error)?;
            }
            Err(error) => return Ok(Err(error.to_string())),
        }
    }
    Ok(Ok(()))
}
