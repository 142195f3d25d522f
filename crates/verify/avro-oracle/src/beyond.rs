//! Data of the schemas that apache-avro cannot read, put together by hand.
//!
//! * `logical_types_on_complex`: it takes `{"type":"record","logicalType":…}` for a reference to a type
//!   named `record`. The specification: “Language implementations must ignore unknown logical types when
//!   reading, and should use the underlying Avro type. If a logical type is invalid […] then implementations
//!   should ignore the logical type”.
//! * `null_namespace_within`: it looks for names of the null namespace in the namespace around them. The
//!   specification: “A namespace of the empty string indicates the null namespace”.

use crate::Codec;
use migration_events::Rejection;

/// A datum in both encodings.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Name of the schema.
    pub schema: &'static str,
    /// In the JSON encoding.
    pub json: &'static str,
    /// In the binary encoding.
    pub datum: &'static [u8],
}

/// Some data of each schema.
pub const SAMPLES: &[Sample] = &[
    Sample {
        schema: "logical_types_on_complex",
        json: r#"{"on_record":{"value":1},"on_array":[1,-2],"on_enum":"BAD"}"#,
        datum: b"\x02\x04\x02\x03\x00\x02",
    },
    Sample {
        schema: "logical_types_on_complex",
        json: r#"{"on_record":{"value":-2147483648},"on_array":[],"on_enum":"GOOD"}"#,
        datum: b"\xff\xff\xff\xff\x0f\x00\x00",
    },
    Sample {
        schema: "null_namespace_within",
        json: r#"{"inner":{"a":1},"spaced":{"here":"ÿA","without":{"inner":{"a":2},"plain":null}},"union":{"Without":{"inner":{"a":3},"plain":null}}}"#,
        datum: b"\x02\xffA\x04\x00\x02\x06\x00",
    },
    Sample {
        schema: "null_namespace_within",
        json: r#"{"inner":{"a":1},"spaced":{"here":"BC","without":{"inner":{"a":2},"plain":{"Plain":{"inner":{"a":-1},"spaced":{"here":"DE","without":{"inner":{"a":0},"plain":null}},"union":null}}}},"union":{"corpus.spaced.Here":"FG"}}"#,
        datum: b"\x02BC\x04\x02\x01DE\x00\x00\x06\x04FG",
    },
];

/// The data of a schema, as its generated type writes them.
///
/// # Errors
/// The JSON encoding is rejected.
pub fn datums(codec: &Codec) -> Result<Vec<Vec<u8>>, Rejection> {
    let samples = SAMPLES.iter().filter(|sample| sample.schema == codec.name);
    samples.map(|sample| (codec.from_json)(sample.json)).collect()
}
