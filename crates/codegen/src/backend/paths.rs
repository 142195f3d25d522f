//! The names of everything that emitted code uses of the runtime.
//!
//! The generator does not depend on the runtime, so this is the one place that knows its items.

use crate::error::Problem;
use proc_macro2::TokenStream;
use quote::quote;

/// Paths into the runtime.
pub(super) struct Paths {
    root: TokenStream,
}

macro_rules! paths {
    ($($name:ident => $($path:ident)::+;)*) => {
        $(pub(super) fn $name(&self) -> TokenStream {
            let root = &self.root;
            quote! { #root::$($path)::+ }
        })*
    };
}

impl Paths {
    /// Paths below `root`, which must be a path such as `::migration_events`.
    pub(super) fn new(root: &str) -> Result<Self, Problem> {
        match syn::parse_str::<syn::Path>(root) {
            Ok(path) => Ok(Self { root: quote! { #path } }),
            Err(_) => Err(Problem::new(
                "Options::runtime",
                "",
                format!("{root:?}, which is no path"),
                "write a path such as `::migration_events`",
            )),
        }
    }

    paths! {
        raw_json => json::RawJson;
        raw_object => json::RawObject;
        map => json::Map;
        external => json::External;
        decode => json::Decode;
        encode => json::Encode;
        reader => json::Reader;
        stop => json::Stop;
        json_kind => json::Kind;
        object_writer => json::ObjectWriter;
        timestamp => Timestamp;
        uuid => Uuid;
        avro => avro;
        event => Event;
        outcome => Outcome;
        outcome_ended => outcome::Ended;
        outcome_report => outcome::Report;
        outcome_succeeded => outcome::Succeeded;
        described => Described;
        contract => Contract;
        invalid => Invalid;
        violation_kind => validate::Kind;
        schema => validate::schema::Schema;
        assertion => validate::schema::Assertion;
        schema_types => validate::schema::Types;
        pattern => validate::schema::Pattern;
        format => validate::schema::Format;
        representation => validate::schema::Representation;
        private => __private;
    }

    pub(super) fn decimal(&self) -> TokenStream {
        let root = &self.root;
        quote! { #root::rust_decimal::Decimal }
    }

    pub(super) fn naive_date(&self) -> TokenStream {
        let root = &self.root;
        quote! { #root::chrono::NaiveDate }
    }

    /// Fails to compile against a runtime of another version.
    pub(super) fn lock(&self) -> TokenStream {
        let private = self.private();
        let version = env!("CARGO_PKG_VERSION").replace(['.', '-', '+'], "_");
        let marker = quote::format_ident!("GENERATED_BY_{version}");
        quote! { const _: () = #private::#marker; }
    }
}
