//! One interface to the generated types of all schemas.

use migration_events::avro::container::{self, Reader, Writer};
use migration_events::avro::{self, AvroContract, DatumError};
use migration_events::{Event, Rejection};

/// A datum in the binary encoding.
pub type Datum = Vec<u8>;

/// Result of an operation on the content of a container file.
pub type InFile<T> = Result<T, container::Error>;

/// Operations of the generated type of a root.
#[derive(Debug, Clone, Copy)]
pub struct Codec {
    /// The schema's file, without its extension.
    pub name: &'static str,
    /// The schema as it stands in the file.
    pub text: &'static str,
    /// The constants of the generated type.
    pub schema: &'static avro::AvroSchema,
    /// Decodes a datum and encodes it again.
    pub binary: fn(&[u8]) -> Result<Vec<u8>, DatumError>,
    /// Decodes a datum and encodes it as JSON.
    pub to_json: fn(&[u8]) -> Result<String, DatumError>,
    /// Decodes the JSON encoding and encodes it as a datum.
    pub from_json: fn(&str) -> Result<Vec<u8>, Rejection>,
    /// Decodes a datum, frames it in the single-object encoding, unframes and encodes it.
    pub single_object: fn(&[u8]) -> Result<Vec<u8>, avro::single_object::Error>,
    /// Decodes datums and writes them into a container file.
    pub to_container: fn(&[Datum], container::Codec) -> InFile<Vec<u8>>,
    /// Reads a container file, and encodes its datums.
    pub from_container: fn(&[u8]) -> InFile<Vec<Datum>>,
}

impl Codec {
    /// The codec of `T`.
    ///
    /// Its functions panic only where they are given datums that it did not make.
    #[must_use]
    pub const fn of<T: AvroContract + Event>(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            schema: <T as AvroContract>::SCHEMA,
            binary: |datum| avro::from_datum::<T>(datum).map(|value| avro::to_datum(&value)),
            to_json: |datum| avro::from_datum::<T>(datum).map(|value| value.to_json()),
            from_json: |text| T::from_json(text.as_bytes()).map(|value| avro::to_datum(&value)),
            single_object: |datum| {
                let message = avro::single_object::encode(&avro::from_datum::<T>(datum)?);
                let value = avro::single_object::decode::<T>(&message)?;
                Ok(avro::to_datum(&value))
            },
            to_container: |datums, codec| {
                // Small, so that there are several blocks.
                let mut writer = Writer::builder(Vec::new()).codec(codec).block_len(500).build()?;
                for datum in datums {
                    let value = avro::from_datum::<T>(datum).expect("a datum of the schema");
                    writer.append(&value)?;
                }
                writer.into_inner()
            },
            from_container: |file| {
                let values = Reader::<_, T>::new(file)?;
                values.map(|value| value.map(|value| avro::to_datum(&value))).collect()
            },
        }
    }
}
