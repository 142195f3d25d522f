//! A pattern with look-ahead, as the generator writes it, in a crate without the feature of the runtime that
//! matches it.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

::migration_events_runtime::__private::text! {
    Address, schema::ADDRESS;
    backtracking("^(?!urn:)");
}

mod schema {
    ::migration_events_runtime::__private::schemas! {
        json_schema;
        ADDRESS "/properties/address" {string, pattern: ("^(?!urn:)" backtracking "^(?!urn:)")}
    }
}

fn main() {}
