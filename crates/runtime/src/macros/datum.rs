//! The Avro binary encoding of records and enums, beside what makes them JSON; unions have theirs in
//! [`union`](super::union).
//!
//! ```text
//! avro_record! { "acme.Moved"; Moved, MovedBuilder, schema::MOVED; "id" => id: String, required; }
//! avro_enum! { "acme.State"; State, schema::STATE; "ON" => On; "OFF" => Off; }
//! ```
//!
//! The full name comes first, then the rows of [`record!`](super::record) or `string_enum!`.

/// A record with its Avro binary encoding: fields in the order of the schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __avro_record {
    ($name:literal; $($block:tt)*) => {
        $crate::__record! { $($block)* }
        $crate::__record_datum! { $name; $($block)* }
    };
}

/// The binary encoding of a record.
#[doc(hidden)]
#[macro_export]
macro_rules! __record_datum {
    (
        $name:literal;
        $record:ident, $builder:ident, $schema:path $(, verify $whole:path)?;
        $(
            $key:literal $(as $json:literal)? => $field:ident: $type:ty,
            $kind:ident $(($($argument:literal),*))?
            $(, verify $rule:path)? $(, named $setter:ident)? $(, null $null:ident)?;
        )*
    ) => {
        #[allow(deprecated)]
        impl $crate::avro::Datum for $record {
            const NAME: &'static str = $name;

            // Otherwise a large value is moved from one level to the next.
            #[allow(unused_variables)]
            #[inline]
            fn read(
                cursor: &mut $crate::avro::Cursor<'_>,
            ) -> ::core::result::Result<Self, $crate::avro::DatumError> {
                cursor.enter()?;
                ::core::result::Result::Ok(Self {
                    $($field: $crate::__private::slot::$kind::read(cursor, $key $($(, $argument)*)?)?,)*
                })
            }

            #[allow(unused_variables)]
            fn write(&self, out: &mut ::std::vec::Vec<u8>) {
                $($crate::__private::slot::$kind::write(&self.$field, out $($(, $argument)*)?);)*
            }
        }

        $crate::__on_bytes!($record);
    };
}

/// `from_avro` and `to_avro` of a type that can be a datum of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __on_bytes {
    ($type:ident) => {
        #[allow(deprecated)]
        impl $type {
            /// Decodes one datum in the Avro binary encoding, written with this very schema.
            ///
            /// # Errors
            /// The bytes are not exactly one datum of the schema. The error has the place and shows no
            /// value.
            pub fn from_avro(
                datum: &[u8],
            ) -> ::core::result::Result<Self, $crate::avro::DatumError> {
                $crate::avro::from_datum(datum)
            }

            /// The datum in the Avro binary encoding.
            #[must_use]
            pub fn to_avro(&self) -> ::std::vec::Vec<u8> {
                $crate::avro::to_datum(self)
            }
        }
    };
}

/// An enum with its Avro binary encoding: the symbols stand in published order.
#[doc(hidden)]
#[macro_export]
macro_rules! __avro_enum {
    ($name:literal; $enum:ident, $($block:tt)*) => {
        $crate::__string_enum! { $enum, $($block)* }

        #[allow(deprecated)]
        impl $crate::avro::Datum for $enum {
            const NAME: &'static str = $name;

            #[inline]
            fn read(
                cursor: &mut $crate::avro::Cursor<'_>,
            ) -> ::core::result::Result<Self, $crate::avro::DatumError> {
                let index = cursor.symbol()?;
                Self::VALUES.get(index).copied().ok_or_else(|| cursor.no_such_symbol())
            }

            fn write(&self, out: &mut ::std::vec::Vec<u8>) {
                $crate::avro::write_index(*self as usize, out);
            }
        }
    };
}
