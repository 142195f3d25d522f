//! The codecs of the Avro contract.

use std::sync::LazyLock;

use apache_avro::headers::{HeaderBuilder, RabinFingerprintHeader};
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use apache_avro::{GenericSingleObjectReader, GenericSingleObjectWriter};
use migration_events::{Event, avro, boost};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_avro_fast::ser::SerializerConfig;

use crate::generated;
use crate::structs;

/// The contract.
pub const SCHEMA: &str = include_str!("../../../../schemas/boost/account_migration_event.avsc");

/// The contract as apache-avro reads it.
pub static APACHE: LazyLock<apache_avro::Schema> =
    LazyLock::new(|| apache_avro::Schema::parse_str(SCHEMA).expect("a schema"));

/// The contract as `serde_avro_fast` reads it.
pub static FAST: LazyLock<serde_avro_fast::Schema> =
    LazyLock::new(|| SCHEMA.parse().expect("a schema"));

/// The result of reading and writing back.
pub type Rewritten<T> = Result<T, String>;

/// Reads a datum, framed or not, and writes it back as it was.
pub type Rewrite = fn(&[u8]) -> Rewritten<Vec<u8>>;

/// The message, and the header that the service gives, if it does not leave that to the codec.
pub type SingleObject = fn(&[u8], Option<&[u8]>) -> Rewritten<Vec<u8>>;

/// Returns for each datum whether it may follow the ones before it.
pub type Follows = fn(&[Vec<u8>]) -> Rewritten<Vec<bool>>;

/// One column.
#[derive(Debug)]
pub struct Peer {
    /// Heading.
    pub name: &'static str,
    /// Reads a datum and writes it back.
    pub datum: Rewrite,
    /// The same for the JSON encoding, if there is a way at all.
    pub json: fn(&str) -> Rewritten<String>,
    /// Reads a datum in the framing of a schema registry; none has no function for it.
    pub registry: Option<Rewrite>,
    /// Reads a message in the single-object encoding and writes it back; none has no function for it.
    pub single_object: Option<SingleObject>,
    /// Knows the documented life of a flow; none has no function for it.
    pub follows: Option<Follows>,
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
        single_object: Some(ours_single_object),
        follows: Some(ours_follows),
        fingerprint: Some(ours_fingerprint),
    },
    Peer {
        name: "rsgen-avro",
        datum: apache_serde::<generated::rsgen_plain::AccountMigrationEvent>,
        json: json_serde::<generated::rsgen_plain::AccountMigrationEvent>,
        registry: None,
        single_object: Some(
            apache_serde_single_object::<generated::rsgen_plain::AccountMigrationEvent>,
        ),
        follows: None,
        fingerprint: None,
    },
    Peer {
        name: "rsgen-avro, `union-deser`",
        datum: apache_serde::<generated::rsgen_union_deser::AccountMigrationEvent>,
        json: json_serde::<generated::rsgen_union_deser::AccountMigrationEvent>,
        registry: None,
        single_object: Some(
            apache_serde_single_object::<generated::rsgen_union_deser::AccountMigrationEvent>,
        ),
        follows: None,
        fingerprint: None,
    },
    Peer {
        name: "rsgen-avro, `chrono-dates`",
        datum: apache_serde::<generated::rsgen_chrono_dates::AccountMigrationEvent>,
        json: json_serde::<generated::rsgen_chrono_dates::AccountMigrationEvent>,
        registry: None,
        single_object: Some(
            apache_serde_single_object::<generated::rsgen_chrono_dates::AccountMigrationEvent>,
        ),
        follows: None,
        fingerprint: None,
    },
    Peer {
        name: "apache-avro, `Value`",
        datum: apache_value,
        json: apache_json,
        registry: None,
        single_object: Some(apache_single_object),
        follows: None,
        fingerprint: Some(apache_fingerprint),
    },
    Peer {
        name: "serde_avro_fast, structs by hand",
        datum: fast,
        json: json_serde::<structs::boost::AccountMigrationEvent>,
        registry: None,
        single_object: Some(fast_single_object),
        follows: None,
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

fn ours_single_object(message: &[u8], _: Option<&[u8]>) -> Rewritten<Vec<u8>> {
    let event = avro::single_object::decode::<boost::AccountMigrationEvent>(message);
    event.map(|event| avro::single_object::encode(&event)).map_err(|error| error.to_string())
}

fn ours_follows(data: &[Vec<u8>]) -> Rewritten<Vec<bool>> {
    let mut tracker = boost::Tracker::new();
    let mut follows = |datum: &Vec<u8>| {
        let event = boost::AccountMigrationEvent::from_avro(datum).map_err(|it| it.to_string())?;
        Ok(tracker.apply(&event).is_ok())
    };
    data.iter().map(&mut follows).collect()
}

fn ours_fingerprint() -> Vec<u8> {
    let dump = include_str!("../../../../schemas/boost/samples/kafka_dump.json");
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

/// Its writer of single objects takes types that bring a schema of their own, which these do not.
fn apache_serde_single_object<T: DeserializeOwned + Serialize>(
    mut message: &[u8],
    header: Option<&[u8]>,
) -> Rewritten<Vec<u8>> {
    let mut header = GivenHeader::new(header);
    let reader = GenericSingleObjectReader::builder().schema(APACHE.clone());
    let reader = reader.header(header.0.clone()).build().map_err(|it| it.to_string())?;
    let value: T = reader.read_deser(&mut message).map_err(|error| error.to_string())?;
    let writer = GenericDatumWriter::builder(&APACHE).build().map_err(|it| it.to_string())?;
    let Ok(datum) = writer.write_ser_to_vec(&value) else { return Ok(Vec::new()) };
    header.0.extend(datum);
    Ok(header.0)
}

fn apache_single_object(mut message: &[u8], header: Option<&[u8]>) -> Rewritten<Vec<u8>> {
    let header = GivenHeader::new(header);
    let reader = GenericSingleObjectReader::builder().schema(APACHE.clone());
    let reader = reader.header(header.0.clone()).build().map_err(|it| it.to_string())?;
    let value = reader.read_value(&mut message).map_err(|error| error.to_string())?;
    let mut written = Vec::new();
    let writer =
        GenericSingleObjectWriter::new_with_capacity_and_header_builder(&APACHE, 128, &header);
    let written_len = writer.and_then(|mut writer| writer.write_value(value, &mut written));
    Ok(if written_len.is_ok() { written } else { Vec::new() })
}

/// Header that apache-avro puts before a datum.
struct GivenHeader(Vec<u8>);

impl GivenHeader {
    /// The one of apache-avro, if none is given.
    fn new(header: Option<&[u8]>) -> Self {
        let own = || RabinFingerprintHeader::from_schema(&APACHE).build_header();
        Self(header.map_or_else(own, <[u8]>::to_vec))
    }
}

impl HeaderBuilder for GivenHeader {
    fn build_header(&self) -> Vec<u8> {
        self.0.clone()
    }
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

fn fast_single_object(message: &[u8], _: Option<&[u8]>) -> Rewritten<Vec<u8>> {
    let value: structs::boost::AccountMigrationEvent =
        serde_avro_fast::from_single_object_slice(message, &FAST)
            .map_err(|error| error.to_string())?;
    let written = serde_avro_fast::to_single_object_vec(&value, &mut SerializerConfig::new(&FAST));
    Ok(written.unwrap_or_default())
}

fn fast_fingerprint() -> Vec<u8> {
    FAST.rabin_fingerprint().to_vec()
}

fn json_serde<T: DeserializeOwned + Serialize>(text: &str) -> Rewritten<String> {
    crate::codec::serde::<T>(text).map_err(|refusal| refusal.text)
}
