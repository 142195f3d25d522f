//! The codecs of the Avro contract.

use std::sync::LazyLock;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use migration_events::{Event, avro, boost};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_avro_fast::ser::SerializerConfig;

use crate::generated;
use crate::structs;

/// The contract.
pub const SCHEMA: &str = include_str!("../../../schemas/boost/account_migration_event.avsc");

/// The contract as apache-avro reads it.
pub static APACHE: LazyLock<apache_avro::Schema> =
    LazyLock::new(|| apache_avro::Schema::parse_str(SCHEMA).expect("a schema"));

/// The contract as `serde_avro_fast` reads it.
pub static FAST: LazyLock<serde_avro_fast::Schema> =
    LazyLock::new(|| SCHEMA.parse().expect("a schema"));

/// The result of reading and writing back.
pub type Rewritten<T> = Result<T, String>;

/// One column.
#[derive(Debug)]
pub struct Peer {
    /// Heading.
    pub name: &'static str,
    /// Reads a datum and writes it back.
    pub datum: fn(&[u8]) -> Rewritten<Vec<u8>>,
    /// The same for the JSON encoding, if there is a way at all.
    pub json: fn(&str) -> Rewritten<String>,
    /// Reads a datum in the framing of a schema registry; none has no function for it.
    pub registry: Option<fn(&[u8]) -> Rewritten<Vec<u8>>>,
    /// The Rabin fingerprint of the contract, little-endian; none has no function for it.
    pub fingerprint: Option<fn() -> Vec<u8>>,
}

/// This project first.
pub const PEERS: [Peer; 6] = [
    Peer {
        name: "this crate",
        datum: ours,
        json: ours_json,
        registry: Some(ours_framed),
        fingerprint: Some(ours_fingerprint),
    },
    Peer {
        name: "rsgen-avro",
        datum: apache_serde::<generated::rsgen_plain::AccountMigrationEvent>,
        json: json_serde::<generated::rsgen_plain::AccountMigrationEvent>,
        registry: None,
        fingerprint: None,
    },
    Peer {
        name: "rsgen-avro, `union-deser`",
        datum: apache_serde::<generated::rsgen_union_deser::AccountMigrationEvent>,
        json: json_serde::<generated::rsgen_union_deser::AccountMigrationEvent>,
        registry: None,
        fingerprint: None,
    },
    Peer {
        name: "rsgen-avro, `chrono-dates`",
        datum: apache_serde::<generated::rsgen_chrono_dates::AccountMigrationEvent>,
        json: json_serde::<generated::rsgen_chrono_dates::AccountMigrationEvent>,
        registry: None,
        fingerprint: None,
    },
    Peer {
        name: "apache-avro, `Value`",
        datum: apache_value,
        json: apache_json,
        registry: None,
        fingerprint: Some(apache_fingerprint),
    },
    Peer {
        name: "serde_avro_fast, structs by hand",
        datum: fast,
        json: json_serde::<structs::boost::AccountMigrationEvent>,
        registry: None,
        fingerprint: Some(fast_fingerprint),
    },
];

fn ours(datum: &[u8]) -> Rewritten<Vec<u8>> {
    let event = boost::AccountMigrationEvent::from_avro(datum).map_err(|it| it.to_string())?;
    Ok(event.to_avro())
}

fn ours_json(text: &str) -> Rewritten<String> {
    let event = boost::AccountMigrationEvent::from_json(text.as_bytes());
    event.map(|event| event.to_json()).map_err(|rejection| rejection.to_string())
}

fn ours_framed(message: &[u8]) -> Rewritten<Vec<u8>> {
    let (id, datum) = avro::confluent::split(message).map_err(|error| error.to_string())?;
    let event = boost::AccountMigrationEvent::from_avro(datum).map_err(|it| it.to_string())?;
    Ok(avro::confluent::encode(id, &event))
}

fn ours_fingerprint() -> Vec<u8> {
    let dump = include_str!("../../../schemas/boost/samples/kafka_dump.json");
    let message = migration_events::json::at_pointer(dump, "/0/messages/0").expect("a message");
    let event = boost::AccountMigrationEvent::from_json(message.as_bytes());
    let header = event.map(|event| avro::single_object::encode(&event));
    header.expect("the published message")[2..10].to_vec()
}

fn apache_serde<T: DeserializeOwned + Serialize>(mut datum: &[u8]) -> Rewritten<Vec<u8>> {
    let reader = GenericDatumReader::builder(&APACHE).build().map_err(|it| it.to_string())?;
    let value: T = reader.read_deser(&mut datum).map_err(|error| error.to_string())?;
    let writer = GenericDatumWriter::builder(&APACHE).build().map_err(|it| it.to_string())?;
    // A value that cannot be written is lost.
    Ok(writer.write_ser_to_vec(&value).unwrap_or_default())
}

fn apache_value(mut datum: &[u8]) -> Rewritten<Vec<u8>> {
    let reader = GenericDatumReader::builder(&APACHE).build().map_err(|it| it.to_string())?;
    let value = reader.read_value(&mut datum).map_err(|error| error.to_string())?;
    let writer = GenericDatumWriter::builder(&APACHE).build().map_err(|it| it.to_string())?;
    Ok(writer.write_value_to_vec(value).unwrap_or_default())
}

/// It has no function for the JSON encoding; this is how it reads values of serde.
fn apache_json(text: &str) -> Rewritten<String> {
    let json: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let value = apache_avro::to_value(json).map_err(|error| error.to_string())?;
    let value = value.resolve(&APACHE).map_err(|error| error.to_string())?;
    let json = serde_json::Value::try_from(value).map_err(|error| error.to_string())?;
    Ok(json.to_string())
}

fn apache_fingerprint() -> Vec<u8> {
    APACHE.fingerprint::<apache_avro::rabin::Rabin>().bytes
}

fn fast(datum: &[u8]) -> Rewritten<Vec<u8>> {
    let value: structs::boost::AccountMigrationEvent =
        serde_avro_fast::from_datum_slice(datum, &FAST).map_err(|error| error.to_string())?;
    let written = serde_avro_fast::to_datum_vec(&value, &mut SerializerConfig::new(&FAST));
    Ok(written.unwrap_or_default())
}

fn fast_fingerprint() -> Vec<u8> {
    FAST.rabin_fingerprint().to_vec()
}

fn json_serde<T: DeserializeOwned + Serialize>(text: &str) -> Rewritten<String> {
    crate::codec::serde::<T>(text).map_err(|refusal| refusal.text)
}
