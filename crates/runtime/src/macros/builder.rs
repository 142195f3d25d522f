//! Builders of records: all that is missing or invalid is reported at once.

use super::given::{Entries, Given};
use crate::json::{Encode, ObjectWriter, RawJson, Stop, wrapped};
use crate::validate::Invalid;
use crate::validate::schema::Schema;
use std::fmt;

/// Checks what a builder was given against the schema of its record. A name comes with quotes and colon.
pub fn check(
    members: &[(&'static str, Given<'_>)],
    rest: &[&dyn Entries],
    schema: &'static Schema,
) -> Result<(), Invalid> {
    let mut text = String::new();
    let mut object = ObjectWriter::new(&mut text);
    for (name, given) in members {
        match *given {
            Given::Nothing => {}
            Given::Value(value) => object.member(name, value),
            Given::Json(text) => object.member(name, &Json(text)),
            Given::Branch(branch, value) => object.member(name, &Branch(branch, value)),
        }
    }
    for entries in rest {
        entries.write(&mut object);
    }
    object.end();
    Invalid::check(&text, schema)
}

/// A property of a builder: its slot, or a value that its type cannot hold because the contract forbids it.
#[derive(Clone)]
pub enum Entry<S> {
    /// The slot, set or not.
    Slot(S),
    /// The JSON text of a forbidden value.
    Forbidden(RawJson),
}

impl<S> Entry<S> {
    /// The entry of what a setter was given.
    #[inline]
    pub fn new<T>(value: Result<T, RawJson>, set: impl FnOnce(T) -> S) -> Self {
        match value {
            Ok(value) => Self::Slot(set(value)),
            Err(text) => Self::Forbidden(text),
        }
    }

    /// Prepares the entry for the check.
    pub fn given<'s>(
        &'s self,
        slot: impl FnOnce(&'s S) -> Given<'s>,
        forbidden: impl FnOnce(&'s RawJson) -> Given<'s>,
    ) -> Given<'s> {
        match self {
            Self::Slot(set) => slot(set),
            Self::Forbidden(text) => forbidden(text),
        }
    }

    /// The slot, after the check.
    #[inline]
    pub fn into_slot(self) -> Result<S, Stop> {
        match self {
            Self::Slot(slot) => Ok(slot),
            Self::Forbidden(_) => Err(Stop::Mismatch),
        }
    }
}

impl<S: fmt::Debug> fmt::Debug for Entry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slot(slot) => slot.fmt(f),
            Self::Forbidden(_) => f.write_str("forbidden"),
        }
    }
}

struct Json(&'static str);

impl Encode for Json {
    fn encode(&self, out: &mut String) {
        out.push_str(self.0);
    }
}

struct Branch<'a>(&'static str, &'a dyn Encode);

impl Encode for Branch<'_> {
    fn encode(&self, out: &mut String) {
        wrapped::branch(self.0, self.1, out);
    }
}

/// The builder of a record, from the rows of [`record!`](super::record).
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
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
        impl $record {
            #[doc = concat!("A builder for `", stringify!($record), "`; see [`", stringify!($builder), "`].")]
            #[inline]
            pub fn builder() -> $builder {
                ::core::default::Default::default()
            }
        }

        #[doc = concat!(
            "Builder of [`type@", stringify!($record), "`]: reports everything that is missing or invalid at once."
        )]
        #[derive(::core::fmt::Debug, ::core::clone::Clone)]
        #[allow(deprecated)]
        #[must_use]
        pub struct $builder {
            $($field: $crate::__private::Entry<$crate::__private::slot::$kind::Slot<$type>>,)*
            $($extra: $crate::__private::Extra<$($rest)?>,)?
        }

        #[allow(deprecated)]
        impl ::core::default::Default for $builder {
            fn default() -> Self {
                Self {
                    $($field: $crate::__private::Entry::Slot(
                        $crate::__private::slot::$kind::unset(),
                    ),)*
                    $($extra: $crate::json::Map::new(),)?
                }
            }
        }

        #[allow(deprecated)]
        impl $builder {
            $($crate::__setter! {
                $record, $field $(named $setter)? $(null $null)?, $kind: $type
            })*

            $(
                /// Sets the properties that the contract leaves open.
                pub fn $extra(mut self, extra: $crate::__private::Extra<$($rest)?>) -> Self {
                    self.$extra = extra;
                    self
                }
            )?

            /// The finished value.
            ///
            /// # Errors
            /// Every required field that was not set, and every field that breaks the contract.
            #[inline]
            pub fn build(self) -> ::core::result::Result<$record, $crate::Invalid> {
                $crate::__private::check(
                    &[$((
                        $crate::__member_name!($key $(as $json)?),
                        self.$field.given(
                            |slot| $crate::__private::slot::$kind::given(slot $($(, $argument)*)?),
                            |text| $crate::__private::slot::$kind::forbidden(text $($(, $argument)*)?),
                        ),
                    ),)*],
                    &[$(&self.$extra)?],
                    <$record as $crate::Described>::SCHEMA,
                )?;
                let finish = || -> ::core::result::Result<$record, $crate::json::Stop> {
                    ::core::result::Result::Ok($record {
                        $($field: $crate::__private::slot::$kind::complete(
                            self.$field.into_slot()? $($(, $argument)*)?
                        )?,)*
                        $($extra: self.$extra,)?
                    })
                };
                // A missing field is a violation, so the check has found it.
                finish().map_err(|_| $crate::Invalid::incomplete())
            }
        }
    };
}

/// The setter of a field. Its type parameter must not have the name of a type of the contract.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($record:ident, $field:ident, $kind:ident: $type:ty) => {
        $crate::__setter! { $record, $field named $field, $kind: $type }
    };
    ($record:ident, $field:ident named $setter:ident, optional: $type:ty) => {
        $crate::__setter! { @optional $record, $field, $setter, optional: $type }
    };
    ($record:ident, $field:ident named $setter:ident, nullable: $type:ty) => {
        $crate::__setter! { @optional $record, $field, $setter, nullable: $type }
    };
    ($record:ident, $field:ident named $setter:ident, nullable_default: $type:ty) => {
        $crate::__setter! { @optional $record, $field, $setter, nullable_default: $type }
    };
    (@optional $record:ident, $field:ident, $setter:ident, $kind:ident: $type:ty) => {
        #[doc = $crate::__setter_doc!($record, $field, $kind)]
        pub fn $setter<__By>(
            mut self,
            value: impl $crate::builder::OptionalInput<$type, __By>,
        ) -> Self {
            self.$field = $crate::__private::Entry::new(
                value.optional_input(),
                $crate::__private::slot::$kind::set_optional,
            );
            self
        }
    };
    ($record:ident, $field:ident named $setter:ident, $kind:ident: $type:ty) => {
        #[doc = $crate::__setter_doc!($record, $field, $kind)]
        pub fn $setter<__By>(mut self, value: impl $crate::builder::Input<$type, __By>) -> Self {
            self.$field =
                $crate::__private::Entry::new(value.input(), $crate::__private::slot::$kind::set);
            self
        }
    };
    ($record:ident, $field:ident null $setter:ident, $kind:ident: $type:ty) => {
        #[doc = $crate::__setter_doc!($record, $field, $kind)]
        pub fn $setter(mut self) -> Self {
            self.$field = $crate::__private::Entry::Slot($crate::__private::slot::$kind::set(()));
            self
        }
    };
}

/// The documentation of a setter.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter_doc {
    ($record:ident, $field:ident, $kind:ident) => {
        concat!(
            "Sets [`",
            stringify!($field),
            "`](",
            stringify!($record),
            "::",
            stringify!($field),
            ").",
            $crate::__unset_doc!($kind)
        )
    };
}

/// The documentation of a setter that is not called, by the kind of its field.
#[doc(hidden)]
#[macro_export]
macro_rules! __unset_doc {
    (default) => {
        " The contract's default if it is not set."
    };
    (initial) => {
        $crate::__unset_doc!(default)
    };
    (nullable_default) => {
        $crate::__unset_doc!(default)
    };
    (nullable) => {
        " Null if it is not set."
    };
    ($kind:ident) => {
        ""
    };
}

/// The default of a record; a field without JSON text has the default of its type.
///
/// ```text
/// initial! { Meter; unit: "\"kWh\""; note; extra; }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __initial {
    ($record:ident; $($field:ident $(: $json:literal)?;)*) => {
        /// The defaults of the contract; what may be absent is.
        #[allow(deprecated)]
        impl ::core::default::Default for $record {
            fn default() -> Self {
                Self { $($field: $crate::__initial_value!($($json)?),)* }
            }
        }
    };
}

/// The default of a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __initial_value {
    () => {
        ::core::default::Default::default()
    };
    ($json:literal) => {
        $crate::__private::slot::initial($json)
    };
}
