//! The differences of typify's types, each once, with the reason and a message that shows it.

/// A way in which the two sides may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A number loses digits, or its notation.
    NumberAsFloat,
    /// A property that the contract does not name is lost.
    UnknownDropped,
    /// A `null` that the contract allows is lost.
    NullDropped,
    /// An empty object or array that may be absent is lost.
    EmptyDropped,
    /// An instant is written otherwise.
    TimestampReprinted,
    /// An instant is written in a form that RFC 3339 does not allow.
    TimestampBeyondYears,
    /// A UUID is written in other letters.
    UuidReprinted,
    /// An integer with a fraction of zeros, or with an exponent, is refused.
    IntegerNotation,
    /// A number beyond the range of a 64-bit float is refused.
    NumberBeyondFloat,
    /// A key that an object repeats is accepted.
    DuplicateKey,
    /// A `null` that the contract forbids is accepted.
    NullForAbsent,
    /// A text that is not an RFC 3339 date-time is accepted.
    LaxTimestamp,
    /// A text that is not an RFC 3339 date is accepted.
    LaxDate,
    /// A UUID without hyphens, in braces or as a URN is accepted.
    LaxUuid,
    /// A number of more digits than a decimal holds is accepted.
    TooManyDigits,
    /// A property that nests too deeply is accepted.
    TooDeep,
    /// A property with bytes that are not UTF-8 is accepted.
    InvalidUtf8,
}

/// A known difference.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Which one.
    pub difference: Difference,
    /// Why it is there.
    pub reason: &'static str,
    /// The contract of the example.
    pub contract: &'static str,
    /// A message that shows this difference and no other.
    pub example: &'static [u8],
}

/// Every known difference.
pub const DIFFERENCES: &[Entry] = &[
    Entry {
        difference: Difference::NumberAsFloat,
        reason: "typify holds numbers as `f64`; ours are decimals, or text",
        contract: "recurring_charge_plan_incoming",
        example: br#"{"entity":{"migration":{"id":"1","version_date":"2021-12-14T12:30:40Z"},"processing_code":"1","installment_amount":14.70,"number_of_cycles":"1"}}"#,
    },
    Entry {
        difference: Difference::UnknownDropped,
        reason: "typify's structs have no place for properties that an open object allows",
        contract: "CustomerUpdated",
        example: br#"{"id":"1","traceparent":"00"}"#,
    },
    Entry {
        difference: Difference::NullDropped,
        reason: "typify makes one `Option` of absent and `null`",
        contract: "recurring_charge_plan_incoming",
        example: br#"{"file_id":null,"entity":{"migration":{"id":"1","version_date":"2021-12-14T12:30:40Z"},"processing_code":"1","installment_amount":14.5,"number_of_cycles":"1"}}"#,
    },
    Entry {
        difference: Difference::EmptyDropped,
        reason: "typify makes an empty map or list of an absent one, and leaves it out",
        contract: "CustomerUpdated",
        example: br#"{"data":{}}"#,
    },
    Entry {
        difference: Difference::TimestampReprinted,
        reason: "typify holds instants as `DateTime<Utc>`, which forgets offset and digits",
        contract: "customer_outgoing",
        example: br#"{"code":"1","message":"1","status":"FAIL","migration":{"id":"1","account_id":"1","version_date":"2021-12-14T12:30:40.10+01:00"}}"#,
    },
    Entry {
        difference: Difference::TimestampBeyondYears,
        reason: "in UTC the instant is in a year that RFC 3339 cannot write",
        contract: "customer_outgoing",
        example: br#"{"code":"1","message":"1","status":"FAIL","migration":{"id":"1","account_id":"1","version_date":"9999-12-31T23:30:00-01:00"}}"#,
    },
    Entry {
        difference: Difference::UuidReprinted,
        reason: "`uuid::Uuid` forgets the case of letters",
        contract: "accrual_incoming",
        example: br#"{"origin":"FILE","file_name":null,"file_size":null,"file_id":null,"line_number":1,"entity":{"migration":{"id":"1","version_date":"2021-12-14T12:30:40Z","account_id":"1","authorization_id":"1"},"org_id":"1","authorization_type":"NETWORK","cid":"4588D1EC-0b8e-4ac0-8578-a8c79f8f682e","file_id":"1","type":"1","flag":"1","accounting_date":"2022-04-20","accruals":[],"metadata":{}}}"#,
    },
    Entry {
        difference: Difference::IntegerNotation,
        reason: "typify's `i64` reads digits alone; to JSON Schema `1.0` is an integer",
        contract: "customer_outgoing",
        example: br#"{"code":"1","message":"1","status":"SUCCESS","migration":{"id":"1","account_id":"1","version_date":"2021-12-14T12:30:40Z"},"entity":{"account_id":1.0,"customer_id":1}}"#,
    },
    Entry {
        difference: Difference::NumberBeyondFloat,
        reason: "a number in a place without a type becomes an `f64`; ours keep its text",
        contract: "CustomerUpdated",
        example: br#"{"data":{"amount":1e400}}"#,
    },
    Entry {
        difference: Difference::DuplicateKey,
        reason: "typify's structs skip unknown properties, and its maps keep the last one; to us it is a violation, since parsers disagree about such messages",
        contract: "CustomerUpdated",
        example: br#"{"data":{"a":1,"a":2}}"#,
    },
    Entry {
        difference: Difference::NullForAbsent,
        reason: "serde's `Option` reads `null` as absent",
        contract: "CustomerUpdated",
        example: br#"{"id":null}"#,
    },
    Entry {
        difference: Difference::LaxTimestamp,
        reason: "chrono reads more than RFC 3339 allows",
        contract: "customer_outgoing",
        example: br#"{"code":"1","message":"1","status":"FAIL","migration":{"id":"1","account_id":"1","version_date":"2021-12-14 12:30:40Z"}}"#,
    },
    Entry {
        difference: Difference::LaxDate,
        reason: "chrono reads months and days of one digit",
        contract: "accrual_incoming",
        example: br#"{"origin":"FILE","file_name":null,"file_size":null,"file_id":null,"line_number":1,"entity":{"migration":{"id":"1","version_date":"2021-12-14T12:30:40Z","account_id":"1","authorization_id":"1"},"org_id":"1","authorization_type":"NETWORK","cid":"4588d1ec-0b8e-4ac0-8578-a8c79f8f682e","file_id":"1","type":"1","flag":"1","accounting_date":"2022-4-20","accruals":[],"metadata":{}}}"#,
    },
    Entry {
        difference: Difference::LaxUuid,
        reason: "`uuid::Uuid` reads more than RFC 4122 allows",
        contract: "accrual_incoming",
        example: br#"{"origin":"FILE","file_name":null,"file_size":null,"file_id":null,"line_number":1,"entity":{"migration":{"id":"1","version_date":"2021-12-14T12:30:40Z","account_id":"1","authorization_id":"1"},"org_id":"1","authorization_type":"NETWORK","cid":"4588d1ec0b8e4ac08578a8c79f8f682e","file_id":"1","type":"1","flag":"1","accounting_date":"2022-04-20","accruals":[],"metadata":{}}}"#,
    },
    Entry {
        difference: Difference::TooManyDigits,
        reason: "typify rounds amounts; to us, what a decimal of 96 bits cannot hold is a violation",
        contract: "recurring_charge_plan_incoming",
        example: br#"{"entity":{"migration":{"id":"1","version_date":"2021-12-14T12:30:40Z"},"processing_code":"1","installment_amount":1234567890123456789012345678901.5,"number_of_cycles":"1"}}"#,
    },
    Entry {
        difference: Difference::TooDeep,
        reason: "serde_json bounds the depth of what is kept, and typify's structs skip this property",
        contract: "CustomerUpdated",
        example: concat!("{\"x\":", "[[[[[[[[[[[[[[[[", "[[[[[[[[[[[[[[[[", "[[[[[[[[[[[[[[[[", "[[[[[[[[[[[[[[[[", "[[[[[[[[[[[[[[[[", "[[[[[[[[[[[[[[[[", "[[[[[[[[[[[[[[[[", "[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]", "]]]]]]]]]]]]]]]]", "]]]]]]]]]]]]]]]]", "]]]]]]]]]]]]]]]]", "]]]]]]]]]]]]]]]]", "]]]]]]]]]]]]]]]]", "]]]]]]]]]]]]]]]]", "]]]]]]]]]]]]]]]]", "}").as_bytes(),
    },
    Entry {
        difference: Difference::InvalidUtf8,
        reason: "serde_json does not look into strings that typify's structs skip",
        contract: "CustomerUpdated",
        example: b"{\"x\":\"\xff\"}",
    },
];
