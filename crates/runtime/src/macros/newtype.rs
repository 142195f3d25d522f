//! One value with a type of its own.
//!
//! ```text
//! newtype! { Readings, schema::READINGS, from Vec<Reading>; }
//! raw! { Payload, schema::PAYLOAD, verify schema::PAYLOAD; }
//! ```
//!
//! `verify` names what is checked before the value is decoded; `from` makes the value convert into the type.

/// A value that needs a name.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($newtype:ident, $schema:path $(, verify $rule:path)* $(, from $type:ty)?;) => {
        $crate::__newtype_codec! { $newtype, $schema $(, verify $rule)*; }

        $(
            #[allow(deprecated)]
            impl ::core::convert::From<$type> for $newtype {
                fn from(value: $type) -> Self {
                    Self(value)
                }
            }
        )?
    };
}

/// A JSON value of any type that cannot break its contract.
#[doc(hidden)]
#[macro_export]
macro_rules! __raw {
    ($raw:ident, $schema:path $(, verify $rule:path)*;) => {
        #[allow(deprecated)]
        impl $raw {
            /// Takes a value that satisfies the contract.
            ///
            /// # Errors
            /// Every violation, without a value.
            pub fn new(
                value: $crate::json::RawJson,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                $crate::Invalid::check(value.as_str(), &$schema)?;
                ::core::result::Result::Ok(Self(value))
            }

            /// The value.
            #[must_use]
            pub fn get(&self) -> &$crate::json::RawJson {
                &self.0
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::TryFrom<$crate::json::RawJson> for $raw {
            type Error = $crate::Invalid;

            fn try_from(
                value: $crate::json::RawJson,
            ) -> ::core::result::Result<Self, $crate::Invalid> {
                Self::new(value)
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<$raw> for $crate::json::RawJson {
            fn from(value: $raw) -> Self {
                value.0
            }
        }

        $crate::__newtype_codec! { $raw, $schema $(, verify $rule)*; }
    };
}

/// The JSON codec of a newtype: that of what it holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_codec {
    ($newtype:ident, $schema:path $(, verify $rule:path)*;) => {
        #[allow(deprecated)]
        impl $crate::json::Decode for $newtype {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$rule)?;)*
                $crate::json::Decode::decode(reader).map(Self)
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Encode for $newtype {
            fn encode(&self, out: &mut ::std::string::String) {
                $crate::json::Encode::encode(&self.0, out);
            }
        }

        $crate::__described!($newtype, $schema);
    };
}

/// The Avro binary encoding of a newtype, which is a contract: that of what it holds.
///
/// ```text
/// newtype_datum! { Key, String; }
/// newtype_datum! { Digest, avro::Fixed<16>, "acme.Digest"; }
/// ```
///
/// The last part is the full name, where the Avro type has one.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype_datum {
    (@name $type:ty) => { <$type as $crate::avro::Datum>::NAME };
    (@name $type:ty, $name:literal) => { $name };
    ($newtype:ident, $type:ty $(, $name:literal)?;) => {
        #[allow(deprecated)]
        impl $crate::avro::Datum for $newtype {
            const NAME: &'static str = $crate::__newtype_datum!(@name $type $(, $name)?);

            #[inline]
            fn read(
                cursor: &mut $crate::avro::Cursor<'_>,
            ) -> ::core::result::Result<Self, $crate::avro::DatumError> {
                $crate::avro::Datum::read(cursor).map(Self)
            }

            fn write(&self, out: &mut ::std::vec::Vec<u8>) {
                $crate::avro::Datum::write(&self.0, out);
            }
        }

        $crate::__on_bytes!($newtype);
    };
}
