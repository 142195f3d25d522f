//! The schema of a generated type, and the traits of other crates that follow from it.

/// `Described`, `Serialize` and `Deserialize`, and what the features of this crate add.
#[doc(hidden)]
#[macro_export]
macro_rules! __described {
    ($type:ident, $schema:path) => {
        #[allow(deprecated)]
        impl $crate::Described for $type {
            const SCHEMA: &'static $crate::validate::schema::Schema = &$schema;
        }

        #[allow(deprecated)]
        impl $crate::__private::serde::Serialize for $type {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }

        #[allow(deprecated)]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }

        $crate::__impl_arbitrary!($type);
        $crate::__impl_json_schema!($type);
    };
}

/// `JsonSchema` of a generated type.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_json_schema {
    ($type:ident) => {
        #[allow(deprecated)]
        impl $crate::__private::schemars::JsonSchema for $type {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($type))
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(concat!(module_path!(), "::", stringify!($type)))
            }

            fn json_schema(
                generator: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                let schema = <Self as $crate::Described>::SCHEMA;
                $crate::json_schema::json_schema(schema, &Self::schema_name(), generator)
            }
        }
    };
}

// A feature of this crate is none of the crate in which a macro is expanded: the macro itself differs.
/// See the macro of the same name above.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_json_schema {
    ($type:ident) => {};
}

/// `Arbitrary` of a generated type.
#[cfg(feature = "proptest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_arbitrary {
    ($type:ident) => {
        #[allow(deprecated)]
        impl $crate::__private::proptest::arbitrary::Arbitrary for $type {
            type Parameters = ();
            type Strategy = $crate::arbitrary::Values<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                $crate::arbitrary::values()
            }
        }
    };
}

/// See the macro of the same name above.
#[cfg(not(feature = "proptest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_arbitrary {
    ($type:ident) => {};
}
