//! A format, as the generator writes it, in a crate without the feature of the runtime that checks it.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(String);

::migration_events_runtime::__private::text! {
    Link, schema::LINK;
    format(Uri);
}

mod schema {
    ::migration_events_runtime::__private::schemas! {
        json_schema;
        LINK "/properties/link" {string, format: Uri}
    }
}

fn main() {}
