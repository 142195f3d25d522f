//! Data of other writers: the rules of the Avro specification (“Schema Resolution”), one by one.

mod bad_input;
mod boost;
mod defaults;
mod logical_types;
mod names;
mod oracle;
mod peer;
mod promotions;
mod records;
mod stores;
mod unions;

use migration_events::avro::{
    AvroContract, Cursor, Datum, DatumError, Resolution, ResolveError, Unresolvable,
};

/// A type with the schema given, which keeps the bytes of its datum.
macro_rules! reader {
    ($name:ident, $schema:expr) => {
        #[derive(Debug, Clone, PartialEq)]
        struct $name(Vec<u8>);

        impl migration_events::avro::Datum for $name {
            const NAME: &'static str = stringify!($name);

            fn read(
                cursor: &mut migration_events::avro::Cursor<'_>,
            ) -> Result<Self, migration_events::avro::DatumError> {
                crate::rest(cursor).map(Self)
            }

            fn write(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.0);
            }
        }

        impl migration_events::avro::AvroContract for $name {
            const SCHEMA: &'static migration_events::avro::AvroSchema =
                &migration_events::avro::AvroSchema::__new(
                    stringify!($name),
                    $schema,
                    "",
                    0,
                    [0; 16],
                    [0; 32],
                );
        }

        impl From<$name> for Vec<u8> {
            fn from(datum: $name) -> Self {
                datum.0
            }
        }
    };
}
pub(crate) use reader;

pub(crate) fn rest(cursor: &mut Cursor<'_>) -> Result<Vec<u8>, DatumError> {
    let rest = cursor.remaining().to_vec();
    for _ in &rest {
        cursor.array::<1>()?;
    }
    Ok(rest)
}

/// The bytes of `datum` in the schema of the reader.
pub(crate) fn resolved<T: AvroContract + Into<Vec<u8>>>(
    writer: &str,
    datum: &[u8],
) -> Result<Vec<u8>, ResolveError> {
    Resolution::<T>::new(writer)?.decode(datum).map(Into::into)
}

/// Why no datum of the writer can be read.
pub(crate) fn refused<T: AvroContract>(writer: &str) -> Unresolvable {
    match Resolution::<T>::new(writer) {
        Err(ResolveError::Unresolvable(unresolvable)) => unresolvable,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("resolved: {writer}"),
    }
}

/// Why this datum of the writer cannot be read.
pub(crate) fn refused_datum<T: AvroContract>(writer: &str, datum: &[u8]) -> Unresolvable {
    match Resolution::<T>::new(writer).unwrap().decode(datum) {
        Err(ResolveError::Unresolvable(unresolvable)) => unresolvable,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("resolved: {writer}"),
    }
}

/// The concatenated bytes of values.
pub(crate) fn bytes(values: &[&dyn Part]) -> Vec<u8> {
    let mut out = Vec::new();
    values.iter().for_each(|value| value.put(&mut out));
    out
}

pub(crate) trait Part {
    fn put(&self, out: &mut Vec<u8>);
}

impl<T: Datum> Part for T {
    fn put(&self, out: &mut Vec<u8>) {
        self.write(out);
    }
}

pub(crate) fn text(text: &str) -> String {
    text.to_owned()
}
