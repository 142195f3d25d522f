//! apache-avro's codec of a schema.

use apache_avro::AvroResult;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::schema::{Name, NamesRef, ResolvedSchema, Schema};
use apache_avro::types::Value;
use apache_avro::util::max_allocation_bytes;
use apache_avro::writer::datum::GenericDatumWriter;
use migration_events::avro::Cursor;

/// A schema as apache-avro understands it, to read and write data with.
pub struct Peer<'s> {
    schema: &'s Schema,
    names: NamesRef<'s>,
    reader: GenericDatumReader<'s>,
    writer: GenericDatumWriter<'s>,
}

impl<'s> Peer<'s> {
    /// Prepares reading and writing.
    ///
    /// # Panics
    /// The schema refers to a name that it does not define.
    #[must_use]
    pub fn new(schema: &'s Schema) -> Self {
        // Its default would allow arrays of nulls as large as the machine.
        max_allocation_bytes(size_of::<Value>() * Cursor::MAX_EMPTY_ITEMS as usize);
        let resolved = ResolvedSchema::new(schema).expect("the schema is complete");
        Self {
            schema,
            names: resolved.get_names().clone(),
            reader: GenericDatumReader::builder(schema).build().expect("a reader"),
            writer: GenericDatumWriter::builder(schema).build().expect("a writer"),
        }
    }

    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &'s Schema {
        self.schema
    }

    /// The definitions of the schema.
    #[must_use]
    pub fn names(&self) -> &NamesRef<'s> {
        &self.names
    }

    /// The datum of a value.
    ///
    /// # Errors
    /// The value is not one of the schema.
    pub fn encode(&self, value: &Value) -> AvroResult<Vec<u8>> {
        let mut datum = Vec::new();
        self.writer.write_value_ref(&mut datum, value)?;
        Ok(datum)
    }

    /// The value of a datum; `None` if more bytes follow it.
    ///
    /// # Errors
    /// The bytes are not a datum of the schema.
    pub fn decode(&self, datum: &[u8]) -> AvroResult<Option<Value>> {
        let mut rest = datum;
        let value = self.reader.read_value(&mut rest)?;
        Ok(rest.is_empty().then_some(value))
    }
}

/// The definition that a reference leads to; any other schema unchanged.
///
/// # Panics
/// The reference is unresolved.
#[must_use]
pub fn resolve<'a>(schema: &'a Schema, names: &NamesRef<'a>) -> &'a Schema {
    match schema {
        Schema::Ref { name } => definition(name, names),
        schema => schema,
    }
}

fn definition<'a>(name: &Name, names: &NamesRef<'a>) -> &'a Schema {
    names.get(name).copied().unwrap_or_else(|| panic!("`{name}` is not defined"))
}
