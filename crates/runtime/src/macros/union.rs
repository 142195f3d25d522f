//! Unions: enums with a type in each variant.
//!
//! ```text
//! union_by_type! { Reading, schema::READING; Number => Amount; Object => Detailed from Detail; }
//! union_by_property! { Moved, schema::MOVED, "kind"; "in" => In from MovedIn; "out" => Out from MovedOut; }
//! union_by_rule! { Place, schema::PLACE; schema::PLACE_0 => Address; schema::PLACE_1 => Position; }
//! avro_union! { "union", Event, schema::EVENT, null 0; 1 "acme.Moved" => Moved from Moved; }
//! ```
//!
//! Each row has what a branch is recognised by, and its variant. `from` makes the type of a branch convert into
//! the union; `verify` names what is checked before the branch is decoded.

/// A union whose branches differ in their JSON type: the first byte decides.
#[doc(hidden)]
#[macro_export]
macro_rules! __union_by_type {
    (
        $union:ident, $schema:path $(, verify $whole:path)?;
        $($($json:ident)|+ => $variant:ident $(from $type:ty)? $(, verify $rule:path)?;)*
    ) => {
        #[allow(deprecated)]
        impl $crate::json::Decode for $union {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                #[allow(unreachable_patterns)]
                match reader.peek()? {
                    $($($crate::json::JsonType::$json)|+ => {
                        $($crate::__private::verify(reader, &$rule)?;)?
                        $crate::json::Decode::decode(reader).map(Self::$variant)
                    })*
                    _ => ::core::result::Result::Err($crate::json::Stop::Mismatch),
                }
            }
        }

        $crate::__plain_union! { $union, $schema; $($variant $(from $type)?;)* }
    };
}

/// A union of objects: looks ahead once, at the property that distinguishes them.
#[doc(hidden)]
#[macro_export]
macro_rules! __union_by_property {
    (
        $union:ident, $schema:path, $property:literal $(, verify $whole:path)?;
        $($value:literal => $variant:ident $(from $type:ty)? $(, verify $rule:path)?;)*
    ) => {
        #[allow(deprecated)]
        impl $crate::json::Decode for $union {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                match &*$crate::__private::tag(reader, $property)? {
                    $($value => {
                        $($crate::__private::verify(reader, &$rule)?;)?
                        $crate::json::Decode::decode(reader).map(Self::$variant)
                    })*
                    _ => ::core::result::Result::Err($crate::json::Stop::Mismatch),
                }
            }
        }

        $crate::__plain_union! { $union, $schema; $($variant $(from $type)?;)* }
    };
}

/// A union whose branches differ only in their rules: takes the first one that accepts the value, and of numbers the
/// first one that also writes them as they came.
#[doc(hidden)]
#[macro_export]
macro_rules! __union_by_rule {
    (
        $union:ident, $schema:path $(, verify $whole:path)?;
        $($rule:path => $variant:ident $(from $type:ty)?;)*
    ) => {
        #[allow(deprecated)]
        impl $crate::json::Decode for $union {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                $crate::__private::branch(reader, &[$((&$rule, |reader| {
                    $crate::json::Decode::decode(reader).map(Self::$variant)
                })),*])
            }
        }

        $crate::__plain_union! { $union, $schema; $($variant $(from $type)?;)* }
    };
}

/// A union that is written as the value of its branch.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_union {
    ($union:ident, $schema:path; $($variant:ident $(from $type:ty)?;)*) => {
        #[allow(deprecated)]
        impl $crate::json::Encode for $union {
            fn encode(&self, out: &mut ::std::string::String) {
                match self {
                    $(Self::$variant(value) => $crate::json::Encode::encode(value, out),)*
                }
            }
        }

        $crate::__described!($union, $schema);
        $crate::__from_branches! { $union; $($variant $(from $type)?;)* }
    };
}

/// Conversions of types that occur in one branch.
#[doc(hidden)]
#[macro_export]
macro_rules! __from_branches {
    ($union:ident; $($variant:ident $(from $type:ty)?;)*) => {
        $($(
            #[allow(deprecated)]
            impl ::core::convert::From<$type> for $union {
                fn from(value: $type) -> Self {
                    Self::$variant(value)
                }
            }
        )?)*
    };
}

/// An Avro union: in JSON an object with one member, named by the branch; in binary its index and its value.
#[doc(hidden)]
#[macro_export]
macro_rules! __avro_union {
    (
        $avro_name:literal, $union:ident, $schema:path $(, null $null:literal)? $(, verify $whole:path)?;
        $($index:literal $name:literal => $variant:ident $(from $type:ty)? $(, verify $rule:path)?;)*
    ) => {
        #[allow(deprecated)]
        impl $crate::json::Decode for $union {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                if !reader.first_member()? {
                    return ::core::result::Result::Err($crate::json::Stop::Mismatch);
                }
                let head = reader.head();
                let index: usize = '_index: {
                    $(if reader.key_is($crate::__token!($name), head)? {
                        break '_index $index;
                    })*
                    // The same name in another spelling, or another name.
                    match &*reader.key()? {
                        $($name => $index,)*
                        _ => return ::core::result::Result::Err($crate::json::Stop::Mismatch),
                    }
                };
                let value = match index {
                    $($index => {
                        $($crate::__private::verify(reader, &$rule)?;)?
                        Self::$variant($crate::json::Decode::decode(reader)?)
                    })*
                    _ => return ::core::result::Result::Err($crate::json::Stop::Mismatch),
                };
                if reader.next_member()? {
                    return ::core::result::Result::Err($crate::json::Stop::Mismatch);
                }
                ::core::result::Result::Ok(value)
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Encode for $union {
            fn encode(&self, out: &mut ::std::string::String) {
                let mut object = $crate::json::ObjectWriter::new(out);
                match self {
                    $(Self::$variant(value) => object.member($crate::__member_name!($name), value),)*
                }
                object.end();
            }
        }

        $crate::__described!($union, $schema);
        $crate::__from_branches! { $union; $($variant $(from $type)?;)* }

        #[allow(deprecated)]
        impl $crate::avro::Datum for $union {
            const NAME: &'static str = $avro_name;

            // Otherwise a large value is moved from one level to the next.
            #[inline]
            fn read(
                cursor: &mut $crate::avro::Cursor<'_>,
            ) -> ::core::result::Result<Self, $crate::avro::DatumError> {
                let index = cursor.branch()?;
                $crate::avro::Union::read_branch(index, cursor)
            }

            fn write(&self, out: &mut ::std::vec::Vec<u8>) {
                match self {
                    $(Self::$variant(value) => {
                        $crate::avro::write_index($index, out);
                        $crate::avro::Datum::write(value, out);
                    })*
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::avro::Union for $union {
            const NULL: ::core::option::Option<usize> = $crate::__option!($($null)?);

            fn read_branch(
                index: usize,
                cursor: &mut $crate::avro::Cursor<'_>,
            ) -> ::core::result::Result<Self, $crate::avro::DatumError> {
                match index {
                    $($index => cursor.branch_value($name).map(Self::$variant),)*
                    _ => ::core::result::Result::Err(cursor.no_such_branch()),
                }
            }
        }
    };
}
