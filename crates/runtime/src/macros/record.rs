//! Records: structs with a field for each property.
//!
//! ```text
//! record! {
//!     Meter, MeterBuilder, schema::METER;
//!     "id" => id: String, required;
//!     "state" => state: State, optional, verify schema::METER_STATE;
//!     "unit" => unit: String, default("\"kWh\"");
//!     .. => extra;
//! }
//! ```
//!
//! The head names the struct, its builder and its schema; `verify` after it names a schema that the whole
//! value is checked against before it is decoded. Each row has the name of a property, the field, the type
//! of the value, and a kind, which is a module of [`slot`](super::slot). After that come what is checked
//! before the value is decoded (`verify`), and a setter whose name is not that of the field (`named`) or that
//! takes no value (`null`). The row `..` is where further properties go, raw or of a type; without it there must be none.

/// A record with its builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($($block:tt)*) => {
        $crate::__record_codec! { $($block)* }
        $crate::__builder! { $($block)* }
    };
}

/// The JSON codec of a record.
#[doc(hidden)]
#[macro_export]
macro_rules! __record_codec {
    (
        $record:ident, $builder:ident, $schema:path $(, verify $whole:path)?;
        $(
            $key:literal $(as $json:literal)? => $field:ident: $type:ty,
            $kind:ident $(($($argument:literal),*))?
            $(, verify $rule:path)? $(, named $setter:ident)? $(, null $null:ident)?;
        )*
        $(.. => $extra:ident $(: $rest:ty)? $(, verify $rest_rule:path)?;)?
    ) => {
        #[allow(deprecated)]
        impl $crate::json::Decode for $record {
            #[allow(
                clippy::disallowed_names,
                clippy::many_single_char_names,
                clippy::similar_names,
                reason = "variables are named like the fields"
            )]
            #[allow(unreachable_code, reason = "a closed record without properties takes no member")]
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                // The slots of the builder, but as variables, which stay in registers.
                $(let mut $field: $crate::__private::slot::$kind::Slot<$type> =
                    ::core::option::Option::None;)*
                $(let mut $extra = $crate::__private::Extra::<$($rest)?>::new();)?
                let mut rounds = $crate::__private::Rounds::of(<[&str]>::len(&[$($key),*]));
                let mut more = reader.first_member()?;
                'members: while more {
                    // Members mostly come in the order of the contract.
                    while rounds.another() {
                        let mut head = reader.head();
                        $(if reader.key_is($crate::__token!($key $(as $json)?), head)? {
                            rounds.read();
                            $($crate::__private::verify(reader, &$rule)?;)?
                            $crate::__private::slot::$kind::fill(
                                &mut $field, reader $($(, $argument)*)?
                            )?;
                            if !reader.next_member()? {
                                break 'members;
                            }
                            head = reader.head();
                        })*
                    }
                    let key = reader.key()?;
                    match &*key {
                        $($key => {
                            $($crate::__private::verify(reader, &$rule)?;)?
                            $crate::__private::slot::$kind::fill_rare(
                                &mut $field, reader $($(, $argument)*)?
                            )?;
                        })*
                        _ => $crate::__unknown_member!(
                            key, reader $(, $extra $(, verify $rest_rule)?)?
                        ),
                    }
                    more = reader.next_member()?;
                }
                ::core::result::Result::Ok($record {
                    $($field: $crate::__private::slot::$kind::finish($field $($(, $argument)*)?)?,)*
                    $($extra,)?
                })
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Encode for $record {
            fn encode(&self, out: &mut ::std::string::String) {
                #[allow(unused_mut)]
                let mut object = $crate::json::ObjectWriter::new(out);
                $($crate::__private::slot::$kind::member(
                    &mut object, $crate::__member_name!($key $(as $json)?), &self.$field $($(, $argument)*)?
                );)*
                $(for (key, value) in &self.$extra {
                    object.entry(key, value);
                })?
                object.end();
            }
        }

        $crate::__described!($record, $schema);
    };
}

/// A member that no row names.
#[doc(hidden)]
#[macro_export]
macro_rules! __unknown_member {
    ($key:ident, $reader:ident) => {
        return ::core::result::Result::Err($crate::json::Stop::Mismatch)
    };
    ($key:ident, $reader:ident, $extra:ident) => {
        $extra.take($key, $reader)?
    };
    ($key:ident, $reader:ident, $extra:ident, verify $rule:path) => {{
        $crate::__private::verify($reader, &$rule)?;
        $extra.take($key, $reader)?
    }};
}
