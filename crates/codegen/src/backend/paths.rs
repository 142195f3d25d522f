//! The names of everything that emitted code uses of the runtime.
//!
//! The generator does not depend on the runtime, so this is the one place that knows its items.
//!
//! Emitted code imports the runtime once, as `runtime`, and each module from the one around it: where the
//! dependency is missing or has another name, the compiler reports that line, and nothing else.

use crate::error::Problem;
use proc_macro2::TokenStream;
use quote::quote;

/// Paths into the runtime.
pub(super) struct Paths {
    /// The path of the runtime outside of emitted code.
    root: String,
}

macro_rules! paths {
    ($($name:ident => $($path:ident)::+;)*) => {
        $(pub(super) fn $name(&self) -> TokenStream {
            quote! { runtime::$($path)::+ }
        })*
    };
}

impl Paths {
    /// Paths below `root`, which must be a path such as `::migration_events`.
    pub(super) fn new(root: &str) -> Result<Self, Problem> {
        match syn::parse_str::<syn::Path>(root) {
            Ok(_) => Ok(Self { root: root.trim().to_owned() }),
            Err(_) => Err(Problem::new(
                "Options::runtime",
                "",
                format!("{root:?} is not a path"),
                "write a path such as `::migration_events`",
            )),
        }
    }

    paths! {
        raw_json => json::RawJson;
        raw_object => json::RawObject;
        map => json::Map;
        external => json::External;
        timestamp => Timestamp;
        uuid => Uuid;
        decimal => rust_decimal::Decimal;
        json_number => json::Number;
        naive_date => chrono::NaiveDate;
        avro => avro;
        schemas => __private::schemas;
        private => __private;
        addresses => __private::addresses;
        avro_enum => __private::avro_enum;
        avro_record => __private::avro_record;
        avro_schema => __private::avro_schema;
        avro_union => __private::avro_union;
        contracts => __private::contracts;
        initial => __private::initial;
        literals => __private::literals;
        newtype => __private::newtype;
        newtype_datum => __private::newtype_datum;
        on_bytes => __private::on_bytes;
        open_enum => __private::open_enum;
        outcome => __private::outcome;
        raw => __private::raw;
        record => __private::record;
        string_enum => __private::string_enum;
        text => __private::text;
        union_by_property => __private::union_by_property;
        union_by_rule => __private::union_by_rule;
        union_by_type => __private::union_by_type;
    }

    /// The import of the runtime. Its comment is what a reader of the compiler's error needs.
    pub(super) fn import(&self) -> String {
        let root = &self.root;
        format!("use {root} as runtime; // Another name or path is set with `Config::runtime`.\n")
    }

    /// The import of the runtime in a module.
    pub(super) fn import_in_module() -> TokenStream {
        quote! { use super::runtime; }
    }

    /// Fails to compile against a runtime of another version.
    pub(super) fn lock(&self) -> TokenStream {
        let private = self.private();
        let version = env!("CARGO_PKG_VERSION").replace(['.', '-', '+'], "_");
        let marker = quote::format_ident!("GENERATED_BY_{version}");
        quote! { const _: () = #private::#marker; }
    }
}
