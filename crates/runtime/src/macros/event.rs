//! Contracts: their events, where messages travel, and the schemas that name data on the wire.

/// `Event` of the root of each contract, in a family, and the list of all.
///
/// ```text
/// contracts! {
///     "acme";
///     MeterMoved => "meter_moved", version "1", file "meter_moved-1.json", published schema::METER_MOVED;
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __contracts {
    (
        $family:literal;
        $(
            $event:ty => $name:literal $(, version $version:literal)?, file $file:literal
            $(, correlation_id $correlation_id:literal)?, published $published:path;
        )*
    ) => {
        $(
            #[allow(deprecated)]
            impl $crate::Event for $event {
                const CONTRACT: &'static $crate::Contract = &$crate::Contract::__new(
                    $family,
                    $name,
                    $crate::__option!($($version)?),
                    $file,
                    $crate::__option!($($correlation_id)?),
                );
                const PUBLISHED: &'static $crate::validate::schema::Schema = &$published;
            }
        )*

        /// The contract of every event of this family.
        #[allow(deprecated)]
        pub const CONTRACTS: &[&$crate::Contract] = &[$(<$event as $crate::Event>::CONTRACT),*];
    };
}

/// A function for the address of each channel, from its parameters and parts.
///
/// ```text
/// addresses! { /// Address of the channel `moved`: `moved-{env}`.
///     moved_address(env: Env) => "moved-", env.as_str(); }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __addresses {
    ($(
        $(#[$doc:meta])*
        $function:ident($($parameter:ident: $type:ty),*) => $($part:expr),*;
    )*) => {
        $(
            $(#[$doc])*
            #[must_use]
            #[allow(deprecated)]
            pub fn $function($($parameter: $type),*) -> ::std::string::String {
                [$($part),*].concat()
            }
        )*
    };
}

/// The Avro schema of the root of a contract.
#[doc(hidden)]
#[macro_export]
macro_rules! __avro_schema {
    (
        $type:ty, $name:literal;
        json $json:literal;
        canonical $canonical:literal;
        rabin $rabin:literal;
        md5 $md5:literal;
        sha256 $sha256:literal;
    ) => {
        #[allow(deprecated)]
        impl $crate::avro::AvroContract for $type {
            const SCHEMA: &'static $crate::avro::AvroSchema =
                &$crate::avro::AvroSchema::__new($name, $json, $canonical, $rabin, *$md5, *$sha256);
        }
    };
}
