//! A type, as the generator writes it, in a crate that has the runtime under another name than the configured one.

use ::events_of_acme as runtime; // Another name or path is set with `Config::runtime`.
const _: () = runtime::__private::GENERATED_BY_0_1_0;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    pub id: runtime::Uuid,
    pub extra: runtime::json::Map<runtime::json::RawJson>,
}

runtime::__private::record! {
    Meter, MeterBuilder, schema::METER;
    "id" => id: runtime::Uuid, required;
    .. => extra;
}

/// The parts of [`Meter`].
pub mod meter {
    use super::runtime;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum State {
        On,
    }

    runtime::__private::string_enum! { State, super::schema::METER_STATE; "ON" => On; }
}

mod schema {
    super::runtime::__private::schemas! {
        json_schema;
        METER "" {object}
    }
}

fn main() {}
